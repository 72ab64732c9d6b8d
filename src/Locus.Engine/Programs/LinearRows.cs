using System.Numerics;
using System.Runtime.CompilerServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Programs;

/// <summary>
/// Linear maps of rows with constant weights: target_j = offset_j + sum over i of w_ji input_i, each term fused into the sum in the
/// order of i. Four targets by two registers are summed at once, so that each input that is loaded serves four sums; inputs come
/// in panels that stay in the first cache while all targets take them. Neither changes the order of a sum.
/// </summary>
/// <typeparam name="T">The lanes that are worked on at once.</typeparam>
/// <typeparam name="TNumber">The number in a lane.</typeparam>
internal static unsafe class LinearRows<T, TNumber>
    where T : struct, IArithmeticLanes<T, TNumber>
    where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
{
    // Inputs that take a third of the first cache: 64 of 256 bytes, or 32 of 512.
    private static int Panel => 256 / sizeof(TNumber);

    /// <summary>Computes all targets.</summary>
    /// <param name="weights">The matrix [M, N] row by row, then the offsets [M].</param>
    /// <param name="bases">The first row of each kind.</param>
    /// <param name="rows">The inputs [N], then the targets [M], packed.</param>
    /// <param name="n">Number of inputs.</param>
    /// <param name="m">Number of targets.</param>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run(TNumber* weights, TNumber** bases, int* rows, int n, int m)
    {
        var offsets = weights + (nint)m * n;
        var grouped = m / 4 * 4;
        for (var j = grouped; j < m; j++)
        {
            for (var lane = 0; lane < Block.Lanes; lane += 4 * T.Count) One(weights + (nint)j * n, offsets[j], bases, rows, n, rows[n + j], lane);
        }

        if (grouped == 0) return;
        var inputs = stackalloc TNumber*[Panel];
        for (var first = 0; first < n; first += Panel)
        {
            var count = Math.Min(Panel, n - first);
            for (var i = 0; i < count; i++) inputs[i] = Row.Address(bases, rows[first + i]);
            for (var j = 0; j < grouped; j += 4)
            {
                var targets = rows + n + j;
                if (first == 0)
                {
                    for (var k = 0; k < 4; k++) Fill(Row.Address(bases, targets[k]), offsets[j + k]);
                }

                var w = weights + (nint)j * n + first;
                for (var lane = 0; lane < Block.Lanes; lane += 2 * T.Count) Four(w, n, inputs, count, bases, targets, lane);
            }
        }
    }

    private static void Fill(TNumber* target, TNumber value)
    {
        for (var lane = 0; lane < Block.Lanes; lane += T.Count) T.Store(T.Of(value), target + lane);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Four(TNumber* w, int n, TNumber** inputs, int count, TNumber** bases, int* targets, int lane)
    {
        var a = Row.Address(bases, targets[0]) + lane;
        var b = Row.Address(bases, targets[1]) + lane;
        var c = Row.Address(bases, targets[2]) + lane;
        var d = Row.Address(bases, targets[3]) + lane;
        var (a0, b0, c0, d0) = (T.Load(a), T.Load(b), T.Load(c), T.Load(d));
        var (a1, b1, c1, d1) = (T.Load(a + T.Count), T.Load(b + T.Count), T.Load(c + T.Count), T.Load(d + T.Count));
        for (var i = 0; i < count; i++)
        {
            var input = inputs[i] + lane;
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

        Store(a, a0, a1);
        Store(b, b0, b1);
        Store(c, c0, c1);
        Store(d, d0, d1);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void One(TNumber* w, TNumber offset, TNumber** bases, int* rows, int n, int target, int lane)
    {
        var a0 = T.Of(offset);
        var (a1, a2, a3) = (a0, a0, a0);
        for (var i = 0; i < n; i++)
        {
            var input = Row.Address(bases, rows[i]) + lane;
            var weight = T.Of(w[i]);
            a0 = T.Fma(weight, T.Load(input), a0);
            a1 = T.Fma(weight, T.Load(input + T.Count), a1);
            a2 = T.Fma(weight, T.Load(input + 2 * T.Count), a2);
            a3 = T.Fma(weight, T.Load(input + 3 * T.Count), a3);
        }

        var row = Row.Address(bases, target) + lane;
        Store(row, a0, a1);
        Store(row + 2 * T.Count, a2, a3);
    }

    private static void Store(TNumber* target, T first, T second)
    {
        T.Store(first, target);
        T.Store(second, target + T.Count);
    }
}
