using System.CommandLine;
using System.Globalization;
using Locus.Diagnostics;

namespace Locus.Cli.Runs;

/// <summary>--require: qualities that a report must reach, or the exit code is 3.</summary>
internal sealed class Requirements
{
    private const string Threshold = "0.001";

    private const string Projected = "projected.";

    private static readonly Dictionary<string, (string Name, bool AtLeast, Func<SampleQuality, double?> Value)> OfSamples = new()
    {
        ["success"] = ($"success at {Threshold}", true, q => q.Success.GetValueOrDefault(Threshold)),
        ["meanSlack"] = ("meanSlack", false, q => q.MeanSlack),
        ["maxSlack"] = ("maxSlack", false, q => q.MaxSlack),
        ["energyDistance"] = ("energyDistance", false, q => q.EnergyDistance),
    };

    private static readonly Dictionary<string, (string Name, bool AtLeast, Func<Report, double?> Value)> Known = new(
    [
        .. OfSamples.Select(q => KeyValuePair.Create(q.Key, (q.Value.Name, q.Value.AtLeast, (Func<Report, double?>)(r => q.Value.Value(r.Raw))))),
        .. OfSamples.Select(q => KeyValuePair.Create(Projected + q.Key, (Projected + q.Value.Name, q.Value.AtLeast, (Func<Report, double?>)(r => r.Projected is { } p ? q.Value.Value(p) : null)))),
        KeyValuePair.Create(Projected + "meanMove", (Projected + "meanMove", false, (Func<Report, double?>)(r => r.Projected?.MeanMove))),
        KeyValuePair.Create(Projected + "failed", (Projected + "failed", false, (Func<Report, double?>)(r => r.Projected?.Failed))),
        KeyValuePair.Create("certified", ("certified", true, (Func<Report, double?>)(r => r.Projected?.Certificates?.Certified))),
        KeyValuePair.Create("effectiveShare", ("effectiveShare", true, (Func<Report, double?>)(r => r.Weights?.EffectiveShare))),
    ]);

    private readonly Dictionary<string, double> bounds;

    private Requirements(Dictionary<string, double> bounds) => this.bounds = bounds;

    /// <summary>The option of the verbs that report.</summary>
    public static Option<string[]> Option() => new("--require")
    {
        Description = $"A quality of the raw samples to reach, or the exit code is 3: {string.Join(", ", Known.Select(k => $"{k.Key}={(k.Value.AtLeast ? "least" : "most")}"))}; success is the share with slack below {Threshold}",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Reads the option's values.</summary>
    /// <exception cref="LocusException">Unknown qualities or no numbers: all of them in one message.</exception>
    public static Requirements Parse(string[] texts)
    {
        var bounds = NamedValues.Numbers("--require", texts);
        var unknown = bounds.Keys.Where(key => !Known.ContainsKey(key)).Select(key => $"--require {key}: is not known{Suggestion.For(key, Known.Keys)}; known are {string.Join(", ", Known.Keys)}").ToList();
        return unknown.Count == 0 ? new Requirements(bounds) : throw new LocusException(string.Join(Environment.NewLine, unknown));
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
            context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"locus: {name} is {(value is { } x ? x : "not known for this problem")}, {(atLeast ? "at least" : "at most")} {bound} was required"));
        }
        return missed ? ExitCode.QualityMissed : ExitCode.Done;
    }
}
