using System.Globalization;
using System.Text;

namespace Locus.Formats;

/// <summary>
/// Builds the data of a path as short as it goes: coordinates rounded to whole units, steps relative to the point before, separators
/// only where two numbers would run together.
/// </summary>
public sealed class SvgPath
{
    // Far outside any picture, and small enough for the renderers' 24-bit coordinates.
    private const double Far = 100_000;

    private readonly StringBuilder data = new();
    private (int X, int Y) at, start;
    private bool open;

    /// <summary>Whether nothing was drawn.</summary>
    public bool IsEmpty => data.Length == 0;

    /// <summary>Lifts the pen and puts it down elsewhere.</summary>
    /// <param name="x">Units to the right; NaN counts as far outside.</param>
    /// <param name="y">Units down.</param>
    public SvgPath MoveTo(double x, double y)
    {
        data.Append('m');
        Step(x, y);
        start = at;
        open = true;
        return this;
    }

    /// <summary>Draws a straight line; one that ends where it began after rounding is left out.</summary>
    /// <param name="x">Units to the right; NaN counts as far outside.</param>
    /// <param name="y">Units down.</param>
    public SvgPath LineTo(double x, double y)
    {
        if ((Round(x), Round(y)) == at) return this;
        if (!open) data.Append('l');
        // Pairs behind an 'm' are lines already.
        open = true;
        Step(x, y);
        return this;
    }

    /// <summary>Draws a line back to where the pen was put down.</summary>
    public SvgPath Close()
    {
        data.Append('z');
        at = start;
        open = false;
        return this;
    }

    /// <summary>A dot: a line of no length, which a stroke with round ends shows as a disk.</summary>
    /// <param name="x">Units to the right.</param>
    /// <param name="y">Units down.</param>
    public SvgPath Dot(double x, double y)
    {
        MoveTo(x, y);
        data.Append("h0");
        open = false;
        return this;
    }

    /// <summary>The value of the attribute d.</summary>
    public override string ToString() => data.ToString();

    private void Step(double x, double y)
    {
        var (nextX, nextY) = (Round(x), Round(y));
        Append(nextX - at.X);
        Append(nextY - at.Y);
        at = (nextX, nextY);
    }

    private void Append(int value)
    {
        if (value >= 0 && data.Length > 0 && char.IsAsciiDigit(data[^1])) data.Append(' ');
        data.Append(CultureInfo.InvariantCulture, $"{value}");
    }

    private static int Round(double value) => double.IsNaN(value) ? (int)Far : (int)Math.Round(Math.Clamp(value, -Far, Far));
}
