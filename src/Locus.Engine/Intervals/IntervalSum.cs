// Sums of products with the rounding error of every product and every sum kept (Ogita, Rump, Oishi: Accurate sum and dot product, SIAM J. Sci.
// Comput. 26, 2005, algorithm 5.3): as accurate as in twice the precision, and exact where no error arises. Both bounds are summed at once, side by side.
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Locus.Engine.Intervals.Rounding;

namespace Locus.Engine.Intervals;

/// <summary>A sum of numbers times intervals. It begins as 0.</summary>
public struct IntervalSum
{
    // The lower bound first, then the upper one.
    private Vector128<double> sums;
    private Vector128<double> errors;
    private Vector128<double> errorSizes;
    private int terms;
    private int slips;
    private bool isUndefined;

    /// <summary>Adds a number times an interval.</summary>
    /// <param name="weight">A finite number.</param>
    /// <param name="a">An interval.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double weight, Interval a)
    {
        isUndefined |= a.IsUndefined;
        var w = Vector128.Create(weight);
        var ends = Vector128.Create(a.Lower, a.Upper);
        // A negative weight turns the interval round: chosen without a branch, for signs are as good as random.
        ends = Vector128.ConditionalSelect(Vector128.LessThan(w, Vector128<double>.Zero), Vector128.Shuffle(ends, Vector128.Create(1L, 0)), ends);
        var product = w * ends;
        // The error of a tiny product may be smaller than the smallest double.
        if (Vector128.LessThanAny(Vector128.Abs(product), Vector128.Create(Tiny)) && (Slips(weight, a.Lower) || Slips(weight, a.Upper))) slips++;
        var productErrors = Vector128.FusedMultiplyAdd(w, ends, -product);
        var before = sums;
        sums += product;
        var part = sums - before;
        var sumErrors = before - (sums - part) + (product - part);
        errors += productErrors + sumErrors;
        errorSizes += Vector128.Abs(productErrors) + Vector128.Abs(sumErrors);
        terms++;
    }

    /// <summary>Bounds of the sum; without a bound where a term has none or where it overflows.</summary>
    public readonly Interval Value
    {
        get
        {
            if (isUndefined) return Interval.Undefined;
            // Each term is rounded twice on its way into the errors, and they once on their way into the sum, in the unit 2^-53 of the sizes so far; four
            // times that covers the rounding of the sizes too.
            var slack = errorSizes * ((terms + 2) * 4.440892098500626e-16);
            if (slips > 0) slack += Vector128.Create(slips * double.Epsilon);
            var outward = Vector128.Create(-1.0, 1.0);
            var ends = sums + (errors + outward * slack);
            // The number before or after each, or the one after that (Rump, Zimmermann, Boldo, Melquiond, BIT 49, 2009); exact ends stay.
            var step = Vector128.Abs(ends) * 1.1102230246251568e-16 + Vector128.Create(double.Epsilon);
            var exact = slips > 0 ? Vector128<double>.Zero : Vector128.Equals(errorSizes, Vector128<double>.Zero);
            ends += Vector128.AndNot(outward * step, exact);
            var bounds = new Interval(ends[0], ends[1]);
            return double.IsFinite(bounds.Lower) && double.IsFinite(bounds.Upper) ? bounds : new(
                double.IsFinite(bounds.Lower) ? bounds.Lower : double.NegativeInfinity,
                double.IsFinite(bounds.Upper) ? bounds.Upper : double.PositiveInfinity);
        }
    }

    private static bool Slips(double a, double b) => a != 0 && b != 0 && Math.Abs(a * b) < Tiny;
}
