using System.Text.Json;
using Locus.Diagnostics;
using Locus.Diagnostics.Rivals;
using Locus.Diagnostics.Transport;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Formats;
using Locus.Options;
using Locus.Problems;
using Locus.Projection;
using Locus.Sampling;
using Locus.Runs;
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
    private readonly ProjectedPoints? projected;
    private readonly Points? chained;

    private RunReport(RunFolder run, Sampler sampler, SampleSet samples, ProjectedPoints? projected, Points? chained, Report report, Points? exact)
    {
        this.run = run;
        this.sampler = sampler;
        this.projected = projected;
        this.chained = chained;
        this.exact = exact;
        Samples = samples;
        Report = report;
    }

    /// <summary>The samples measured: the first of the run's own stream.</summary>
    public SampleSet Samples { get; }

    /// <summary>The numbers.</summary>
    public Report Report { get; }

    /// <summary>How the network was run.</summary>
    public SamplerOptions SamplerOptions => sampler.Options;

    /// <summary>Draws and measures.</summary>
    /// <param name="run">The run.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="settings">Other values for the sampler.* options; null for the run's own.</param>
    /// <param name="given">Values of parameters; null to draw them all.</param>
    /// <param name="scope">What is measured besides the raw samples.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static RunReport Make(
        RunFolder run, int count, IReadOnlyList<KeyValuePair<string, string>>? settings, IReadOnlyDictionary<string, double>? given, ReportScope scope, Team team, CancellationToken cancellation)
    {
        var state = run.LoadState();
        var environment = RunEnvironment.Read(run.EnvironmentFile);
        var sampler = SamplerOf(run, state, settings ?? []);
        var (key, truth) = (RunFolder.SampleKey(run.Seed), Gallery.Gallery.TruthOf(run.Problem));
        var samples = sampler.Sample(count, key, team, given, cancellation: cancellation);
        var options = new QualityOptions();
        var reference = truth is not null
            ? ExactReference.Of(run.Problem, truth, Key.Seed(run.Seed).Fold("truth"), count, options, team.Threads, cancellation)
            : null;
        var projection = scope.RawOnly || run.Problem.IsUnlimited ? null : ProjectionMeasurement.Of(run.Problem, samples, reference, options, team, cancellation);
        var chain = projection is null || scope.Exact is not { } steps ? null
            : ChainMeasurement.Of(sampler, projection.Projected, samples.Conditions, steps, key, reference, options, team, cancellation);
        var known = truth is null ? null : Gallery.Gallery.Find(run.Problem.Name);
        var report = new Report
        {
            Problem = run.Problem.Name,
            Dimension = run.Problem.Dimension,
            Count = count,
            Measure = run.Problem.Measure.ToString().ToLowerInvariant(),
            Given = given is { Count: > 0 } ? given : null,
            Drawn = NotGiven(run.Problem, given) is { Count: > 0 } drawn ? drawn : null,
            Sampler = SamplerFacts.Of(sampler),
            Raw = QualityMeasurement.Of(run.Problem, samples.Points, samples.Conditions, reference, options, team.Threads, cancellation),
            Projected = projection?.Quality,
            Chained = chain?.Quality,
            Energy = EnergyMeasurement.Of(sampler, count, key.Fold("energy"), reference?.Samples, known?.LogZ, team, given, cancellation),
            Transport = scope.RawOnly ? null : TransportMeasurement.Of(run.Problem, samples.Points, truth, Key.Seed(run.Seed).Fold("truth").Fold("transport"), options, team.Threads, cancellation),
            Weights = scope.RawOnly || sampler is DriftSampler ? null : WeightMeasurement.Of(sampler, count, key, run.Problem.Energy is null ? known?.Size : known?.LogZ, team, given, cancellation),
            Training = new TrainingFacts(run.Recipe, state.Seconds, state.NetworkSamples, environment.Threads, run.Seed)
            {
                EnergyCalls = state.EnergyCalls,
                Exploration = state.Exploration,
                Fit = FitMeasurement.Of(state, samples.Points, projection?.Projected.Points, key, options, team.Threads, cancellation),
                Unfinished = Unfinished(state),
            },
            Environment = Facts(environment),
        };
        if (scope.Rivals is { } rivals)
            report = report with { Rivals = new RivalMeasurement(sampler, report, reference, options, team, TimeProvider.System).Run(rivals.Seconds, key.Fold("rivals"), cancellation) };
        return new RunReport(run, sampler, samples, projection?.Projected, chain?.Points, report, reference?.Samples);
    }

    /// <summary>The names of the parameters that are not given a value, and so are drawn; <see cref="Diagnostics.Report.Observations"/> where none is given and they are drawn by rows.</summary>
    public static IReadOnlyList<string> NotGiven(Problem problem, IReadOnlyDictionary<string, double>? given) =>
        problem.Energy?.Observations is not null && given is not { Count: > 0 } ? [Report.Observations] : [.. problem.Parameters.Select(p => p.Name).Where(name => given?.ContainsKey(name) != true)];

    /// <summary>Where the training of a state stopped; null when it is done.</summary>
    public static UnfinishedTraining? Unfinished(TrainingState state) =>
        state.Round < state.Rounds ? new UnfinishedTraining(state.Round + 1, state.Rounds) : null;

    /// <summary>Tells people that a training was interrupted, and how it goes on.</summary>
    public static void NoteUnfinished(CommandContext context, RunFolder run, UnfinishedTraining? unfinished)
    {
        if (unfinished is not null) context.Note($"{run.Path}: training is unfinished: {unfinished}; go on with: locus train {run.ProblemFile} --out {run.Path} --resume");
    }

    /// <summary>Tells people how samples failed that could not be brought onto the set.</summary>
    public void NoteFailed(CommandContext context)
    {
        foreach (var finding in projected?.Findings() ?? []) context.Note($"projection: {finding}");
    }

    /// <summary>Says what takes the time to come, where it is long: samples of an energy are measured by optimal transport too.</summary>
    /// <param name="context">Where it is told.</param>
    /// <param name="run">The run.</param>
    /// <param name="count">Number of samples.</param>
    public static void NoteWait(CommandContext context, RunFolder run, int count)
    {
        if (run.Problem.Energy is not null) context.Note($"{run.Path}: measuring {count} samples");
    }

    /// <summary>The sampler of a state of the run, run another way where settings say so.</summary>
    /// <param name="run">The run.</param>
    /// <param name="state">Its state.</param>
    /// <param name="settings">Other values for the sampler.* options.</param>
    /// <param name="weighted">Whether the samples are to be weighted, for which a flow is run in a way of its own.</param>
    public static Sampler SamplerOf(RunFolder run, TrainingState state, IReadOnlyList<KeyValuePair<string, string>> settings, bool weighted = false)
    {
        var changed = OptionTable.Set(weighted && run.Options.SamplerOptions is FlowOptions ? WeightMeasurement.Flow : run.Options.SamplerOptions, settings);
        IReadOnlyList<string> findings = [.. OptionTable.Findings(changed), .. changed.Validate(), .. OptionTable.Unlearned(run.Options.SamplerOptions, changed)];
        return findings.Count == 0 ? state.Sampler.With(changed) : throw new LocusException(string.Join(Environment.NewLine, findings));
    }

    /// <summary>Writes report.json and the page.</summary>
    /// <param name="json">File of the numbers; null for none.</param>
    /// <param name="page">File of the page.</param>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the work.</param>
    public void Write(string? json, string page, Team team, CancellationToken cancellation)
    {
        var (shown, values) = Shown(team, cancellation);
        var (onSet, moved) = ShownOnSet(shown, team, cancellation);
        if (json is not null) AtomicFile.Write(json, ReportJson.Write(Report) + "\n");
        AtomicFile.Write(page, ReportPage.Write(new ReportPageContent
        {
            Report = Report,
            Problem = run.Problem,
            Samples = Head(shown.Points),
            Projected = onSet,
            Chained = moved,
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
        var groups = ReportTable.Rows(Report).GroupBy(row => row.Group).ToList();
        // One table, so that all groups have the same columns.
        context.WriteTable([groups[0].Key, "value", "reference", ""], groups.SelectMany(group => Rows(group, first: group == groups[0])));
        foreach (var sentence in new[] { Report.Rivals?.Verdict, ReportTable.Unmeasured(Report) }.OfType<string>())
        {
            context.Output.WriteLine();
            context.Output.WriteLine(sentence);
        }
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

    /// <summary>The samples to show where they end on the set, and after their chains; null for what was not made.</summary>
    private (Points? Projected, Points? Chained) ShownOnSet(SampleSet shown, Team team, CancellationToken cancellation)
    {
        if (projected is null) return default;
        if (shown == Samples) return (Head(projected.Points), chained is null ? null : Head(chained));
        var ends = new Projector(run.Problem).Project(shown.Points, shown.Conditions, team, cancellation);
        var moved = Report.Chained?.Steps is { } steps ? new ExactChain(sampler).Run(ends, shown.Conditions, steps, RunFolder.SampleKey(run.Seed), team, cancellation) : null;
        return (Head(ends.Points), moved is null ? null : Head(moved.Points));
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(IGrouping<string, ReportRow> group, bool first)
    {
        IEnumerable<IReadOnlyList<string>> rows = group.Select(r => (IReadOnlyList<string>)[r.Name, r.Value, r.Reference, r.Note]);
        return first ? rows : [["", "", "", ""], [group.Key, "value", ReportTable.Reference(group.Key), ""], .. rows];
    }

    private static Points Head(Points points) =>
        points.Count <= ShownSamples ? points : new Points(points.Values[..(ShownSamples * points.Dimension)], points.Dimension);

    private static Dictionary<string, string> Facts(RunEnvironment environment) =>
        JsonSerializer.SerializeToNode(environment, JsonLines.DefaultOptions)!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "");
}
