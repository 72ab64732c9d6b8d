// Sums of products with the rounding error of every product and every sum kept (Ogita, Rump, Oishi: Accurate sum and dot product, SIAM J. Sci.
// Comput. 26, 2005, algorithm 5.3): as accurate as in twice the precision, and exact where no error arises.
using static Locus.Engine.Intervals.Rounding;

namespace Locus.Engine.Intervals;

/// <summary>A sum of products of numbers, with proven bounds.</summary>
internal struct ExactSum
{
    private double sum;
    private double errors;
    private double errorSizes;
    private double slips;
    private int terms;

    /// <summary>Adds a b.</summary>
    public void Add(double a, double b)
    {
        var product = a * b;
        // The error of a tiny product may be smaller than the smallest double, by less than that.
        if (Math.Abs(product) < Tiny && a != 0 && b != 0) slips += double.Epsilon;
        var productError = Math.FusedMultiplyAdd(a, b, -product);
        var before = sum;
        sum += product;
        var sumError = SumError(before, product, sum);
        errors += productError + sumError;
        errorSizes += Math.Abs(productError) + Math.Abs(sumError);
        terms++;
    }

    /// <summary>A bound below; no bound where anything was infinite or has overflowed.</summary>
    public readonly double Lower => double.IsFinite(errors) ? AddDown(sum, AddDown(errors, -Slack)) : double.NegativeInfinity;

    /// <summary>A bound above; no bound where anything was infinite or has overflowed.</summary>
    public readonly double Upper => double.IsFinite(errors) ? AddUp(sum, AddUp(errors, Slack)) : double.PositiveInfinity;

    // Each term is rounded twice on its way into the errors, in the unit 2^-53 of the sizes so far; twice that covers the rounding of the sizes too.
    private readonly double Slack => errorSizes == 0 && slips == 0 ? 0 : errorSizes * (terms + 2) * 4.440892098500626e-16 + slips;
}
