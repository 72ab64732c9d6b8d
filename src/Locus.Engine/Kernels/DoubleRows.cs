using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Locus.Engine.Kernels;

/// <summary>Products of vectors in double precision, eight sums side by side whatever the machine: the same numbers give the same bits everywhere.</summary>
public static class DoubleRows
{
    private const int Lanes = 8;

    /// <summary>sum over i of a_i b_i.</summary>
    /// <param name="a">[N].</param>
    /// <param name="b">[N].</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Check(a.Length, b.Length);
        var x = MemoryMarshal.Cast<double, Vector512<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector512<double>>(b);
        var sums = Vector512<double>.Zero;
        for (var i = 0; i < x.Length; i++) sums = Vector512.FusedMultiplyAdd(x[i], y[i], sums);
        var total = 0.0;
        for (var lane = 0; lane < Lanes; lane++) total += sums.GetElement(lane);
        for (var i = x.Length * Lanes; i < a.Length; i++) total = Math.FusedMultiplyAdd(a[i], b[i], total);
        return total;
    }

    /// <summary>y += factor x.</summary>
    /// <param name="factor">Any number.</param>
    /// <param name="x">[N].</param>
    /// <param name="y">[N].</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        Check(x.Length, y.Length);
        var from = MemoryMarshal.Cast<double, Vector512<double>>(x);
        var to = MemoryMarshal.Cast<double, Vector512<double>>(y);
        var f = Vector512.Create(factor);
        for (var i = 0; i < from.Length; i++) to[i] = Vector512.FusedMultiplyAdd(f, from[i], to[i]);
        for (var i = from.Length * Lanes; i < x.Length; i++) y[i] = Math.FusedMultiplyAdd(factor, x[i], y[i]);
    }

    private static void Check(int a, int b)
    {
        if (a != b) throw new ArgumentException($"vectors of {a} and {b} numbers do not fit");
    }
}
