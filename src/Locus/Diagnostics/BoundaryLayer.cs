using Locus.Engine.Programs;
using Locus.Expressions;
using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>
/// The share of samples close to the boundary of their part of the set, |g| &lt;= distance with g the largest active inequality. Training that
/// pulls noise to the nearest feasible point piles mass up there, which success and component shares do not see: of N(0, I) projected on a
/// disk in a ring, 60.7 % would lie on the outer circle, while the shares look right. The same share of exact samples is its reference.
/// </summary>
/// <remarks>
/// g is found along the tree of constraints: an inequality's own value; of `all` the largest, equalities left out (they have no inside);
/// of `any` that of the member with the smallest slack, and among equal slacks the smallest: inside two members, a point is as far from
/// the boundary as from the farther one. Both sides count, so that a pile that straddles the boundary is seen whole.
/// </remarks>
public sealed class BoundaryLayer
{
    private readonly Constraint set;
    private readonly Program values;

    /// <summary>Prepares the measure for a problem.</summary>
    /// <param name="problem">The problem.</param>
    public BoundaryLayer(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        set = problem.Set;
        List<Expr> leaves = [];
        Collect(set, leaves);
        Exists = !problem.IsUnlimited && HasInequality(set);
        values = Compiler.Compile(leaves, problem.Dimension, problem.ConditionCount);
    }

    /// <summary>Whether the set has a boundary to speak of: at least one inequality, and not all of space.</summary>
    public bool Exists { get; }

    /// <summary>The share of the samples within <paramref name="distance"/> of the boundary, in 0 to 1; NaN for no samples.</summary>
    /// <param name="samples">Samples in the user's coordinates [N, D].</param>
    /// <param name="conditions">The parameters that the samples were drawn for, in the user's units: [N, C], or [1, C] where all have the same; null for a problem without.</param>
    /// <param name="distance">Half width of the layer in the unit of the constraints, above 0.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    public double Share(Points samples, Points? conditions, double distance, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var within = new bool[samples.Count];
        PointProgram.Run(
            values,
            samples,
            conditions,
            threads,
            (i, outputs) =>
            {
                var next = 0;
                within[i] = Math.Abs(Level(set, outputs, ref next).Level) <= distance;
            },
            cancellation);
        return (double)within.Count(w => w) / samples.Count;
    }

    /// <summary>Slack and level of a constraint from the values of its leaves, read from <paramref name="next"/> on in the order of <see cref="Collect"/>.</summary>
    private static (double Slack, double Level) Level(Constraint constraint, ReadOnlySpan<double> leaves, ref int next)
    {
        switch (constraint)
        {
            case Inequality:
                var g = leaves[next++];
                return (Math.Max(0, g), g);
            case Equality:
                return (Math.Abs(leaves[next++]), double.NegativeInfinity);
            case AllOf all:
                var (sum, largest) = (0.0, double.NegativeInfinity);
                foreach (var member in all.Members)
                {
                    var (slack, level) = Level(member, leaves, ref next);
                    (sum, largest) = (sum + slack, Math.Max(largest, level));
                }
                return (sum, largest);
            case AnyOf any:
                var best = (Slack: double.PositiveInfinity, Level: double.PositiveInfinity);
                foreach (var member in any.Members)
                {
                    var candidate = Level(member, leaves, ref next);
                    if (candidate.CompareTo(best) < 0) best = candidate;
                }
                return best;
            default:
                throw new NotSupportedException($"a constraint of the kind {constraint.GetType().Name} has no level");
        }
    }

    private static void Collect(Constraint constraint, List<Expr> leaves)
    {
        switch (constraint)
        {
            case Inequality inequality:
                leaves.Add(inequality.Value);
                break;
            case Equality equality:
                leaves.Add(equality.Value);
                break;
            default:
                foreach (var member in Members(constraint)) Collect(member, leaves);
                break;
        }
    }

    private static bool HasInequality(Constraint constraint) => constraint is Inequality || Members(constraint).Any(HasInequality);

    private static IEnumerable<Constraint> Members(Constraint constraint) => constraint switch
    {
        AllOf all => all.Members,
        AnyOf any => any.Members,
        _ => [],
    };
}
