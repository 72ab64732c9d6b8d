using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// Steps x' = a x + g u + s exp(v / 2) e of a diffusion whose noise is free to differ from that of the diffusion without a drift, in each coordinate by a factor exp(v), v = range tanh(raw) (Sendera et al. 2024,
/// section 5, "learned variance"), and what a step adds to the logarithm of the density of a path against that of the same diffusion without drift, of variance s^2:
///     l = sum_d (m_d^2 / s^2 - (m_d - g u_d)^2 exp(-v_d) / s^2 - v_d) / 2,   m = x' - a x.
/// With v = 0 that is what <see cref="DriftKernel"/> has.
/// </summary>
public static class FreeStepKernel
{
    // Rows whose terms are added in single precision; the sums of such groups are added in double.
    private const int Group = 32;

    /// <summary>v = range tanh(raw).</summary>
    /// <param name="range">Largest |v|, above 0.</param>
    /// <param name="raw">[D][64], overwritten by v.</param>
    public static void Bound(float range, Block raw)
    {
        if (Vector512.IsHardwareAccelerated) Bound<Lanes16>(range, raw);
        else if (Vector256.IsHardwareAccelerated) Bound<Lanes8>(range, raw);
        else Bound<Lanes1>(range, raw);
    }

    /// <summary>Makes a step, with noise that may be stronger than the step's own, and adds up l.</summary>
    /// <param name="step">The step.</param>
    /// <param name="extra">Variance of the noise that is added besides, at least 0.</param>
    /// <param name="x">Where the step begins [D][64].</param>
    /// <param name="drift">u, then v [2 D][64].</param>
    /// <param name="noise">e ~ N(0, I) [D][64].</param>
    /// <param name="next">Receives x' [D][64]; may be the noise.</param>
    /// <param name="ratio">l is added [64].</param>
    public static void Move(in DriftStep step, float extra, Block x, Block drift, Block noise, Block next, Span<double> ratio)
    {
        if (Vector512.IsHardwareAccelerated) Move<Lanes16>(step, extra, x, drift, noise, next, ratio);
        else if (Vector256.IsHardwareAccelerated) Move<Lanes8>(step, extra, x, drift, noise, next, ratio);
        else Move<Lanes1>(step, extra, x, drift, noise, next, ratio);
    }

    /// <summary>Adds up l of a step that was made before.</summary>
    /// <param name="step">The step.</param>
    /// <param name="x">Where it began [D][64].</param>
    /// <param name="next">Where it ended [D][64].</param>
    /// <param name="drift">u, then v [2 D][64].</param>
    /// <param name="ratio">l is added [64].</param>
    public static void Ratio(in DriftStep step, Block x, Block next, Block drift, Span<double> ratio)
    {
        if (Vector512.IsHardwareAccelerated) Ratio<Lanes16>(step, x, next, drift, ratio);
        else if (Vector256.IsHardwareAccelerated) Ratio<Lanes8>(step, x, next, drift, ratio);
        else Ratio<Lanes1>(step, x, next, drift, ratio);
    }

    /// <summary>The derivative of the sum of weight times l by u and by raw: weight (g / s^2) exp(-v) r, and weight (r^2 exp(-v) / s^2 - 1) / 2 (range - v^2 / range), r = m - g u.</summary>
    /// <param name="step">The step.</param>
    /// <param name="range">That of <see cref="Bound"/>.</param>
    /// <param name="x">Where it began [D][64].</param>
    /// <param name="next">Where it ended [D][64].</param>
    /// <param name="drift">u, then v [2 D][64].</param>
    /// <param name="weight">Weight of each lane [1][64].</param>
    /// <param name="gradient">Receives the derivative by u, then that by raw [2 D][64].</param>
    public static void Slope(in DriftStep step, float range, Block x, Block next, Block drift, Block weight, Block gradient)
    {
        if (Vector512.IsHardwareAccelerated) Slope<Lanes16>(step, range, x, next, drift, weight, gradient);
        else if (Vector256.IsHardwareAccelerated) Slope<Lanes8>(step, range, x, next, drift, weight, gradient);
        else Slope<Lanes1>(step, range, x, next, drift, weight, gradient);
    }

