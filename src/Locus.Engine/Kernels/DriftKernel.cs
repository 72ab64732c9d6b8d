using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// Steps x' = a x + g u + s e of a diffusion, lane by lane, and what a step adds to the logarithm of the density of a path against that of the same diffusion without a drift (Girsanov's ratio,
/// for one step of Euler-Maruyama exact):
///     l = log N(x'; a x + g u, s^2) - log N(x'; a x, s^2) = (g / s^2) sum_d (m_d u_d - g u_d^2 / 2),   m = x' - a x.
/// </summary>
public static class DriftKernel
{
    // Rows whose terms are added in single precision; the sums of such groups are added in double.
    private const int Group = 32;

    /// <summary>Makes a step, with noise that may be stronger than the diffusion's own, and adds up l.</summary>
    /// <param name="step">The step.</param>
    /// <param name="deviation">Deviation of the noise that is added, at least 0.</param>
    /// <param name="x">Where the step begins [D][64].</param>
    /// <param name="drift">u [D][64].</param>
    /// <param name="noise">e ~ N(0, I) [D][64].</param>
    /// <param name="next">Receives x' [D][64]; may be the noise.</param>
    /// <param name="ratio">l is added [64].</param>
    public static void Move(in DriftStep step, float deviation, Block x, Block drift, Block noise, Block next, Span<double> ratio)
    {
        if (Vector512.IsHardwareAccelerated) Move<Lanes16>(step, deviation, x, drift, noise, next, ratio);
        else if (Vector256.IsHardwareAccelerated) Move<Lanes8>(step, deviation, x, drift, noise, next, ratio);
        else Move<Lanes1>(step, deviation, x, drift, noise, next, ratio);
    }

    /// <summary>Adds up l of a step that was made before.</summary>
    /// <param name="step">The step.</param>
    /// <param name="x">Where it began [D][64].</param>
    /// <param name="next">Where it ended [D][64].</param>
    /// <param name="drift">u [D][64].</param>
    /// <param name="ratio">l is added [64].</param>
    public static void Ratio(in DriftStep step, Block x, Block next, Block drift, Span<double> ratio)
    {
        if (Vector512.IsHardwareAccelerated) Ratio<Lanes16>(step, x, next, drift, ratio);
        else if (Vector256.IsHardwareAccelerated) Ratio<Lanes8>(step, x, next, drift, ratio);
        else Ratio<Lanes1>(step, x, next, drift, ratio);
    }

    /// <summary>The derivative of the sum of weight times l by u: weight (g / s^2) (m - g u).</summary>
    /// <param name="step">The step.</param>
    /// <param name="x">Where it began [D][64].</param>
    /// <param name="next">Where it ended [D][64].</param>
    /// <param name="drift">u [D][64].</param>
    /// <param name="weight">Weight of each lane [1][64].</param>
    /// <param name="gradient">Receives the derivative [D][64].</param>
    public static void Slope(in DriftStep step, Block x, Block next, Block drift, Block weight, Block gradient)
    {
        if (Vector512.IsHardwareAccelerated) Slope<Lanes16>(step, x, next, drift, weight, gradient);
        else if (Vector256.IsHardwareAccelerated) Slope<Lanes8>(step, x, next, drift, weight, gradient);
        else Slope<Lanes1>(step, x, next, drift, weight, gradient);
    }

