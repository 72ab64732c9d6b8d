// The error of a rounded sum is a double itself (Knuth, TAOCP 2, 4.2.2, theorem B), and so are the error of a product and the remainder of a
// quotient or a root, by one fused operation (Muller et al., Handbook of Floating-Point Arithmetic, 2018, section 4.4). Its sign says on which side
// of the exact result the rounded one lies, so that exact results stay points.
namespace Locus.Engine.Intervals;

/// <summary>Arithmetic rounded down or up: the largest double not above the exact result, the smallest not below it.</summary>
internal static class Rounding
{
    /// <summary>2^-960: where results or dividends are smaller, errors may be smaller than the smallest double; such results count as inexact.</summary>
    public const double Tiny = 1.0261342003245941e-289;

    /// <summary>a + b, down.</summary>
    public static double AddDown(double a, double b)
    {
        var sum = a + b;
        // Not below 0, rather than below 0: an overflow has no error that is a number, and is moved too.
        return SumError(a, b, sum) >= 0 ? sum : Math.BitDecrement(sum);
    }

    /// <summary>a + b, up.</summary>
    public static double AddUp(double a, double b)
    {
        var sum = a + b;
        return SumError(a, b, sum) <= 0 ? sum : Math.BitIncrement(sum);
    }

    /// <summary>a b, down; 0 where a factor is 0, whatever the other.</summary>
    public static double MultiplyDown(double a, double b)
    {
        var product = a * b;
        if (Math.FusedMultiplyAdd(a, b, -product) >= 0 && Math.Abs(product) >= Tiny) return product;
        return a == 0 || b == 0 ? 0 : Math.BitDecrement(product);
    }

    /// <summary>a b, up; 0 where a factor is 0, whatever the other.</summary>
    public static double MultiplyUp(double a, double b)
    {
        var product = a * b;
        if (Math.FusedMultiplyAdd(a, b, -product) <= 0 && Math.Abs(product) >= Tiny) return product;
        return a == 0 || b == 0 ? 0 : Math.BitIncrement(product);
    }

    /// <summary>a / b, down; b is not 0.</summary>
    public static double DivideDown(double a, double b)
    {
        var quotient = a / b;
        if (QuotientError(a, b, quotient) >= 0 && Math.Abs(quotient) >= Tiny && Math.Abs(a) >= Tiny) return quotient;
        return a == 0 ? 0 : Math.BitDecrement(quotient);
    }

    /// <summary>a / b, up; b is not 0.</summary>
    public static double DivideUp(double a, double b)
    {
        var quotient = a / b;
        if (QuotientError(a, b, quotient) <= 0 && Math.Abs(quotient) >= Tiny && Math.Abs(a) >= Tiny) return quotient;
        return a == 0 ? 0 : Math.BitIncrement(quotient);
    }

    /// <summary>The square root of a, down; a is 0 or more.</summary>
    public static double SqrtDown(double a)
    {
        var root = Math.Sqrt(a);
        return a == 0 || (Math.FusedMultiplyAdd(-root, root, a) >= 0 && a >= Tiny) ? root : Math.BitDecrement(root);
    }

    /// <summary>The square root of a, up; a is 0 or more.</summary>
    public static double SqrtUp(double a)
    {
        var root = Math.Sqrt(a);
        return a == 0 || (Math.FusedMultiplyAdd(-root, root, a) <= 0 && a >= Tiny) ? root : Math.BitIncrement(root);
    }

    /// <summary>a + b - sum, exact where the sum is a finite number; a NaN or infinity otherwise.</summary>
    public static double SumError(double a, double b, double sum)
    {
        var partOfB = sum - a;
        return (a - (sum - partOfB)) + (b - partOfB);
    }

    // The sign of a / b - quotient.
    private static double QuotientError(double a, double b, double quotient)
    {
        var remainder = Math.FusedMultiplyAdd(-quotient, b, a);
        return b > 0 ? remainder : -remainder;
    }
}