    /// <summary>
    /// The derivative by u and by raw of l, whose noise is held, and of what comes after the step: with p = adjoint + m / s^2, g p and (p r - 1) / 2 (range - v^2 / range).
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="range">That of <see cref="Bound"/>.</param>
    /// <param name="x">Where it began [D][64].</param>
    /// <param name="next">Where it ended [D][64].</param>
    /// <param name="drift">u, then v [2 D][64].</param>
    /// <param name="adjoint">Derivative of what comes after by x' [D][64].</param>
    /// <param name="gradient">Receives the derivative by u, then that by raw [2 D][64].</param>
    public static void Pull(in DriftStep step, float range, Block x, Block next, Block drift, Block adjoint, Block gradient)
    {
        if (Vector512.IsHardwareAccelerated) Pull<Lanes16>(step, range, x, next, drift, adjoint, gradient);
        else if (Vector256.IsHardwareAccelerated) Pull<Lanes8>(step, range, x, next, drift, adjoint, gradient);
        else Pull<Lanes1>(step, range, x, next, drift, adjoint, gradient);
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Bound<T>(float range, Block raw)
        where T : struct, ILanes<T>
    {
        var most = T.Of(range);
        fixed (float* v = raw)
        {
            for (var i = 0; i < raw.Rows * Block.Lanes; i += T.Count) T.Store(most * Elementary.Tanh(T.Load(v + i)), v + i);
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Move<T>(in DriftStep step, float extra, Block x, Block drift, Block noise, Block next, Span<double> ratio)
        where T : struct, ILanes<T>
    {
        T keep = T.Of(step.Keep), gain = T.Of(step.Gain), variance = T.Of(step.Variance), more = T.Of(extra);
        var sums = stackalloc float[Block.Lanes];
        fixed (float* from = x, u = drift, e = noise, to = next)
        {
            var v = u + x.Rows * Block.Lanes;
            for (var row = 0; row < x.Rows; row += Group)
            {
                var end = Math.Min(row + Group, x.Rows) * Block.Lanes;
                for (var lane = 0; lane < Block.Lanes; lane += T.Count)
                {
                    var sum = T.Of(0);
                    for (var place = row * Block.Lanes + lane; place < end; place += Block.Lanes)
                    {
                        T log = T.Load(v + place), own = variance * Elementary.Exp(log), rest = T.Sqrt(own + more) * T.Load(e + place), move = T.Fma(gain, T.Load(u + place), rest);
                        sum += move * move / variance - rest * rest / own - log;
                        T.Store(T.Fma(keep, T.Load(from + place), move), to + place);
                    }
                    T.Store(sum, sums + lane);
                }
                for (var lane = 0; lane < Block.Lanes; lane++) ratio[lane] += 0.5 * sums[lane];
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Ratio<T>(in DriftStep step, Block x, Block next, Block drift, Span<double> ratio)
        where T : struct, ILanes<T>
    {
        T keep = T.Of(step.Keep), gain = T.Of(step.Gain), variance = T.Of(step.Variance);
        var sums = stackalloc float[Block.Lanes];
        fixed (float* from = x, u = drift, to = next)
        {
            var v = u + x.Rows * Block.Lanes;
            for (var row = 0; row < x.Rows; row += Group)
            {
                var end = Math.Min(row + Group, x.Rows) * Block.Lanes;
                for (var lane = 0; lane < Block.Lanes; lane += T.Count)
                {
                    var sum = T.Of(0);
                    for (var place = row * Block.Lanes + lane; place < end; place += Block.Lanes)
                    {
                        T log = T.Load(v + place), move = T.Load(to + place) - keep * T.Load(from + place), rest = move - gain * T.Load(u + place);
                        sum += (move * move - rest * rest * Elementary.Exp(-log)) / variance - log;
                    }
                    T.Store(sum, sums + lane);
                }
                for (var lane = 0; lane < Block.Lanes; lane++) ratio[lane] += 0.5 * sums[lane];
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Slope<T>(in DriftStep step, float range, Block x, Block next, Block drift, Block weight, Block gradient)
        where T : struct, ILanes<T>
    {
        T keep = T.Of(step.Keep), gain = T.Of(step.Gain), inverse = T.Of((float)(1 / (double)step.Variance)), one = T.Of(1), most = T.Of(range), least = T.Of(1 / range);
        fixed (float* from = x, u = drift, to = next, weights = weight, slope = gradient)
        {
            var length = x.Rows * Block.Lanes;
            for (var lane = 0; lane < Block.Lanes; lane += T.Count)
            {
                T scale = T.Load(weights + lane), half = T.Of(0.5f) * scale;
                for (var place = lane; place < length; place += Block.Lanes)
                {
                    T log = T.Load(u + length + place), rest = T.Load(to + place) - keep * T.Load(from + place) - gain * T.Load(u + place), pull = inverse * Elementary.Exp(-log) * rest;
                    T.Store(scale * gain * pull, slope + place);
                    T.Store(half * (pull * rest - one) * (most - least * log * log), slope + length + place);
                }
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Pull<T>(in DriftStep step, float range, Block x, Block next, Block drift, Block adjoint, Block gradient)
        where T : struct, ILanes<T>
    {
        T keep = T.Of(step.Keep), gain = T.Of(step.Gain), inverse = T.Of((float)(1 / (double)step.Variance)), one = T.Of(1), half = T.Of(0.5f), most = T.Of(range), least = T.Of(1 / range);
        fixed (float* from = x, u = drift, to = next, after = adjoint, slope = gradient)
        {
            var length = x.Rows * Block.Lanes;
            for (var i = 0; i < length; i += T.Count)
            {
                T log = T.Load(u + length + i), move = T.Load(to + i) - keep * T.Load(from + i), pull = T.Fma(inverse, move, T.Load(after + i));
                T.Store(gain * pull, slope + i);
                T.Store(half * (pull * (move - gain * T.Load(u + i)) - one) * (most - least * log * log), slope + length + i);
            }
        }
    }
}
