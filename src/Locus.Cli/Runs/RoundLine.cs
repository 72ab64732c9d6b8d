using System.Text.Json;
using Locus.Diagnostics;
using Locus.Formats;
using Locus.Training;

namespace Locus.Cli.Runs;

/// <summary>One line of metrics.jsonl: numbers by name. Those that every method has come first, then the method's own, then the energy distance.</summary>
internal sealed class RoundLine
{
    /// <summary>Name of the energy distance of 1000 samples to 1000 exact ones; null without truth.</summary>
    public const string EnergyDistance = "energyDistance";

    private const string RoundName = "round";

    // A line that grows with the rounds whatever is learned says nothing as a picture, nor does a rate that was set.
    private static readonly string[] NoCurves = [RoundName, "updates", "networkSamples", "seconds", "learningRate"];

    private readonly OrderedDictionary<string, double?> numbers;

    private RoundLine(OrderedDictionary<string, double?> numbers) => this.numbers = numbers;

    /// <summary>The line as JSON has it.</summary>
    public IReadOnlyDictionary<string, double?> Numbers => numbers;

    /// <summary>Rounds done.</summary>
    public double Round => this[RoundName];

    /// <summary>A number by its name; NaN where there is none.</summary>
    public double this[string name] => numbers.GetValueOrDefault(name) ?? double.NaN;

    /// <summary>The line of a round.</summary>
    public static RoundLine Of(RoundInfo info, double? energyDistance)
    {
        OrderedDictionary<string, double?> numbers = new()
        {
            [RoundName] = info.Round,
            ["updates"] = info.Updates,
            ["networkSamples"] = info.NetworkSamples,
            ["seconds"] = info.Seconds,
            ["learningRate"] = info.LearningRate,
            ["loss"] = info.Loss,
        };
        foreach (var (name, value) in info.Measures) numbers.Add(name, value);
        numbers.Add(EnergyDistance, energyDistance);
        return new RoundLine(numbers);
    }

    /// <summary>The lines of metrics.jsonl.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="file">Their file, for messages.</param>
    /// <exception cref="FileContentException">A line is none of a round.</exception>
    public static IReadOnlyList<RoundLine> Read(IReadOnlyList<JsonElement> lines, string file) => [.. lines.Select((line, i) => Read(line, file, i + 1))];

    /// <summary>The curves of the report page: everything that was measured.</summary>
    /// <param name="lines">The lines of metrics.jsonl.</param>
    /// <param name="file">Their file, for messages.</param>
    /// <exception cref="FileContentException">A line is none of a round.</exception>
    public static IReadOnlyList<TrainingCurve> Curves(IReadOnlyList<JsonElement> lines, string file)
    {
        var rounds = Read(lines, file);
        var steps = rounds.Select(r => r.Round).ToList();
        return [.. rounds.SelectMany(r => r.numbers.Keys).Distinct().Except(NoCurves).Select(name => Curve(name, steps, [.. rounds.Select(r => r[name])])).OfType<TrainingCurve>()];
    }

    private static TrainingCurve? Curve(string name, List<double> steps, List<double> values)
    {
        var known = values.Where(double.IsFinite).ToList();
        if (known.Count == 0) return null;
        var positive = known.Where(value => value > 0).ToList();
        // What falls by more than a factor of ten would lie on the axis for most of the way.
        var logarithmic = known.Min() >= 0 && positive.Count > 0 && positive.Max() > 10 * positive.Min();
        return new TrainingCurve(Words(name), steps, values, RoundName, logarithmic);
    }

    private static string Words(string name) => string.Concat(name.Select(ch => char.IsUpper(ch) ? $" {char.ToLowerInvariant(ch)}" : $"{ch}"));

    private static RoundLine Read(JsonElement line, string file, int number)
    {
        try
        {
            return new RoundLine(line.Deserialize<OrderedDictionary<string, double?>>(JsonLines.DefaultOptions)!);
        }
        catch (JsonException error)
        {
            throw FileContentException.AtLine(file, number, "this is not what Locus wrote about a round; remove the line", cause: error);
        }
    }
}
