using System.Globalization;
using System.Text;

namespace Locus.Cli.Reproduction;

/// <summary>A Markdown page under construction.</summary>
internal sealed class PageBuilder
{
    private readonly StringBuilder text = new();

    /// <summary>The heading of the page.</summary>
    public PageBuilder Title(string title) => Line($"# {title}").Line();

    /// <summary>A heading of the second level.</summary>
    public PageBuilder Section(string title) => Line($"## {title}").Line();

    /// <summary>A paragraph.</summary>
    public PageBuilder Paragraph(string words) => Line(words).Line();

    /// <summary>A picture beside the page.</summary>
    public PageBuilder Picture(string title, string file) => Line($"![{title}]({file})").Line();

    /// <summary>Commands to type.</summary>
    public PageBuilder Commands(IEnumerable<string> commands)
    {
        Line("```sh");
        foreach (var command in commands) Line(command);
        return Line("```").Line();
    }

    /// <summary>A table.</summary>
    public PageBuilder Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line($"| {string.Join(" | ", headings)} |").Line($"|{string.Concat(headings.Select(_ => "---|"))}");
        foreach (var row in rows) Line($"| {string.Join(" | ", row)} |");
        return Line();
    }

    /// <summary>The text so far.</summary>
    public override string ToString() => text.ToString().TrimEnd('\n') + "\n";

    /// <summary>Mean and standard deviation over runs: 0.964 ± 0.003.</summary>
    public static string Mean(IEnumerable<double> values)
    {
        var (mean, deviation) = Moments(values);
        return double.IsNaN(deviation) ? Figure(mean) : $"{Figure(mean)} ± {Figure(deviation)}";
    }

    /// <summary>Mean and sample standard deviation (NaN for a single value).</summary>
    public static (double Mean, double Deviation) Moments(IEnumerable<double> values)
    {
        var list = values.ToList();
        var mean = list.Average();
        return (mean, list.Count > 1 ? Math.Sqrt(list.Sum(v => (v - mean) * (v - mean)) / (list.Count - 1)) : double.NaN);
    }

    /// <summary>A number with three digits that count; a large whole one with all of them.</summary>
    public static string Figure(double value) => value switch
    {
        0 => "0",
        >= 0.9 and < 1.0005 => value.ToString("0.0000", CultureInfo.InvariantCulture),
        _ when Math.Abs(value) is >= 0.001 and < 1000 => value.ToString("0.####", CultureInfo.InvariantCulture),
        >= 1000 and < 1e6 when value == Math.Round(value) => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0e-0", CultureInfo.InvariantCulture),
    };

    private PageBuilder Line(string words = "")
    {
        text.Append(words).Append('\n');
        return this;
    }
}
