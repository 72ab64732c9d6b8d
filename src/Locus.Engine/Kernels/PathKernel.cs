using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// The straight path z = t x + (1 - t) e from noise to a point, and the loss of a network that predicts x from z, lane by lane (Li and He 2025; Burghoff, Braun
/// and Toussaint 2025, Algorithm 1 and equations (1) and (2)).
/// </summary>
public static class PathKernel
{
    /// <summary>E becomes z = t x + (1 - t) e.</summary>
    /// <param name="t">Times [1][64], in [0, 1].</param>
    /// <param name="x">Points [D][64].</param>
    /// <param name="e">Noise [D][64], overwritten.</param>
    public static void Mix(Block t, Block x, Block e)
    {
        if (Vector512.IsHardwareAccelerated) Mix<Lanes16>(t, x, e);
        else if (Vector256.IsHardwareAccelerated) Mix<Lanes8>(t, x, e);
        else Mix<Lanes1>(t, x, e);
    }

    /// <summary>
    /// The derivative of (a |x - f|^2 + b v(f)) / c^2 by f, where c = max(1 - t, clip) and v is a function whose gradient is given; and the parts of that
    /// loss: |x - f|^2 and 1 / c^2.
    /// </summary>
    /// <param name="factors">a, b and the clip.</param>
    /// <param name="t">Times [1][64], in [0, 1].</param>
    /// <param name="x">Points [D][64].</param>
    /// <param name="f">Predictions [D][64].</param>
    /// <param name="slope">Gradient of v at f [D][64].</param>
    /// <param name="gradient">Receives the derivative [D][64].</param>
    /// <param name="parts">Receives 1 / c^2 and |x - f|^2, [2][64].</param>
    public static void Loss(in PathLoss factors, Block t, Block x, Block f, Block slope, Block gradient, Block parts)
    {
        if (Vector512.IsHardwareAccelerated) Loss<Lanes16>(factors, t, x, f, slope, gradient, parts);
        else if (Vector256.IsHardwareAccelerated) Loss<Lanes8>(factors, t, x, f, slope, gradient, parts);
        else Loss<Lanes1>(factors, t, x, f, slope, gradient, parts);
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Mix<T>(Block t, Block x, Block e)
        where T : struct, ILanes<T>
    {
        var one = T.Of(1);
        fixed (float* times = t, points = x, noise = e)
        {
            for (var lane = 0; lane < Block.Lanes; lane += T.Count)
            {
                T time = T.Load(times + lane), left = one - time;
                for (var place = lane; place < e.Rows * Block.Lanes; place += Block.Lanes) T.Store(time * T.Load(points + place) + left * T.Load(noise + place), noise + place);
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe void Loss<T>(in PathLoss factors, Block t, Block x, Block f, Block slope, Block gradient, Block parts)
        where T : struct, ILanes<T>
    {
        T one = T.Of(1), clip = T.Of(factors.Clip), error2 = T.Of(2 * factors.Velocity), constraint = T.Of(factors.Constraint);
        fixed (float* times = t, points = x, predicted = f, slopes = slope, derivative = gradient, inverses = parts)
        {
            for (var lane = 0; lane < Block.Lanes; lane += T.Count)
            {
                var left = T.AtLeast(clip, one - T.Load(times + lane));
                var inverse = one / (left * left);
                var square = T.Of(0);
                for (var place = lane; place < f.Rows * Block.Lanes; place += Block.Lanes)
                {
                    var error = T.Load(predicted + place) - T.Load(points + place);
                    square += error * error;
                    T.Store(inverse * (error2 * error + constraint * T.Load(slopes + place)), derivative + place);
                }
                T.Store(inverse, inverses + lane);
                T.Store(square, inverses + Block.Lanes + lane);
            }
        }
    }
}
