namespace Locus.Engine.Tests.Intervals;

/// <summary>Numbers and intervals of all kinds, the same in every run.</summary>
internal sealed class Numbers(int seed)
{
    private readonly System.Random random = new(seed);

    public static readonly double[] Special =
    [
        0, -0.0, double.Epsilon, -double.Epsilon, 3 * double.Epsilon, 2.2250738585072009e-308, 2.2250738585072014e-308, -2.2250738585072014e-308, 1e-300,
        1e-160, -1e-160, 1e-155, 1e-17, 0.1, 0.5, -0.5, 1, -1, 1 + 2.2e-16, 1 - 1.1e-16, 2, 3, -3, Math.PI, 1e15, -1e15, 1e153, 1e160, -1e160, 1e300,
        double.MaxValue, double.MinValue,
    ];

    /// <summary>A number of any exponent, or of a size near 1, or a small multiple of a power of two, whose sums and products are often exact.</summary>
    public double Next() => random.Next(8) switch
    {
        0 => Special[random.Next(Special.Length)],
        1 or 2 => Sign() * Math.ScaleB(1 + random.NextDouble(), random.Next(-1074, 1023)),
        3 or 4 => Sign() * random.Next(64) * Math.ScaleB(1, random.Next(-8, 8)),
        _ => Sign() * Math.ScaleB(1 + random.NextDouble(), random.Next(-6, 6)),
    };

    /// <summary>A number from lower to upper.</summary>
    public double Between(double lower, double upper) =>
        random.Next(6) == 0 ? lower : random.Next(5) == 0 ? upper : Math.Clamp(lower * (1 - random.NextDouble()) + upper * random.NextDouble(), lower, upper);

    /// <summary>An interval: a point, a few units of the last place, or anything; with an infinite end now and then.</summary>
    public Engine.Intervals.Interval Interval()
    {
        var (a, b) = (Next(), Next());
        return random.Next(8) switch
        {
            0 or 1 => new(a, a),
            2 => new(a, Math.BitIncrement(a) is var next && double.IsFinite(next) ? next : a),
            3 or 4 => new(a - Math.Abs(a) * 1e-3 is var low && double.IsFinite(low) ? low : a, a),
            5 when random.Next(4) == 0 => new(a, double.PositiveInfinity),
            5 when random.Next(4) == 0 => new(double.NegativeInfinity, a),
            _ => new(Math.Min(a, b), Math.Max(a, b)),
        };
    }

    /// <summary>A number of an interval.</summary>
    public double In(Engine.Intervals.Interval a) =>
        Between(double.IsInfinity(a.Lower) ? double.MinValue : a.Lower, double.IsInfinity(a.Upper) ? double.MaxValue : a.Upper);

    private int Sign() => random.Next(2) == 0 ? -1 : 1;
}
