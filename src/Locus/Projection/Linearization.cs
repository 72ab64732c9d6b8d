using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;
using Locus.Engine.Programs;
using Locus.Problems;
using Locus.Engine.Kernels;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Projection;

/// <summary>
/// The rows of a problem's constraints at 64 points: v = g or h [R] and dv/du [R, D] from one run of a program, and a weight 1 / |dv_i/du| for each row, so that
/// weighted rows are distances to first order and their units do not matter.
/// </summary>
internal sealed class Linearization
{
    // Values of a row are sums of a few terms, each rounded to half of 2^-52 of its size, at a point that is itself rounded.
    private const double Rounding = 8.0 / (1L << 52);
    private readonly Program program;
    private readonly double[] offsets;
    private readonly DoubleBlock outputs;
    private readonly DoubleBlock scratch;
    private readonly DoubleBlock weights;
    private readonly DoubleBlock trialWeights;
    private readonly DoubleBlock noise;
    private readonly Lanes[] finite = new Lanes[LaneRows.Groups];

    /// <summary>Memory for the rows of a problem.</summary>
    /// <param name="standardization">Its residuals are the rows; its center and scale say how finely the user's coordinates resolve u.</param>
    public Linearization(Standardization standardization)
    {
        program = standardization.Residuals.Signed;
        (Rows, Columns) = (standardization.Residuals.Count, program.Inputs);
        offsets = [.. standardization.Center.Zip(standardization.Scale, (center, scale) => 1 + Math.Abs(center / scale))];
        var arena = new Arena(checked((program.Outputs + program.ScratchRows + 3 * Rows) * DoubleBlock.FloatsPerRow));
        (outputs, scratch) = (arena.DoubleRows(program.Outputs), arena.DoubleRows(program.ScratchRows));
        (weights, trialWeights, noise) = (arena.DoubleRows(Rows), arena.DoubleRows(Rows), arena.DoubleRows(Rows));
    }

    /// <summary>R.</summary>
    public int Rows { get; }

    /// <summary>D.</summary>
    public int Columns { get; }

    /// <summary>Runs the program at u [D], c' [C], and measures the gradients, before anyone knows which points are kept.</summary>
    public void Run(DoubleBlock u, DoubleBlock c)
    {
        program.Run(u, c, outputs, scratch);
        Array.Fill(finite, Lanes.AllBitsSet);
        for (var i = 0; i < Rows; i++) Measure(i, LaneRows.All(u));
    }

    /// <summary>Mask: whatever is violated at the points that were run last has a finite value and gradient.</summary>
    public Lanes IsFinite(int group) => finite[group];

    /// <summary>v [R].</summary>
    public LaneRows Values(int group) => new(outputs.Slice(0, Rows), group);

    /// <summary>1 for rows of inequalities, 0 for those of equalities, [R].</summary>
    public LaneRows Kinds(int group) => new(outputs.Slice(Rows, Rows), group);

    /// <summary>dv/du [R, D].</summary>
    public LaneRows Jacobian(int group) => new(outputs.Slice(2 * Rows, Rows * Columns), group);

    /// <summary>The weights of the points that were kept last, [R]; 0 for a row without a direction.</summary>
    public LaneRows Weights(int group) => new(weights, group);

    /// <summary>What rounding alone can make of a row at the points that were run last, [R].</summary>
    public LaneRows Noise(int group) => new(noise, group);

    /// <summary>What is violated: h, or [g]_+; NaN stays.</summary>
    /// <param name="value">h or g.</param>
    /// <param name="kind">0 or 1.</param>
    public static Lanes Violation(Lanes value, Lanes kind) =>
        ConditionalSelect(GreaterThan(kind, Lanes.Zero) & LessThanOrEqual(value, Lanes.Zero), Lanes.Zero, value);

    /// <summary>Takes over the weights of the points that were run, where they are kept.</summary>
    public void Keep(Lanes kept, int group)
    {
        var measured = new LaneRows(trialWeights, group);
        var keeping = Weights(group);
        for (var i = 0; i < Rows; i++) keeping[i] = ConditionalSelect(kept, measured[i], keeping[i]);
    }

    /// <summary>The sum of the squares of all weighted violations: the square of a distance, to first order.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public Lanes Merit(int group)
    {
        var values = Values(group);
        var kinds = Kinds(group);
        var weighting = Weights(group);
        var sum = Lanes.Zero;
        for (var i = 0; i < Rows; i++)
        {
            var distance = weighting[i] * Violation(values[i], kinds[i]);
            sum = FusedMultiplyAdd(distance, distance, sum);
        }
        return sum;
    }

    /// <summary>The slack in the constraints' units; where no row stands out of its rounding; and where, beyond that, all inequalities hold exactly.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public (Lanes Slack, Lanes AtRounding, Lanes Settled) Slack(int group)
    {
        var values = Values(group);
        var kinds = Kinds(group);
        var noises = Noise(group);
        var (sum, atRounding, holds) = (Lanes.Zero, Lanes.AllBitsSet, Lanes.AllBitsSet);
        for (var i = 0; i < Rows; i++)
        {
            var size = Abs(Violation(values[i], kinds[i]));
            sum += size;
            atRounding &= LessThanOrEqual(size, noises[i]);
            holds &= LessThanOrEqual(kinds[i] * size, Lanes.Zero);
        }
        return (sum, atRounding, atRounding & holds);
    }

    // All groups in one pass over the row of the Jacobian, as it lies in memory.
    [MethodImpl(Compiled.AtOnce)]
    private void Measure(int i, ReadOnlySpan<Lanes> u)
    {
        Span<Lanes> squares = stackalloc Lanes[LaneRows.Groups];
        Span<Lanes> sizes = stackalloc Lanes[LaneRows.Groups];
        var row = LaneRows.All(outputs.Slice(2 * Rows + i * Columns, Columns));
        for (var d = 0; d < Columns; d++)
        {
            var offset = Create(offsets[d]);
            for (var group = 0; group < LaneRows.Groups; group++)
            {
                var slope = row[d * LaneRows.Groups + group];
                squares[group] = FusedMultiplyAdd(slope, slope, squares[group]);
                sizes[group] = FusedMultiplyAdd(Abs(slope), Abs(u[d * LaneRows.Groups + group]) + offset, sizes[group]);
            }
        }
        for (var group = 0; group < LaneRows.Groups; group++)
        {
            var violation = Violation(Values(group)[i], Kinds(group)[i]);
            var known = Vector512.IsFinite(squares[group]) & Vector512.IsFinite(violation);
            finite[group] &= known | Vector512.Equals(violation, Lanes.Zero);
            new LaneRows(trialWeights, group)[i] = ConditionalSelect(known & GreaterThan(squares[group], Lanes.Zero), Lanes.One / Sqrt(squares[group]), Lanes.Zero);
            Noise(group)[i] = sizes[group] * Rounding;
        }
    }
}
