using System.Globalization;

namespace Locus.Formats;

/// <summary>Chooses the numbers that stand on an axis: multiples of 1, 2 or 5 times a power of ten.</summary>
internal static class Ticks
{
    /// <summary>Places and texts of the ticks.</summary>
    /// <param name="low">Lower end of the axis as a place, see <see cref="Axis.Place"/>.</param>
    /// <param name="high">Upper end, above <paramref name="low"/>.</param>
    /// <param name="logarithmic">Whether places are decimal logarithms.</param>
    /// <param name="about">About how many ticks, 2 or more.</param>
    public static List<(double Place, string Text)> Of(double low, double high, bool logarithmic, int about) =>
        logarithmic ? Logarithmic(low, high, about) : Linear(low, high, about);

    private static List<(double Place, string Text)> Linear(double low, double high, int about)
    {
        var step = Step((high - low) / about);
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        var largest = Math.Max(Math.Abs(low), Math.Abs(high));
        // Three digits, which the exponents have, cannot tell apart the ticks of a short axis far from zero.
        var plain = (largest < 1e5 && decimals <= 4) || step < 0.01 * largest;
        var ticks = new List<(double, string)>();
        // Multiples, not sums: 0 is then exactly 0 and no error builds up.
        for (var k = Math.Ceiling(low / step - 1e-9); k <= Math.Floor(high / step + 1e-9); k++)
        {
            var value = k * step + 0.0;
            ticks.Add((value, plain ? value.ToString($"F{decimals}", CultureInfo.InvariantCulture) : Exponent(value)));
        }
        return ticks;
    }

    private static List<(double Place, string Text)> Logarithmic(double low, double high, int about)
    {
        var ticks = new List<(double, string)>();
        var every = (int)Math.Max(1, Math.Ceiling((high - low) / about));
        for (var power = (int)Math.Floor(low); power <= Math.Ceiling(high); power++)
        {
            // Within less than two powers of ten these alone say too little.
            foreach (var factor in high - low < 2 ? (int[])[1, 2, 5] : [1])
            {
                var place = power + Math.Log10(factor);
                if (place < low - 1e-9 || place > high + 1e-9 || power % every != 0) continue;
                ticks.Add((place, Power(factor, power)));
            }
        }
        // Less than the way from 1 to 2: the values are all but evenly spaced, and so are their ticks.
        return ticks.Count >= 2 ? ticks : [.. Linear(Math.Pow(10, low), Math.Pow(10, high), about).Where(tick => tick.Place > 0).Select(tick => (Math.Log10(tick.Place), tick.Text))];
    }

    private static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }

    private static string Exponent(double value) => value == 0 ? "0" : value.ToString("0.##e0", CultureInfo.InvariantCulture);

    private static string Power(int factor, int power)
    {
        if (power is >= -2 and <= 3) return (factor * Math.Pow(10, power)).ToString("0.##", CultureInfo.InvariantCulture);
        const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        var raised = string.Concat(power.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : Digits[c - '0']));
        return $"{(factor == 1 ? "" : $"{factor}·")}10{raised}";
    }
}
