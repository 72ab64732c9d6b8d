using System.CommandLine;
using System.Text.Json.Nodes;
using Locus.Cli.Runs;
using Locus.Diagnostics;
using Locus.Engine.Workers;
using Locus.Formats;
using Locus.Sampling;
using Locus.Training;

namespace Locus.Cli.Verbs;

/// <summary>locus sample: draws from a trained network.</summary>
internal static class SampleVerb
{
    private static readonly Argument<string> RunPath = RunArgument.Create();
    private static readonly Option<int> Count = RunArgument.RequiredCount();
    private static readonly Option<long?> Seed = RunArgument.Seed("the run's own seed, which gives its samples.npy again");
    private static readonly Option<int> Threads = RunArgument.Threads();
    private static readonly GivenOption Given = new();
    private static readonly SettingOption Set = SettingOption.Sampling();
    private static readonly Option<string> Out = new Option<string>("--out", "-o") { Description = "FILE.npy, FILE.csv, or - for CSV on standard output", DefaultValueFactory = _ => "-", HelpName = "FILE" }.Named();

    public static Command Create() => new Command("sample", "Draw samples from a trained network") { RunPath, Count, Seed, Threads, Given, Set, Out }.Does(Run);

    private static int Run(CommandContext context)
    {
        var arguments = context.Arguments;
        var path = arguments.GetRequiredValue(Out);
        if (path != "-" && Path.GetExtension(path) is not (".npy" or ".csv")) throw new LocusException($"--out {path}: the name must end in .npy or .csv, or be -");
        if (path != "-") AtomicFile.Try(path);
        var settings = Set.SamplingValues(arguments);
        var run = RunArgument.Open(arguments.GetRequiredValue(RunPath), "sample");
        var given = Given.Values(arguments, run.Problem);
        var state = run.LoadState();
        var sampler = RunReport.SamplerOf(run, state, settings);
        using var team = new Team(arguments.GetValue(Threads));
        var samples = Draw(context, sampler, run, team, given);
        // After the draw, which judges the values given: a mistake is told alone.
        Given.NoteDrawn(context, run.Problem, given);
        RunReport.NoteUnfinished(context, run, RunReport.Unfinished(state));
        string[] names = [.. run.Problem.Variables.Select(v => v.Name), .. run.Problem.Parameters.Select(p => p.Name)];
        Write(context, path, names, samples);
        return ExitCode.Done;
    }

    private static void Write(CommandContext context, string path, string[] names, SampleSet samples)
    {
        if (path == "-")
        {
            if (context.Json) context.Output.WriteLine(Json(names, samples).ToJsonString());
            else WriteRows(new CsvWriter(context.Output), names, samples);
            return;
        }
        if (Path.GetExtension(path) == ".npy") NpyWriter.Write(path, RunReport.Tensor(samples));
        else CsvWriter.Write(path, csv => WriteRows(csv, names, samples));
        context.Note(FormattableString.Invariant($"wrote {path}: {samples.Points.Count:N0} samples of {ReportTable.Names(names)}"));
        if (context.Json) context.Output.WriteLine(new JsonObject { ["file"] = path, ["count"] = samples.Points.Count }.ToJsonString());
    }

    private static SampleSet Draw(CommandContext context, Sampler sampler, RunFolder run, Team team, Dictionary<string, double> given)
    {
        var (count, seed) = (context.Arguments.GetValue(Count), context.Arguments.GetValue(Seed) ?? run.Seed);
        using var display = new SamplingDisplay(context, count, SamplingDisplay.Patience);
        return sampler.Sample(count, RunFolder.SampleKey(seed), team, given, display, context.Cancellation);
    }

    private static void WriteRows(CsvWriter csv, string[] names, SampleSet samples)
    {
        csv.Header(names);
        var row = new double[names.Length];
        for (var i = 0; i < samples.Points.Count; i++)
        {
            samples.Points[i].CopyTo(row);
            if (samples.Conditions is { } conditions) conditions[i].CopyTo(row.AsSpan(samples.Points.Dimension));
            csv.Row(row);
        }
    }

    private static JsonObject Json(string[] names, SampleSet samples) => new()
    {
        ["names"] = new JsonArray([.. names.Select(n => (JsonNode)n)]),
        ["samples"] = new JsonArray([.. Enumerable.Range(0, samples.Points.Count).Select(i =>
            (JsonNode)new JsonArray([.. samples.Points[i].ToArray().Concat(samples.Conditions is { } c ? c[i].ToArray() : []).Select(v => (JsonNode)v)]))]),
    };
}