    /// <summary>The derivative by u of l, whose noise is held, and of what comes after the step: g (adjoint + m / s^2).</summary>
    /// <param name="step">The step.</param>
    /// <param name="x">Where it began [D][64].</param>
    /// <param name="next">Where it ended [D][64].</param>
    /// <param name="adjoint">Derivative of what comes after by x' [D][64].</param>
    /// <param name="gradient">Receives the derivative [D][64].</param>
    public static void Pull(in DriftStep step, Block x, Block next, Block adjoint, Block gradient)
    {
        if (Vector512.IsHardwareAccelerated) Pull<Lanes16>(step, x, next, adjoint, gradient);
        else if (Vector256.IsHardwareAccelerated) Pull<Lanes8>(step, x, next, adjoint, gradient);
        else Pull<Lanes1>(step, x, next, adjoint, gradient);
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Move<T>(in DriftStep step, float deviation, Block x, Block drift, Block noise, Block next, Span<double> ratio)
        where T : struct, ILanes<T>
    {
        T keep = T.Of(step.Keep), gain = T.Of(step.Gain), spread = T.Of(deviation), half = T.Of(0.5f);
        var factor = (double)step.Gain / step.Variance;
        var sums = stackalloc float[Block.Lanes];
        fixed (float* from = x, u = drift, e = noise, to = next)
        {
            for (var row = 0; row < x.Rows; row += Group)
            {
                var end = Math.Min(row + Group, x.Rows) * Block.Lanes;
                for (var lane = 0; lane < Block.Lanes; lane += T.Count)
                {
                    var sum = T.Of(0);
                    for (var place = row * Block.Lanes + lane; place < end; place += Block.Lanes)
                    {
                        T pull = gain * T.Load(u + place), move = T.Fma(spread, T.Load(e + place), pull);
                        sum = T.Fma(move - half * pull, T.Load(u + place), sum);
                        T.Store(T.Fma(keep, T.Load(from + place), move), to + place);
                    }
                    T.Store(sum, sums + lane);
                }
                for (var lane = 0; lane < Block.Lanes; lane++) ratio[lane] += factor * sums[lane];
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Ratio<T>(in DriftStep step, Block x, Block next, Block drift, Span<double> ratio)
        where T : struct, ILanes<T>
    {
        T keep = T.Of(step.Keep), gain = T.Of(0.5f * step.Gain);
        var factor = (double)step.Gain / step.Variance;
        var sums = stackalloc float[Block.Lanes];
        fixed (float* from = x, u = drift, to = next)
        {
            for (var row = 0; row < x.Rows; row += Group)
            {
                var end = Math.Min(row + Group, x.Rows) * Block.Lanes;
                for (var lane = 0; lane < Block.Lanes; lane += T.Count)
                {
                    var sum = T.Of(0);
                    for (var place = row * Block.Lanes + lane; place < end; place += Block.Lanes)
                    {
                        T drifts = T.Load(u + place), move = T.Load(to + place) - keep * T.Load(from + place);
                        sum = T.Fma(move - gain * drifts, drifts, sum);
                    }
                    T.Store(sum, sums + lane);
                }
                for (var lane = 0; lane < Block.Lanes; lane++) ratio[lane] += factor * sums[lane];
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Slope<T>(in DriftStep step, Block x, Block next, Block drift, Block weight, Block gradient)
        where T : struct, ILanes<T>
    {
        T keep = T.Of(step.Keep), gain = T.Of(step.Gain), factor = T.Of((float)((double)step.Gain / step.Variance));
        fixed (float* from = x, u = drift, to = next, weights = weight, slope = gradient)
        {
            for (var lane = 0; lane < Block.Lanes; lane += T.Count)
            {
                var scale = factor * T.Load(weights + lane);
                for (var place = lane; place < x.Rows * Block.Lanes; place += Block.Lanes)
                    T.Store(scale * (T.Load(to + place) - keep * T.Load(from + place) - gain * T.Load(u + place)), slope + place);
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Pull<T>(in DriftStep step, Block x, Block next, Block adjoint, Block gradient)
        where T : struct, ILanes<T>
    {
        T keep = T.Of(step.Keep), gain = T.Of(step.Gain), factor = T.Of((float)((double)step.Gain / step.Variance));
        fixed (float* from = x, to = next, after = adjoint, slope = gradient)
        {
            for (var i = 0; i < x.Rows * Block.Lanes; i += T.Count)
                T.Store(gain * T.Load(after + i) + factor * (T.Load(to + i) - keep * T.Load(from + i)), slope + i);
        }
    }
}
