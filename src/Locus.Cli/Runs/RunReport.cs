using System.Text.Json;
using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Formats;
using Locus.Options;
using Locus.Problems;
using Locus.Sampling;
using Locus.Training;

namespace Locus.Cli.Runs;

/// <summary>Draws from a run's network, measures the samples, and tells the result as JSON, as a table and as a page.</summary>
internal sealed class RunReport
{
    private const int ShownSamples = 2000;
    private const int ShownFlow = 24;

    private readonly RunFolder run;
    private readonly Sampler sampler;
    private readonly Points? exact;

    private RunReport(RunFolder run, Sampler sampler, SampleSet samples, Report report, Points? exact)
    {
        this.run = run;
        this.sampler = sampler;
        this.exact = exact;
        Samples = samples;
        Report = report;
    }

    /// <summary>The samples measured: the first of the run's own stream.</summary>
    public SampleSet Samples { get; }

    /// <summary>The numbers.</summary>
    public Report Report { get; }

    /// <summary>Draws and measures.</summary>
    /// <param name="run">The run.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="settings">Other values for the sampler.* options; null for the run's own.</param>
    /// <param name="given">Values of parameters; null to draw them all.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static RunReport Make(
        RunFolder run, int count, IEnumerable<KeyValuePair<string, string>>? settings, IReadOnlyDictionary<string, double>? given, Team team, CancellationToken cancellation)
    {
        var state = run.LoadState();
        var environment = RunEnvironment.Read(run.EnvironmentFile);
        var sampler = SamplerOf(run, state, settings ?? []);
        var samples = sampler.Sample(count, RunFolder.SampleKey(run.Seed), team, given, cancellation: cancellation);
        var options = new QualityOptions();
        var reference = Gallery.Gallery.TruthOf(run.Problem) is { } truth
            ? ExactReference.Of(run.Problem, truth, Key.Seed(run.Seed).Fold("truth"), count, options, team.Threads, cancellation)
            : null;
        var report = new Report
        {
            Problem = run.Problem.Name,
            Dimension = run.Problem.Dimension,
            Count = count,
            Measure = run.Problem.Measure.ToString().ToLowerInvariant(),
            Given = given is { Count: > 0 } ? given : null,
            Drawn = NotGiven(run.Problem, given) is { Count: > 0 } drawn ? drawn : null,
            Sampler = new SamplerFacts(OptionTable.Text(sampler.Flow.Method), sampler.Flow.Steps, sampler.Flow.NetworkEvaluations),
            Raw = QualityMeasurement.Of(run.Problem, samples.Points, samples.Conditions, reference, options, team.Threads, cancellation),
            Training = new TrainingFacts(run.Recipe, state.Seconds, state.NetworkSamples, environment.Threads, run.Seed) { Unfinished = Unfinished(state) },
            Environment = Facts(environment),
        };
        return new RunReport(run, sampler, samples, report, reference?.Samples);
    }

    /// <summary>The names of the parameters that are not given a value, and so are drawn.</summary>
    public static IReadOnlyList<string> NotGiven(Problem problem, IReadOnlyDictionary<string, double>? given) =>
        [.. problem.Parameters.Select(p => p.Name).Where(name => given?.ContainsKey(name) != true)];

    /// <summary>Where the training of a state stopped; null when it is done.</summary>
    public static UnfinishedTraining? Unfinished(TrainingState state) =>
        state.Round < state.Rounds ? new UnfinishedTraining(state.Round + 1, state.Rounds) : null;

    /// <summary>Tells people that a training was interrupted, and how it goes on.</summary>
    public static void NoteUnfinished(CommandContext context, RunFolder run, UnfinishedTraining? unfinished)
    {
        if (unfinished is not null) context.Note($"{run.Path}: training is unfinished: {unfinished}; go on with: locus train {run.ProblemFile} --out {run.Path} --resume");
    }

    /// <summary>The sampler of a state of the run, run another way where settings say so.</summary>
    public static Sampler SamplerOf(RunFolder run, TrainingState state, IEnumerable<KeyValuePair<string, string>> settings)
    {
        // Both names are taken: steps, and sampler.steps as training calls it.
        const string prefix = "sampler.";
        var flow = OptionTable.Set(run.Options.Sampler, settings.Select(s =>
            KeyValuePair.Create(s.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? s.Key[prefix.Length..] : s.Key, s.Value)));
        var findings = OptionTable.Findings(flow);
        return findings.Count == 0 ? state.Sampler.With(flow) : throw new LocusException(string.Join(Environment.NewLine, findings));
    }

    /// <summary>Samples as an array [N, D + C]: variables, then parameters.</summary>
    public static Tensor Tensor(SampleSet samples)
    {
        var (points, conditions) = (samples.Points, samples.Conditions);
        if (conditions is null) return Formats.Tensor.Of<double>(points.Values, points.Count, points.Dimension);
        var rows = new double[points.Count * (points.Dimension + conditions.Dimension)];
        for (var i = 0; i < points.Count; i++)
        {
            var row = rows.AsSpan(i * (points.Dimension + conditions.Dimension));
            points[i].CopyTo(row);
            conditions[i].CopyTo(row[points.Dimension..]);
        }
        return Formats.Tensor.Of<double>(rows, points.Count, points.Dimension + conditions.Dimension);
    }

    /// <summary>Writes report.json and the page.</summary>
    /// <param name="json">File of the numbers; null for none.</param>
    /// <param name="page">File of the page.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the work.</param>
    public void Write(string? json, string page, Team team, CancellationToken cancellation)
    {
        var (shown, values) = Shown(team, cancellation);
        if (json is not null) AtomicFile.Write(json, ReportJson.Write(Report) + "\n");
        AtomicFile.Write(page, ReportPage.Write(new ReportPageContent
        {
            Report = Report,
            Problem = run.Problem,
            Samples = Head(shown.Points),
            Exact = exact is null ? null : Head(exact),
            Conditions = shown.Conditions is { } c && values?.Count == c.Dimension ? new Points(c[0].ToArray(), c.Dimension) : shown.Conditions,
            Curves = RoundLine.Curves(run.Metrics(), run.MetricsFile),
            Flow = sampler.Trace(ShownFlow, RunFolder.SampleKey(run.Seed), values),
            Options = OptionTable.Rows(run.Options).Select(row => KeyValuePair.Create(row.Key, row.Default)).ToList(),
        }));
    }

    /// <summary>Prints the result.</summary>
    public void Print(CommandContext context)
    {
        if (context.Json)
        {
            context.Output.WriteLine(ReportJson.Write(Report));
            return;
        }
        foreach (var (name, value) in ReportTable.Facts(Report)) context.Output.WriteLine($"{name,-12} {value}");
        context.Output.WriteLine();
        context.WriteTable(["measure", "value", "reference", ""], ReportTable.Rows(Report).Select(r => (IReadOnlyList<string>)[r.Name, r.Value, r.Reference, r.Note]));
        if (ReportTable.Unmeasured(Report) is not { } unmeasured) return;
        context.Output.WriteLine();
        context.Output.WriteLine(unmeasured);
    }

    /// <summary>
    /// The samples to show and the parameters given for them. In the plane, where the set can be drawn underneath, all samples shown have the same
    /// parameters: those not given are taken in the middle of their ranges.
    /// </summary>
    private (SampleSet Samples, IReadOnlyDictionary<string, double>? Given) Shown(Team team, CancellationToken cancellation)
    {
        if (Report.Drawn is null || run.Problem.Dimension > 2) return (Samples, Report.Given);
        var values = run.Problem.Parameters.ToDictionary(p => p.Name, p => Report.Given?.TryGetValue(p.Name, out var value) == true ? value : p.Lower + (p.Upper - p.Lower) / 2);
        return (sampler.Sample(Math.Min(ShownSamples, Report.Count), RunFolder.SampleKey(run.Seed), team, values, cancellation: cancellation), values);
    }

    private static Points Head(Points points) =>
        points.Count <= ShownSamples ? points : new Points(points.Values[..(ShownSamples * points.Dimension)], points.Dimension);

    private static Dictionary<string, string> Facts(RunEnvironment environment) =>
        JsonSerializer.SerializeToNode(environment, JsonLines.DefaultOptions)!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "");
}
