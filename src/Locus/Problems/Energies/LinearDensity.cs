// A generalised linear model with a normal prior: log R(x) = k + v.x - |x|^2 / (2 s^2) + sum_i h(z_i), z = A x + b, and its score v - x / s^2 + A^T h'(z). h is the part of the log-likelihood that is not linear in z.
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Problems.Energies;

/// <summary>A posterior whose likelihood sees the coordinates through linear combinations of them.</summary>
/// <typeparam name="TTerm">h.</typeparam>
public abstract class LinearDensity<TTerm> : DataDensity
    where TTerm : struct, IActivation
{
    private readonly LinearMap map;
    private readonly double[] linear;
    private readonly float[] singleLinear;
    private readonly double precision;
    private readonly double constant;

    private protected LinearDensity(Parts parts)
    {
        (map, linear, constant) = (parts.Map, parts.Linear, parts.Constant);
        precision = 1 / (parts.Deviation * parts.Deviation);
        singleLinear = [.. linear.Select(v => (float)v)];
    }

    /// <inheritdoc/>
    public override int Dimension => map.Inputs;

    /// <inheritdoc/>
    public override int ScratchRows => 2 * map.Outputs;

    /// <summary>h(z) and h'(z) in double precision.</summary>
    private protected abstract double Term(double z, out double slope);

    /// <inheritdoc/>
    public sealed override double Log(ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> score, Span<double> scratch)
    {
        score.Clear();
        var log = constant + DoubleRows.Dot(linear, x) - 0.5 * precision * DoubleRows.Dot(x, x);
        for (var i = 0; i < map.Outputs; i++)
        {
            log += Term(map.Forward(i, x), out var slope);
            if (!score.IsEmpty) map.AddBackward(i, slope, score);
        }
        for (var d = 0; d < score.Length; d++) score[d] += linear[d] - precision * x[d];
        return log;
    }

    /// <inheritdoc/>
    public sealed override void Run(Block x, Block c, Block values, Block scratch)
    {
        var (z, slopes, score) = (scratch.Slice(0, map.Outputs), scratch.Slice(map.Outputs, map.Outputs), values.Slice(1, Dimension));
        map.Forward(x, z);
        ActivationKernel.Forward<TTerm>(z, slopes);
        map.Backward(slopes, score);
        Elementwise.Combine(1, score, -(float)precision, x);
        Elementwise.AddToRows(score, singleLinear);
        Span<double> logs = stackalloc double[Block.Lanes];
        logs.Fill(constant);
        LaneSums.AddWeighted(x, linear, 1, logs);
        LaneSums.AddProducts(x, x, -0.5 * precision, logs);
        LaneSums.Add(z, 1, logs);
        for (var lane = 0; lane < logs.Length; lane++) values[0][lane] = (float)logs[lane];
    }

    /// <summary>What a kind makes of its data: A and b, v, s and k.</summary>
    private protected sealed record Parts(LinearMap Map, double[] Linear, double Deviation, double Constant);

    /// <summary>The logarithm of the norm of N(0, deviation^2 I) in D coordinates.</summary>
    private protected static double PriorConstant(int dimension, double deviation) => -dimension * (0.5 * ElementaryDouble.Log(2 * Math.PI) + ElementaryDouble.Log(deviation));
}
