using System.Numerics;

namespace Locus.Engine.Tests.Intervals;

/// <summary>
/// A number Mantissa 2^Exponent of any length: the plain reference for bounds that are proven in double precision. Sums and products of a few doubles are
/// exact; quotients and roots are truncated to 256 bits.
/// </summary>
internal readonly struct Big : IComparable<Big>
{
    private const int Bits = 256;

    private Big(BigInteger mantissa, int exponent) => (Mantissa, Exponent) = (mantissa, exponent);

    private BigInteger Mantissa { get; }

    private int Exponent { get; }

    public bool IsZero => Mantissa.IsZero;

    public bool IsNegative => Mantissa.Sign < 0;

    public static implicit operator Big(int value) => new(value, 0);

    /// <summary>A finite number, exactly.</summary>
    public static implicit operator Big(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "not finite");
        var bits = BitConverter.DoubleToInt64Bits(value);
        var field = (int)(bits >> 52) & 0x7FF;
        var mantissa = (bits & 0xFFFFFFFFFFFFF) | (field > 0 ? 1L << 52 : 0);
        return new(value < 0 ? -mantissa : mantissa, Math.Max(field, 1) - 1075);
    }

    /// <summary>The nearest double or a neighbour of it; infinite or 0 where there is none.</summary>
    public static explicit operator double(Big a)
    {
        var excess = (int)a.Mantissa.GetBitLength() - 62;
        return excess > 0 ? Math.ScaleB((double)(a.Mantissa >> excess), a.Exponent + excess) : Math.ScaleB((double)a.Mantissa, a.Exponent);
    }

    public static Big operator -(Big a) => new(-a.Mantissa, a.Exponent);

    public static Big operator +(Big a, Big b)
    {
        if (a.IsZero || b.IsZero) return a.IsZero ? b : a;
        if (a.Exponent < b.Exponent) (a, b) = (b, a);
        return new((a.Mantissa << (a.Exponent - b.Exponent)) + b.Mantissa, b.Exponent);
    }

    public static Big operator -(Big a, Big b) => a + -b;

    public static Big operator *(Big a, Big b) => new(a.Mantissa * b.Mantissa, a.Exponent + b.Exponent);

    public static Big operator /(Big a, Big b)
    {
        var shift = Math.Max(0, Bits + 8 - (int)a.Mantissa.GetBitLength() + (int)b.Mantissa.GetBitLength());
        return Truncate(new((a.Mantissa << shift) / b.Mantissa, a.Exponent - b.Exponent - shift));
    }

    public static bool operator <(Big a, Big b) => a.CompareTo(b) < 0;

    public static bool operator >(Big a, Big b) => a.CompareTo(b) > 0;

    public static bool operator <=(Big a, Big b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Big a, Big b) => a.CompareTo(b) >= 0;

    /// <summary>The first 256 bits.</summary>
    public static Big Truncate(Big a)
    {
        var excess = (int)a.Mantissa.GetBitLength() - Bits;
        return excess > 0 ? new(a.Mantissa >> excess, a.Exponent + excess) : a;
    }

    public static Big Abs(Big a) => a.IsNegative ? -a : a;

    /// <summary>a 2^exponent.</summary>
    public static Big Scale(Big a, int exponent) => new(a.Mantissa, a.Exponent + exponent);

    /// <summary>The largest integer not above a.</summary>
    public static Big Floor(Big a) => a.Exponent >= 0 ? a : new(a.Mantissa >> -a.Exponent, 0);

    /// <summary>The integer a, which must be one, modulo 4.</summary>
    public static int Quarter(Big a) => (int)(a.Mantissa << Math.Max(0, a.Exponent) >> Math.Max(0, -a.Exponent) & 3);

    public static Big Sqrt(Big a)
    {
        if (a.IsZero) return a;
        // An even exponent, and a mantissa of twice the bits.
        var shift = 2 * Bits - (int)a.Mantissa.GetBitLength();
        shift += (a.Exponent - shift) & 1;
        var square = shift >= 0 ? a.Mantissa << shift : a.Mantissa >> -shift;
        var root = BigInteger.One << ((int)square.GetBitLength() / 2 + 1);
        for (var next = (root + square / root) >> 1; next < root; next = (root + square / root) >> 1) root = next;
        return new(root, (a.Exponent - shift) / 2);
    }

    public int CompareTo(Big other) => (this - other).Mantissa.Sign;

    public override string ToString() => ((double)this).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
