using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Benchmarks;

/// <summary>
/// An arm of seven joints that turn about z and y in turn, lengths 0.34, 0.4, 0.4 and 0.126 m, whose tip must come within 1 mm of a target: a
/// chain of rotations as robots have it, for measuring programs with derivatives.
/// </summary>
internal static class SevenJointArm
{
    private const int Joints = 7;

    // Length of the link behind each joint, m: the tip lies behind the last one.
    private static readonly double[] Links = [0.34, 0, 0.4, 0, 0.4, 0, 0.126];

    public static Problem Problem { get; } = Problem.Define("seven-joint-arm", Joints, q => [Norm(Tip(q) - new Vector(0.3, 0.2, 0.6)) <= 1e-3]);

    /// <summary>The tip, from the last joint back to the base: p becomes R(q_j) (p + l_j e_z).</summary>
    /// <param name="q">Angles of the joints [7], rad.</param>
    private static Vector Tip(Vector q)
    {
        Expr x = 0, y = 0, z = 0;
        for (var j = Joints - 1; j >= 0; j--)
        {
            z += Links[j];
            Expr c = Cos(q[j]), s = Sin(q[j]);
            (x, y, z) = j % 2 == 0 ? (c * x - s * y, s * x + c * y, z) : (c * x + s * z, y, c * z - s * x);
        }
        return new Vector(x, y, z);
    }
}
