using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>Sums over the rows of a block, lane by lane, in double precision and in the order of the rows: the terms of a long sum are floats, the sum is not.</summary>
public static class LaneSums
{
    private const int Floats = 16;

    /// <summary>sums += factor (sum over r of X_r).</summary>
    /// <param name="x">X [R][64].</param>
    /// <param name="factor">Any number.</param>
    /// <param name="sums">[64].</param>
    public static void Add(Block x, double factor, Span<double> sums) => Add(x, default, [], factor, sums);

    /// <summary>sums += factor (sum over r of w_r X_r).</summary>
    /// <param name="x">X [R][64].</param>
    /// <param name="weights">w [R].</param>
    /// <param name="factor">Any number.</param>
    /// <param name="sums">[64].</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void AddWeighted(Block x, ReadOnlySpan<double> weights, double factor, Span<double> sums)
    {
        if (weights.Length != x.Rows) throw new ArgumentException($"{weights.Length} weights for {x.Rows} rows", nameof(weights));
        if (x.Rows > 0) Add(x, default, weights, factor, sums);
    }

    /// <summary>sums += factor (sum over r of X_r Y_r).</summary>
    /// <param name="x">X [R][64].</param>
    /// <param name="y">Y [R][64].</param>
    /// <param name="factor">Any number.</param>
    /// <param name="sums">[64].</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void AddProducts(Block x, Block y, double factor, Span<double> sums)
    {
        if (x.Rows != y.Rows) throw new ArgumentException($"blocks of {x.Rows} and {y.Rows} rows do not fit", nameof(y));
        Add(x, y, [], factor, sums);
    }

    private static void Add(Block x, Block y, ReadOnlySpan<double> weights, double factor, Span<double> sums)
    {
        if (sums.Length != Block.Lanes) throw new ArgumentException($"{sums.Length} sums for {Block.Lanes} lanes", nameof(sums));
        ReadOnlySpan<Vector512<float>> xs = MemoryMarshal.Cast<float, Vector512<float>>(x.Values), ys = y.Rows > 0 ? MemoryMarshal.Cast<float, Vector512<float>>(y.Values) : [];
        for (var part = 0; part < Block.Lanes / Floats; part++)
        {
            Vector512<double> low = default, high = default;
            for (var r = 0; r < x.Rows; r++)
            {
                var at = r * (Block.Lanes / Floats) + part;
                var (a, b) = Vector512.Widen(xs[at]);
                if (!ys.IsEmpty)
                {
                    // A product of two floats is exact in double precision.
                    var (c, d) = Vector512.Widen(ys[at]);
                    (a, b) = (a * c, b * d);
                }
                else if (!weights.IsEmpty)
                {
                    var w = Vector512.Create(weights[r]);
                    (a, b) = (a * w, b * w);
                }
                (low, high) = (low + a, high + b);
            }
            var target = sums.Slice(part * Floats, Floats);
            for (var i = 0; i < Floats; i++) target[i] += factor * (i < Floats / 2 ? low.GetElement(i) : high.GetElement(i - Floats / 2));
        }
    }
}
