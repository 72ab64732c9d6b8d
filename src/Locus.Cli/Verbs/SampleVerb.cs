using System.CommandLine;
using System.Text.Json.Nodes;
using Locus.Cli.Runs;
using Locus.Diagnostics;
using Locus.Engine.Workers;
using Locus.Formats;
using Locus.Problems;
using Locus.Projection;
using Locus.Sampling;
using Locus.Runs;

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
    private static readonly Option<bool> Project = new("--project") { Description = "Move each sample onto the set; one that cannot be is left out and another drawn in its place" };
    private static readonly Option<int?> Exact = RunArgument.Exact("Project each sample, then make K reversible steps on the set, which take off what projection and training leave uneven");
    private static readonly Option<bool> Certify = new("--certify") { Description = "Prove each sample to be on the set, or near it: columns certificate and radius" };
    private static readonly Option<bool> Weights = new("--weights") { Description = "Give each sample the weight that makes averages those of the uniform law by volume, or of the energy's: columns weight and logDensity" };
    private static readonly Option<bool> Resample = new("--resample") { Description = "Draw samples by these weights, so that all count the same" };
    private static readonly Option<string> Out = new Option<string>("--out", "-o") { Description = "FILE.npy, FILE.csv, or - for CSV on standard output", DefaultValueFactory = _ => "-", HelpName = "FILE" }.Named();

    public static Command Create() => new Command("sample", "Draw samples from a trained network") { RunPath, Count, Seed, Threads, Given, Set, Project, Exact, Certify, Weights, Resample, Out }.Does(Run);

    private static int Run(CommandContext context)
    {
        var arguments = context.Arguments;
        var path = arguments.GetRequiredValue(Out);
        if (path != "-" && Path.GetExtension(path) is not (".npy" or ".csv")) throw new LocusException($"--out {path}: the name must end in .npy or .csv, or be -");
        if (path != "-") AtomicFile.Try(path);
        RefuseContradictions(arguments);
        var settings = Set.SamplingValues(arguments);
        var run = RunArgument.Open(arguments.GetRequiredValue(RunPath), "sample");
        var given = Given.Values(arguments, run.Problem);
        var state = run.LoadState();
        var sampler = RunReport.SamplerOf(run, state, settings, IsWeighted(arguments));
        RefuseImpossible(arguments, sampler);
        SettingOption.NoteIdle(context, sampler.Options, settings);
        NoteIdle(context, run.Problem);
        using var team = new Team(arguments.GetValue(Threads));
        var delivery = Deliver(context, sampler, run, team, given);
        if (delivery.TooFew is { } reason)
        {
            foreach (var line in reason.Split(Environment.NewLine)) context.Error.WriteLine($"locus: {run.Path}: {line}");
            return ExitCode.Failed;
        }
        // After the draw, which judges the values given: a mistake is told alone.
        Given.NoteDrawn(context, run.Problem, given);
        RunReport.NoteUnfinished(context, run, RunReport.Unfinished(state));
        foreach (var note in delivery.Notes) context.Note(note);
        Write(context, path, new SampleTable(run.Problem, delivery.Samples, delivery.Columns), delivery.Facts);
        return ExitCode.Done;
    }

    private static bool IsProjected(ParseResult arguments) => arguments.GetValue(Project) || arguments.GetValue(Exact) is not null;

    private static bool IsWeighted(ParseResult arguments) => arguments.GetValue(Weights) || arguments.GetValue(Resample);

    /// <summary>What makes no sense together, whatever the run.</summary>
    private static void RefuseContradictions(ParseResult arguments)
    {
        List<string> mistakes = [];
        if (IsProjected(arguments) && IsWeighted(arguments))
            mistakes.Add($"{(arguments.GetValue(Project) ? "--project" : $"--exact {arguments.GetValue(Exact)}")} and {(arguments.GetValue(Weights) ? "--weights" : "--resample")}: samples that were moved have no density any more, and without one no weight; give one of the two");
        if (arguments.GetValue(Weights) && arguments.GetValue(Resample))
            mistakes.Add("--weights and --resample: samples drawn by their weights count the same, and a weight would count them twice; give one of the two");
        if (IsWeighted(arguments) && arguments.GetValue(Count) < (arguments.GetValue(Weights) ? 2 : 1))
            mistakes.Add($"--count {arguments.GetValue(Count)}: weights are relative to each other; ask for more samples");
        if (mistakes.Count > 0) throw new LocusException(string.Join(Environment.NewLine, mistakes));
    }

    /// <summary>What the problem or the network does not allow, told before anything is drawn.</summary>
    private static void RefuseImpossible(ParseResult arguments, Sampler sampler)
    {
        List<string> reasons = [];
        if (IsWeighted(arguments) && WeightMeasurement.WhyNot(sampler) is { } weights) reasons.Add(weights);
        if (arguments.GetValue(Certify) && Certifier.WhyNot(sampler.Problem) is { } certificates) reasons.Add(certificates);
        if (reasons.Count > 0) throw new LocusException(string.Join(Environment.NewLine, reasons));
    }

    /// <summary>What does nothing for an energy without a set.</summary>
    private static void NoteIdle(CommandContext context, Problem problem)
    {
        if (!problem.IsUnlimited) return;
        foreach (var option in new[] { Project, Certify }.Where(context.Arguments.GetValue))
            context.Note($"{option.Name} does nothing here: problem '{problem.Name}' has neither boxes nor constraints that a sample could miss");
    }

    private static SampleDelivery Deliver(CommandContext context, Sampler sampler, RunFolder run, Team team, Dictionary<string, double> given)
    {
        var arguments = context.Arguments;
        var (count, key, cancellation) = (arguments.GetValue(Count), RunFolder.SampleKey(arguments.GetValue(Seed) ?? run.Seed), context.Cancellation);
        var drawn = arguments.GetValue(Resample) ? checked(SampleWays.DrawsBehindResampled * count) : count;
        using var display = new SamplingDisplay(context, drawn, SamplingDisplay.Patience);
        var delivery = IsProjected(arguments) ? SampleWays.Projected(sampler, count, key, team, given, display, cancellation)
            : arguments.GetValue(Weights) ? SampleWays.Weighted(sampler, count, key, team, given, display, cancellation)
            : arguments.GetValue(Resample) ? SampleWays.Resampled(sampler, count, key, team, given, display, cancellation)
            : new SampleDelivery(sampler.Sample(count, key, team, given, display, cancellation));
        if (delivery.TooFew is not null) return delivery;
        if (arguments.GetValue(Exact) is { } steps) delivery = SampleWays.Chained(delivery, sampler, steps, key, team, cancellation);
        return arguments.GetValue(Certify) ? SampleWays.Certified(delivery, run.Problem, team, cancellation) : delivery;
    }

    private static void Write(CommandContext context, string path, SampleTable table, JsonObject facts)
    {
        if (path == "-")
        {
            if (context.Json) context.Output.WriteLine(Json(new JsonObject { ["names"] = new JsonArray([.. table.Names.Select(n => (JsonNode)n)]), ["samples"] = table.Json() }, facts));
            else table.Write(new CsvWriter(context.Output));
            return;
        }
        if (Path.GetExtension(path) == ".npy") NpyWriter.Write(path, table.Tensor());
        else CsvWriter.Write(path, table.Write);
        context.Note(FormattableString.Invariant($"wrote {path}: {table.Count:N0} samples of {ReportTable.Names(table.Names)}"));
        if (context.Json) context.Output.WriteLine(Json(new JsonObject { ["file"] = path, ["count"] = table.Count }, facts));
    }

    private static string Json(JsonObject result, JsonObject facts)
    {
        foreach (var (name, value) in facts) result[name] = value?.DeepClone();
        return result.ToJsonString();
    }
}
