using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Flows;

/// <summary>
/// The density of the samples of a block. A flow takes the noise e to x = G_K(... G_1(e)) by K steps, each a smooth map of R^D, so that by the change of
/// variables log q(x) = log N(e; 0, I) - sum_i log |det dG_i|. This holds for the steps as they are made, not only in the limit of many: there
/// log |det dG| / h becomes the divergence of the velocity and the sum its integral (Chen et al. 2018, theorem 1).
/// </summary>
/// <remarks>
/// A step begins at the identity with determinant 1; where it has become 0 or less the step folds space, and other noise may end at the same x. The
/// density there is the sum over all of that noise, and the formula gives one term of it, a lower bound. Such samples are counted in <see cref="Folds"/>.
/// If no step folds anywhere and what is far stays far, the flow is one to one and the formula exact (Hadamard's theorem).
/// </remarks>
public sealed class FlowDensity
{
    /// <summary>Most coordinates D: each evaluation of the network costs D more along the tangents, and each step D^3 / 3 operations for a determinant.</summary>
    public const int MostCoordinates = 64;

    private const double LogRootTwoPi = 0.9189385332046728;

    private readonly Determinants determinants;
    private readonly double[] logs = new double[Block.Lanes];
    private readonly int[] signs = new int[Block.Lanes];
    private readonly int dimension;

    /// <summary>Memory for D coordinates.</summary>
    internal FlowDensity(int dimension)
    {
        this.dimension = dimension;
        determinants = new Determinants(dimension);
    }

    /// <summary>log q(x) of each lane [64], by volume in the network's coordinates; infinity where a step flattens space, NaN where it leaves the numbers.</summary>
    public double[] Log { get; } = new double[Block.Lanes];

    /// <summary>Steps whose determinant was not above 0, for each lane [64].</summary>
    public int[] Folds { get; } = new int[Block.Lanes];

    /// <summary>Begins with noise.</summary>
    /// <param name="start">e in Value; the tangents become the identity.</param>
    internal void Begin(Jet start)
    {
        Array.Clear(Folds);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var squares = 0.0;
            for (var d = 0; d < dimension; d++) squares += (double)start.Value[d][lane] * start.Value[d][lane];
            Log[lane] = -squares / 2 - dimension * LogRootTwoPi;
        }
        Reset(start.Tangents);
    }

    /// <summary>Takes the Jacobian of a step into account.</summary>
    /// <param name="end">Where the step ends, its Jacobian in the tangents; they become the identity again.</param>
    internal void Step(Jet end)
    {
        determinants.Find(end.Tangents, logs, signs);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            // Slopes may stay finite where the position does not.
            Log[lane] = IsFinite(end.Value, lane) ? Log[lane] - logs[lane] : double.NaN;
            if (signs[lane] <= 0) Folds[lane]++;
        }
        Reset(end.Tangents);
    }

    private static bool IsFinite(Block position, int lane)
    {
        var finite = true;
        for (var d = 0; d < position.Rows; d++) finite &= float.IsFinite(position[d][lane]);
        return finite;
    }

    private void Reset(Block tangents)
    {
        tangents.Values.Clear();
        for (var d = 0; d < dimension; d++) tangents[d * dimension + d].Fill(1);
    }
}
