namespace Locus.Tests.Projection;

/// <summary>A number as the sum of two doubles, about 31 digits (Dekker 1971): the distances that certificates are held against.</summary>
internal readonly record struct Twice(double High, double Low)
{
    public static implicit operator Twice(double value) => new(value, 0);

    public static Twice operator -(Twice a) => new(-a.High, -a.Low);

    public static Twice operator +(Twice a, Twice b)
    {
        var sum = a.High + b.High;
        var part = sum - a.High;
        return Joined(sum, (a.High - (sum - part)) + (b.High - part) + (a.Low + b.Low));
    }

    public static Twice operator -(Twice a, Twice b) => a + -b;

    public static Twice operator *(Twice a, Twice b)
    {
        var product = a.High * b.High;
        return Joined(product, Math.FusedMultiplyAdd(a.High, b.High, -product) + (a.High * b.Low + a.Low * b.High));
    }

    public static Twice operator /(Twice a, Twice b)
    {
        Twice first = a.High / b.High;
        var rest = a - first * b;
        return first + rest.High / b.High;
    }

    public static Twice Sqrt(Twice a)
    {
        if (!(a.High > 0)) return 0;
        Twice root = Math.Sqrt(a.High);
        return root + (a - root * root).High / (2 * root.High);
    }

    public static Twice Abs(Twice a) => a.High < 0 || (a.High == 0 && a.Low < 0) ? -a : a;

    public static Twice Min(Twice a, Twice b) => (a - b).High < 0 ? a : b;

    public static Twice Max(Twice a, Twice b) => (a - b).High > 0 ? a : b;

    public static Twice Length(params ReadOnlySpan<Twice> a)
    {
        Twice sum = 0;
        foreach (var value in a) sum += value * value;
        return Sqrt(sum);
    }

    public static Twice Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Twice sum = 0;
        for (var i = 0; i < a.Length; i++) sum += (Twice)a[i] * b[i];
        return sum;
    }

    private static Twice Joined(double high, double low)
    {
        var sum = high + low;
        return double.IsFinite(sum) ? new Twice(sum, low - (sum - high)) : sum;
    }
}
