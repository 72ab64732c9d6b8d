using System.CommandLine;
using System.Globalization;
using Locus.Diagnostics;

namespace Locus.Cli.Runs;

/// <summary>--require: qualities that a report must reach, or the exit code is 3.</summary>
internal sealed class Requirements
{
    private const string Threshold = "0.001";

    private const string Projected = "projected.", Chained = "chained.";

    // Of raw samples under these names, of projected ones with their prefix.
    private static readonly Quality<SampleQuality>[] OfSamples =
    [
        new("success", true, q => q.Success.GetValueOrDefault(Threshold)),
        new("meanSlack", false, q => q.MeanSlack),
        new("maxSlack", false, q => q.MaxSlack),
        new("energyDistance", false, q => q.EnergyDistance),
    ];

    private static readonly Quality<Report>[] All =
    [
        .. OfSamples.Select(q => new Quality<Report>(q.Name, q.AtLeast, report => q.Value(report.Raw))),
        .. OfSamples.Select(q => new Quality<Report>(Projected + q.Name, q.AtLeast, report => report.Projected is { } samples ? q.Value(samples) : null)),
        new(Projected + "meanMove", false, report => report.Projected?.MeanMove),
        new(Projected + "failed", false, report => report.Projected?.Failed),
        new("certified", true, report => report.Projected?.Certificates?.Certified),
        .. OfSamples.Select(q => new Quality<Report>(Chained + q.Name, q.AtLeast, report => report.Chained is { } samples ? q.Value(samples) : null)),
        new(Chained + "still", false, report => report.Chained?.Still),
        new(Chained + "certified", true, report => report.Chained?.Certificates?.Certified),
        new("effectiveShare", true, report => report.Weights?.EffectiveShare ?? report.Energy?.EffectiveShare),
    ];

    private static readonly Dictionary<string, Quality<Report>> Known = All.ToDictionary(quality => quality.Name);

    private readonly Dictionary<string, double> bounds;

    private Requirements(Dictionary<string, double> bounds) => this.bounds = bounds;

    /// <summary>The option of the verbs that report.</summary>
    public static Option<string[]> Option() => new("--require")
    {
        Description = $"A quality to reach, or the exit code is 3; of the raw samples unless their names say otherwise: {string.Join(", ", Known.Values.Select(q => $"{q.Name}={(q.AtLeast ? "least" : "most")}"))}; success is the share with slack below {Threshold}",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Reads the option's values.</summary>
    /// <param name="texts">The values.</param>
    /// <param name="scope">What the report is on.</param>
    /// <exception cref="LocusException">Unknown qualities, no numbers, or what such a report does not tell: all of them in one message.</exception>
    public static Requirements Parse(string[] texts, ReportScope scope)
    {
        var bounds = NamedValues.Numbers("--require", texts);
        var known = bounds.Keys.Where(Known.ContainsKey).ToList();
        var mistakes = bounds.Keys.Where(key => !Known.ContainsKey(key)).Select(key => $"--require {key}: is not known{Suggestion.For(key, Known.Keys)}; known are {string.Join(", ", Known.Keys)}")
            .Concat(known.Where(key => scope.RawOnly && OfSamples.All(q => q.Name != key)).Select(key => $"--require {key}: is not measured with --raw-only; leave out one of the two"))
            .Concat(known.Where(key => !scope.RawOnly && scope.Exact is null && key.StartsWith(Chained, StringComparison.Ordinal)).Select(key => $"--require {key}: is measured after reversible steps alone; give their number with --exact K")).ToList();
        return mistakes.Count == 0 ? new Requirements(bounds) : throw new LocusException(string.Join(Environment.NewLine, mistakes));
    }

    /// <summary>Compares a report with what was asked and tells what was missed.</summary>
    /// <returns>The exit code.</returns>
    public int Check(Report report, CommandContext context)
    {
        var missed = false;
        foreach (var (key, bound) in bounds)
        {
            var (name, atLeast, measure) = Known[key];
            var value = measure(report);
            if (value is { } v && (atLeast ? v >= bound : v <= bound)) continue;
            missed = true;
            if (key.EndsWith("success", StringComparison.Ordinal)) name += $" at {Threshold}";
            context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"locus: {name} is {(value is { } x ? x : "not known for this problem")}, {(atLeast ? "at least" : "at most")} {bound} was required"));
        }
        return missed ? ExitCode.QualityMissed : ExitCode.Done;
    }

    /// <summary>A measured number that can be required.</summary>
    /// <param name="Name">As it is written on the command line.</param>
    /// <param name="AtLeast">Whether more is better.</param>
    /// <param name="Value">The number; null where it is not known.</param>
    private sealed record Quality<T>(string Name, bool AtLeast, Func<T, double?> Value);
}
