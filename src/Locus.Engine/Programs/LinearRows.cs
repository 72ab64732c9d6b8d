using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Programs;

/// <summary>
/// Linear maps of rows with constant weights: target_j = offset_j + sum over i of w_ji input_i, each term fused into the sum in the
/// order of i. Four targets by two registers are summed at once, so that each input that is loaded serves four sums.
/// </summary>
/// <typeparam name="T">The lanes that are worked on at once.</typeparam>
internal static unsafe class LinearRows<T>
    where T : struct, ILanes<T>
{
    /// <summary>Computes all targets.</summary>
    /// <param name="weights">The matrix [M, N] row by row, then the offsets [M].</param>
    /// <param name="bases">The first row of each kind.</param>
    /// <param name="rows">The inputs [N], then the targets [M], packed.</param>
    /// <param name="n">Number of inputs.</param>
    /// <param name="m">Number of targets.</param>
    public static void Run(float* weights, float** bases, int* rows, int n, int m)
    {
        var offsets = weights + (nint)m * n;
        var j = 0;
        for (; j + 4 <= m; j += 4)
        {
            for (var lane = 0; lane < Block.Lanes; lane += 2 * T.Count) Four(weights + (nint)j * n, offsets + j, bases, rows, n, rows + n + j, lane);
        }

        for (; j < m; j++)
        {
            for (var lane = 0; lane < Block.Lanes; lane += 4 * T.Count) One(weights + (nint)j * n, offsets[j], bases, rows, n, rows[n + j], lane);
        }
    }

    private static void Four(float* w, float* offsets, float** bases, int* rows, int n, int* targets, int lane)
    {
        var a0 = T.Of(offsets[0]);
        var b0 = T.Of(offsets[1]);
        var c0 = T.Of(offsets[2]);
        var d0 = T.Of(offsets[3]);
        var (a1, b1, c1, d1) = (a0, b0, c0, d0);
        for (var i = 0; i < n; i++)
        {
            var input = LaneInterpreter<T>.At(bases, rows[i]) + lane;
            var x0 = T.Load(input);
            var x1 = T.Load(input + T.Count);
            var wa = T.Of(w[i]);
            a0 = T.Fma(wa, x0, a0);
            a1 = T.Fma(wa, x1, a1);
            var wb = T.Of(w[n + i]);
            b0 = T.Fma(wb, x0, b0);
            b1 = T.Fma(wb, x1, b1);
            var wc = T.Of(w[2 * n + i]);
            c0 = T.Fma(wc, x0, c0);
            c1 = T.Fma(wc, x1, c1);
            var wd = T.Of(w[3 * n + i]);
            d0 = T.Fma(wd, x0, d0);
            d1 = T.Fma(wd, x1, d1);
        }

        Store(bases, targets[0], lane, a0, a1);
        Store(bases, targets[1], lane, b0, b1);
        Store(bases, targets[2], lane, c0, c1);
        Store(bases, targets[3], lane, d0, d1);
    }

    private static void One(float* w, float offset, float** bases, int* rows, int n, int target, int lane)
    {
        var a0 = T.Of(offset);
        var (a1, a2, a3) = (a0, a0, a0);
        for (var i = 0; i < n; i++)
        {
            var input = LaneInterpreter<T>.At(bases, rows[i]) + lane;
            var weight = T.Of(w[i]);
            a0 = T.Fma(weight, T.Load(input), a0);
            a1 = T.Fma(weight, T.Load(input + T.Count), a1);
            a2 = T.Fma(weight, T.Load(input + 2 * T.Count), a2);
            a3 = T.Fma(weight, T.Load(input + 3 * T.Count), a3);
        }

        Store(bases, target, lane, a0, a1);
        Store(bases, target, lane + 2 * T.Count, a2, a3);
    }

    private static void Store(float** bases, int target, int lane, T first, T second)
    {
        var row = LaneInterpreter<T>.At(bases, target) + lane;
        T.Store(first, row);
        T.Store(second, row + T.Count);
    }
}
