// A closed chain: the angles q of a planar arm with links of 1, 0.8 and 0.4 m whose tip is held at (1.1, 0.3) m. The direction psi of the last link goes
// round once and leaves the elbow two ways, so the set is two curves; mirroring the arm at the line to its tip maps one onto the other. With the
// links a, b, c a motion that keeps the tip turns the joints like (b x c, -a x c - b x c, a x b + a x c), whose sum is a x b = dpsi. So the
// curves have the length element |dq| = |(...)| / |a x b| dpsi, by which exact draws accept a uniform psi.
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>An arm whose tip is held: two equalities between angles leave two closed curves.</summary>
internal sealed class Linkage : PieceTruth
{
    private const double First = 1, Second = 0.8, Third = 0.4, TargetX = 1.1, TargetY = 0.3;

    // The wrist is between 0.74 and 1.54 m from the base, so that sin q_1 is at least 0.73; the three products are at most 0.32, 0.72 and 1.2.
    private const double FastestElement = 2.5;

    private Linkage(Problem problem, Vector q)
        : base(problem, reach: 0.2, new Piece("elbow left", 0.5, All(AtTarget(q), q[1] <= 0)), new Piece("elbow right", 0.5, All(AtTarget(q), q[1] >= 0)))
    {
    }

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "linkage",
            Variable.Vector("q", 3, -Math.PI, Math.PI, "rad", periodic: true),
            q => [AtTarget(q)],
            Measure.Surface,
            "The angles of a planar arm of three links whose tip is held at one point.");
        return new(
            problem,
            new Linkage(problem, Vector.Variables(3)),
            "l1 e(q1) + l2 e(q1 + q2) + l3 e(q1 + q2 + q3) = (1.1, 0.3), e = (cos, sin), l = (1, 0.8, 0.4)",
            "ours",
            2 * CurveLength());
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var elbow = Choose(key, index) == 0 ? -1 : 1;
        foreach (var attempt in Rejection.Attempts(key))
        {
            Posture(Math.PI * (2 * Draws.Uniform(attempt, index, 0) - 1), elbow, x);
            if (FastestElement * Draws.Uniform(attempt, index, 1) < Element(x)) return;
        }
    }

    /// <summary>The angles for a direction of the last link.</summary>
    /// <param name="psi">The direction in radians.</param>
    /// <param name="elbow">The sign of q[1].</param>
    /// <param name="q">Receives the angles, [3], each in [-pi, pi].</param>
    internal static void Posture(double psi, int elbow, Span<double> q)
    {
        var (sin, cos) = ElementaryDouble.SinCos(psi);
        var (x, y) = (TargetX - Third * cos, TargetY - Third * sin);
        var bend = (x * x + y * y - First * First - Second * Second) / (2 * First * Second);
        var side = elbow * Math.Sqrt((1 - bend) * (1 + bend));
        q[0] = ElementaryDouble.Atan2(y, x) - ElementaryDouble.Atan2(Second * side, First + Second * bend);
        q[1] = ElementaryDouble.Atan2(side, bend);
        // q[2] goes once round with psi.
        q[2] = psi - q[0] - q[1];
        if (q[2] > Math.PI) q[2] -= 2 * Math.PI;
        if (q[2] < -Math.PI) q[2] += 2 * Math.PI;
    }

    /// <summary>|dq| / dpsi at a posture.</summary>
    private static double Element(ReadOnlySpan<double> q)
    {
        var ab = First * Second * ElementaryDouble.Sin(q[1]);
        var ac = First * Third * ElementaryDouble.Sin(q[1] + q[2]);
        var bc = Second * Third * ElementaryDouble.Sin(q[2]);
        return Math.Sqrt(bc * bc + (ac + bc) * (ac + bc) + (ab + ac) * (ab + ac)) / Math.Abs(ab);
    }

    /// <summary>The midpoint rule, which for a periodic function converges like a geometric series.</summary>
    private static double CurveLength()
    {
        const int steps = 512;
        var length = 0.0;
        Span<double> q = stackalloc double[3];
        for (var i = 0; i < steps; i++)
        {
            Posture(2 * Math.PI * (i + 0.5) / steps - Math.PI, 1, q);
            length += Element(q) * 2 * Math.PI / steps;
        }
        return length;
    }

    private static Constraint AtTarget(Vector q)
    {
        var (first, second) = (q[0] + q[1], q[0] + q[1] + q[2]);
        return All(
            First * Cos(q[0]) + Second * Cos(first) + Third * Cos(second) == TargetX,
            First * Sin(q[0]) + Second * Sin(first) + Third * Sin(second) == TargetY);
    }
}
