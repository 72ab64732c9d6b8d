using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Locus.Diagnostics;
using Locus.Diagnostics.Speed;
using Locus.Formats;

namespace Locus.Cli.Verbs;

/// <summary>locus bench: how fast the engine is on this machine, beside what the machine can do.</summary>
internal static class BenchVerb
{
    private const string ProblemName = "three-rings";
    private static readonly Option<int> Threads = RunArgument.Threads();
    private static readonly Option<double> Seconds = new("--seconds")
    {
        Description = "Time for each row; half of it again goes into warming up",
        DefaultValueFactory = _ => 3,
        CustomParser = result =>
        {
            if (result.Tokens is [{ Value: var text }] && double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 3600) return value;
            result.AddError($"--seconds takes a number above 0 and at most 3600, not '{string.Join(' ', result.Tokens.Select(t => t.Value))}'");
            return default;
        },
        HelpName = "S",
    };

    private static readonly JsonSerializerOptions Indented = new(JsonLines.DefaultOptions) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static Command Create() => new Command("bench", "Measure this machine: the engine beside the machine's limits, in about a minute") { Threads, Seconds }.Does(Run);

    private static int Run(CommandContext context)
    {
        var problem = Gallery.Gallery.Find(ProblemName)!.Problem;
        var report = SpeedMeasurement.Run(problem, context.Arguments.GetValue(Threads), context.Arguments.GetValue(Seconds), name => context.Note($"measuring {name} ..."), context.Cancellation);
        if (context.Json) context.Output.WriteLine(JsonSerializer.Serialize(report, Indented));
        else Print(context, report);
        return ExitCode.Done;
    }

    /// <summary>Prints the machine and a line for each row.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="report">The measurements.</param>
    private static void Print(CommandContext context, SpeedReport report)
    {
        var machine = report.Environment;
        context.Output.WriteLine($"{machine.Machine}, {machine.System}");
        context.Output.WriteLine();
        context.WriteTable(["what", "threads", "median", "best", "rate", "of peak", "speed-up", "allocated"], report.Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Name, row.Threads.ToString(CultureInfo.InvariantCulture), Duration(row.Seconds), Duration(row.BestSeconds), Rate(row),
            row.ShareOfPeak?.ToString("P0", CultureInfo.InvariantCulture) ?? "", row.SpeedUp is { } speedUp ? $"{speedUp.ToString("F2", CultureInfo.InvariantCulture)} x" : "",
            $"{ReportTable.Figure(Math.Round(row.AllocatedBytes))} B",
        ]));
    }

    private static string Rate(SpeedRow row) =>
        row.Gigaflops is { } flops ? $"{ReportTable.Figure(flops)} GFLOP/s" : row.GigabytesPerSecond is { } bytes ? $"{ReportTable.Figure(bytes)} GB/s" : "";

    private static string Duration(double seconds) => seconds switch
    {
        < 1e-3 => $"{ReportTable.Figure(seconds * 1e6)} us",
        < 1 => $"{ReportTable.Figure(seconds * 1e3)} ms",
        _ => $"{ReportTable.Figure(seconds)} s",
    };
}
