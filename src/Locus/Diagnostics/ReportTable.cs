using System.Globalization;
using Locus.Diagnostics.Rivals;
using Locus.Diagnostics.Transport;
using Locus.Problems;
using Locus.Runs;
using Locus.Training;

namespace Locus.Diagnostics;

/// <summary>A report as rows of text, for the terminal and for pages.</summary>
public static class ReportTable
{
    // Values of parameters that have a line each.
    private const int MostGiven = 16;

    // Effective paths below which what weights say is chance.
    private const int FewPaths = 30;

    /// <summary>The measured numbers, one row each, each beside its reference.</summary>
    /// <param name="report">The report.</param>
    public static IReadOnlyList<ReportRow> Rows(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        List<ReportRow> rows = [.. Samples(report).SelectMany(samples => Rows(samples.Value, $"{samples.Key} samples", report))];
        if (report.Energy is { } energy) rows.AddRange(Rows(energy));
        if (report.Transport is { } transport) rows.AddRange(Rows(transport));
        if (report.Weights is { } weights) rows.AddRange(Rows(weights, report));
        if (report.Rivals is { } rivals) rows.AddRange(RivalRows.Of(rivals, report));
        return rows;
    }

    /// <summary>What the references of a group of rows are.</summary>
    /// <param name="group">The group's name.</param>
    public static string Reference(string group) => group == RivalRows.Group ? "network" : "reference";

    /// <summary>The ways in which the samples were delivered, and how good they are: raw, projected, chained.</summary>
    /// <param name="report">The report.</param>
    public static IReadOnlyList<KeyValuePair<string, SampleQuality>> Samples(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        List<KeyValuePair<string, SampleQuality>> samples = [new("raw", report.Raw)];
        if (report.Projected is { } projected) samples.Add(new("projected", projected));
        if (report.Chained is { } chained) samples.Add(new("chained", chained));
        return samples;
    }

    /// <summary>What was measured and how the samples came about: names and values.</summary>
    /// <param name="report">The report.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Facts(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        List<KeyValuePair<string, string>> facts =
        [
            new("problem", report.Problem),
            new("dimension", Whole(report.Dimension)),
            new("samples", Whole(report.Count)),
            new("measure", report.Measure),
            new("sampler", $"{Sampler(report.Sampler)}, {Whole(report.Sampler.NetworkEvaluations)} network evaluations per sample"),
        ];
        if (report.Sampler.Guided == true) facts.Add(new("guided", "yes: a step toward the set by the constraints themselves is part of the network"));
        if (report.Chained?.Steps is { } steps) facts.Add(new("chained", $"{Whole(steps)} reversible steps from each projected sample"));
        if (report.Weights is { } weights) facts.Add(new("weighted", $"{Whole(weights.Count)} samples drawn anew: {Sampler(weights.Sampler)}"));
        if (report.Rivals is { } rivals) facts.Add(new("rivals", $"{(rivals.EnergyCalls is { } calls ? $"with {Whole(calls)} calls of the energy each, as many as the training took" : "in the same time")}, on {Numbers.Count(rivals.Threads, "thread", "threads")}{For(rivals.Given)}; the reference is the network, its samples {rivals.Samples}"));
        var given = report.Given ?? new Dictionary<string, double>();
        if (given.Count > MostGiven) facts.Add(new("given", Names([.. given.Select(pair => $"{pair.Key} = {Figure(pair.Value)}")])));
        else foreach (var (name, value) in given) facts.Add(new($"given {name}", Figure(value)));
        if (report.Drawn is { } drawn) facts.Add(new("drawn", Drawn(drawn)));
        if (report.Training is { } training)
        {
            facts.Add(new("recipe", training.Recipe));
            facts.Add(new("training", $"{Figure(training.Seconds)} s on {Numbers.Count(training.Threads, "thread", "threads")}, {Whole(training.NetworkSamples)} network samples{(training.EnergyCalls is { } calls ? $", {Whole(calls)} calls of the energy" : "")}"));
            if (training.Exploration is { } exploration) facts.Add(new("exploration", Explored(exploration)));
            foreach (var verdict in training.Exploration?.Verdicts ?? []) facts.Add(new(verdict.Name, verdict.Text));
            if (training.Fit is { } fit) facts.Add(new("fit", Fitted(fit)));
            if (training.Fit?.Verdict is { } missed) facts.Add(new(FitFacts.Name, missed));
            if (training.Fit?.FaceVerdict is { } faces) facts.Add(new(FitFacts.FaceName, faces));
            if (training.Unfinished is { } unfinished) facts.Add(new("unfinished", $"{unfinished}; the numbers are those of a training that was interrupted"));
            facts.Add(new("seed", training.Seed.ToString(CultureInfo.InvariantCulture)));
        }
        return facts;
    }

    /// <summary>Where values of parameters came from that were not given: "hole, width, at random within range, anew for each sample".</summary>
    /// <param name="names">What <see cref="Report.Drawn"/> has.</param>
    internal static string Drawn(IReadOnlyList<string> names) => $"{(names is [Report.Observations] ? "a row of the observations" : $"{Names(names)}, at random within range")}, anew for each sample";

    /// <summary>How the points that a network learned were drawn: "walks, 65536 points in 19 dimensions, 2 components: 0.98, 0.02".</summary>
    /// <param name="facts">The facts.</param>
    public static string Explored(ExplorationFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var parts = facts.Components == 1 ? "1 component" : $"{Whole(facts.Components)} components: {string.Join(", ", facts.ComponentShares.Select(Figure))}{(facts.Components > facts.ComponentShares.Count ? ", ..." : "")}";
        var news = facts.News > 0 ? $"; explored again from {Whole(facts.News)} samples of the network in parts that no start had come to" : "";
        var rises = facts.Rises > 0 ? $", led to the energy's law in {Numbers.Count(facts.Rises, "rise", "rises")}" : "";
        return $"{facts.Method.ToString().ToLowerInvariant()}, {Whole(facts.PoolSize)} points in {Whole(facts.Dimension)} dimensions, {parts}{rises}{news}";
    }

    /// <summary>How near the samples come to the points that the network learned: "energy distance 0.0211 to the points learned, 1.02 times that between them".</summary>
    /// <param name="facts">The facts.</param>
    public static string Fitted(FitFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return $"energy distance {Figure(facts.Distance)} to the points learned, {(facts.Distance / facts.Floor).ToString("0.00", CultureInfo.InvariantCulture)} times that between them";
    }

    /// <summary>What the rows leave out: without an exact sampler nothing says how evenly the samples lie. Null where it was measured.</summary>
    /// <param name="report">The report.</param>
    public static string? Unmeasured(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Raw.SuccessTrue is not null
            ? null
            : $"{(report.Training?.Fit is null ? "How evenly the samples lie was not measured" : "How evenly the samples lie is known only against the points that were learned (fit)")}: no exact sampler is known for this {(report.Energy is null ? "set" : "energy")}.{(report.Energy is null ? "" : " Lower bound, weights and effective share see only where the drift goes: a part that none of its paths came to is missing in all of them; see --rivals.")}{(report.Training?.Recipe == Recipe.Paper.Name ? " The paper's method draws its samples together." : "")}";
    }

    /// <summary>A number with four digits that count: 0.9931, 3.2e-4, 0.</summary>
    /// <param name="value">Any number.</param>
    public static string Figure(double value) => value switch
    {
        0 => "0",
        _ when !double.IsFinite(value) => value.ToString(CultureInfo.InvariantCulture),
        _ when Math.Abs(value) is >= 1e-3 and < 1e5 => Rounded(value).ToString("0.######", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##e-0", CultureInfo.InvariantCulture),
    };

    /// <summary>Names in a row, the first few where there are many: a, b, c, d and 6 more.</summary>
    /// <param name="names">The names, or other words.</param>
    public static string Names(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        const int most = 4;
        return string.Join(", ", names.Take(most)) + (names.Count > most ? $" and {Whole(names.Count - most)} more" : "");
    }

    /// <summary>A share of a number of samples, with the decimals that one sample more or less changes: 0.9800 of 10,000.</summary>
    /// <param name="share">A number in 0 to 1.</param>
    /// <param name="count">Samples behind it, N, at least 1.</param>
    public static string Share(double share, int count) =>
        share.ToString($"F{Math.Max(2, (int)Math.Ceiling(Math.Log10(Math.Max(1, count))))}", CultureInfo.InvariantCulture);

    private static IEnumerable<ReportRow> Rows(SampleQuality quality, string group, Report report) =>
        // An energy on all of space has no slack to speak of.
        [.. report.Energy is null ? SlackRows(quality, group, report.Count) : [], .. Rows(quality, group, report.Count)];

    private static IEnumerable<ReportRow> SlackRows(SampleQuality quality, string group, int count)
    {
        foreach (var (threshold, share) in quality.Success)
        {
            var reference = quality.SuccessTrue is { } exact && exact.TryGetValue(threshold, out var value) ? value : 1;
            var error = Math.Sqrt(share * (1 - share) / count);
            yield return new ReportRow(
                group, $"success at {threshold}", WithError(share, error, count), Share(reference, count), $"share with slack below {threshold}");
        }
        yield return new ReportRow(
            group, "mean slack", WithError(quality.MeanSlack, quality.MeanSlackError ?? 0), Figure(quality.MeanSlackTrue ?? 0), "");
        foreach (var (quantile, slack) in quality.SlackQuantiles ?? new Dictionary<string, double>())
            yield return new ReportRow(group, $"slack, quantile {quantile}", Figure(slack), "0", "");
        yield return new ReportRow(group, "largest slack", Figure(quality.MaxSlack), Figure(quality.MaxSlackTrue ?? 0), "");
    }

    private static IEnumerable<ReportRow> Rows(SampleQuality quality, string group, int count)
    {
        if (quality.NotNumbers > 0) yield return new ReportRow(group, "not finite numbers", Whole(quality.NotNumbers), "0", "samples, left out below");

        if (quality is { EnergyDistance: { } distance, EnergyDistanceFloor: { } floor })
        {
            var note = $"{Figure(Math.Round(distance / floor, 2))} x floor, n = {Whole(quality.EnergyDistanceCount ?? count)}";
            yield return new ReportRow(group, "energy distance", Figure(distance), WithError(floor, quality.EnergyDistanceFloorDeviation ?? 0), note);
        }
        if (quality is { Shares: { } shares, TrueShares: { } trueShares })
        {
            for (var i = 0; i < shares.Count; i++)
            {
                var name = quality.Components is { } names ? names[i] : $"component {Whole(i + 1)}";
                var error = quality.ShareErrors is { } errors ? errors[i] : Math.Sqrt(trueShares[i] * (1 - trueShares[i]) / count);
                yield return new ReportRow(
                    group, $"share of {name}", Share(shares[i], count), WithError(trueShares[i], error, count), Gap(shares[i], trueShares[i], error));
            }
        }
        if (quality.ShareOutside is { } outside) yield return new ReportRow(group, "share of no component", Share(outside, count), Share(0, count), "");
        if (quality is { BoundaryShare: { } boundary, BoundaryShareTrue: { } boundaryTrue })
        {
            var error = quality.BoundaryShareError ?? 0;
            yield return new ReportRow(
                group,
                $"within {Figure(quality.BoundaryDistance ?? 0)} of the boundary",
                Share(boundary, count),
                WithError(boundaryTrue, error, count),
                Gap(boundary, boundaryTrue, error));
        }
        if (quality.MeanMove is { } move) yield return new ReportRow(group, "mean move", Figure(move), quality.Steps is null ? "0" : "", quality.Steps is { } steps ? $"by {Whole(steps)} steps of a chain" : "by the projector");
        if (quality.Still is { } still) yield return new ReportRow(group, "never moved", Whole(still), "0", "chains, whose samples keep what bias they had");
        if (quality.Failed is { } failed) yield return new ReportRow(group, "not brought onto the set", Whole(failed), "0", "samples");
        if (quality.Certificates is not { } proven) yield break;
        yield return new ReportRow(group, "certified", Share(proven.Certified, count), Share(1, count), "share with a proof that they, or a point next to them, satisfy every constraint");
        yield return new ReportRow(group, "certified inside", Whole(proven.Inside), "", "samples that satisfy every constraint themselves");
        yield return new ReportRow(group, "certified near", Whole(proven.Near), "", $"samples with a point of the set within {Figure(proven.Limit)} of the region");
        if (proven.LargestRadius is { } radius) yield return new ReportRow(group, "largest radius", Figure(radius), "0", "largest proven distance to such a point");
        yield return new ReportRow(group, "certified outside", Whole(proven.Outside), "0", "samples");
        yield return new ReportRow(group, "undecided", Whole(proven.Undecided), "0", "samples about which nothing is proven");
    }

    private static IEnumerable<ReportRow> Rows(WeightFacts weights, Report report)
    {
        const string group = "weighted samples";
        yield return new ReportRow(group, "effective share", Share(weights.EffectiveShare, weights.Count), Share(1, weights.Count), $"of samples drawn anew: {Sampler(weights.Sampler)}");
        yield return new ReportRow(group, "share on the set", Share(weights.InsideShare, weights.Count), Share(1, weights.Count), "the others weigh nothing");
        foreach (var row in Tail(group, weights.LargestWeight, weights.TailShape, weights.IsDoubtful())) yield return row;
        if (weights is { LogZ: { } logZ, LogZError: { } logZError }) yield return Mass("log Z", logZ, logZError, weights.LogZTrue, "log of the mean of Z over the parameters drawn");
        if (weights is { Volume: { } volume, VolumeError: { } volumeError }) yield return Mass("volume of the set", volume, volumeError, weights.VolumeTrue, "mean over the parameters drawn");
        if (weights.Folded > 0) yield return new ReportRow(group, "folded", Whole(weights.Folded), "0", $"samples; weights with the sign - are {Share(weights.FoldedShare, weights.Count)} of all");
        if (weights.NotNumbers > 0) yield return new ReportRow(group, "without a weight", Whole(weights.NotNumbers), "0", "samples whose density is no number");

        ReportRow Mass(string name, double value, double error, double? truth, string drawn) =>
            new(group, name, WithError(value, error), truth is { } known ? Figure(known) : "", truth is { } t ? Gap(value, t, error) : report.Drawn is null ? "" : drawn);
    }

    private static IEnumerable<ReportRow> Tail(string group, double largest, double shape, bool isDoubtful)
    {
        yield return new ReportRow(group, "largest weight", Figure(largest), "1", "times the mean weight");
        if (!double.IsNaN(shape))
            yield return new ReportRow(
                group, "shape of the tail", Figure(shape), "below 0.7",
                isDoubtful ? "averages may move by more than their errors" : shape > WeightFacts.HeavyTail ? "and does not matter, for most samples weigh nearly the same" : "");
    }

    private static IEnumerable<ReportRow> Rows(EnergyFacts energy)
    {
        const string group = "log Z";
        var (count, truth) = (energy.Count, energy.LogZTrue is { } logZ ? Figure(logZ) : "");
        var mean = energy.Conditions is { } values ? $"mean over {Whole(values)} values of the parameters, each with paths of its own; the ± holds how log Z differs among them" : "";
        string Off(double value, double error) => energy.LogZTrue is { } logZ ? Gap(value, logZ, error) : mean;
        yield return new ReportRow(group, "lower bound", WithError(energy.LowerBound, energy.LowerBoundError), truth, Off(energy.LowerBound, 0));
        yield return new ReportRow(group, "by weights", WithError(energy.LogZ, energy.LogZError), truth, Off(energy.LogZ, energy.LogZError));
        if (energy.UpperBound is { } upper) yield return new ReportRow(group, "upper bound", WithError(upper, energy.UpperBoundError ?? 0), truth, Off(upper, 0));
        yield return new ReportRow(group, "effective share", Share(energy.EffectiveShare, count), Share(1, count), energy.EffectiveShare * count < FewPaths ? "so few paths rule the weights: errors tell too little" : mean.Length > 0 ? mean : "of the drift's own paths");
        if (energy.LargestWeight is { } largest)
            foreach (var row in Tail(group, largest, energy.TailShape ?? double.NaN, energy.IsDoubtful())) yield return row;
        if (energy.ForwardEffectiveShare is { } forward) yield return new ReportRow(group, "effective share of exact samples", Share(forward, count), Share(1, count), "low where the drift leaves a part out");
    }

    private static IEnumerable<ReportRow> Rows(TransportFacts transport)
    {
        const string group = "distances from exact samples";
        ReportRow Row(string name, FlooredDistance distance, string note = "")
        {
            var low = distance.Value < distance.Floor - 2 * distance.FloorDeviation ? "; below it: narrower than exact samples" : "";
            return new(
                group, name, Figure(distance.Value), WithError(distance.Floor, distance.FloorDeviation), $"{Figure(Math.Round(distance.Value / distance.Floor, 2))} x floor, n = {Whole(transport.Count)}{note}{low}");
        }
        yield return Row("W1", transport.Wasserstein1);
        yield return Row("W2", transport.Wasserstein2);
        yield return Row("Sinkhorn divergence", transport.Sinkhorn, $", epsilon {Figure(transport.SinkhornEpsilon)}");
        yield return Row("MMD", transport.MeanDiscrepancy);
    }

    private static string For(IReadOnlyDictionary<string, double>? given) =>
        given is null ? "" : $", for {Names([.. given.Select(pair => $"{pair.Key} = {Figure(pair.Value)}")])}";

    private static string Sampler(SamplerFacts sampler)
    {
        var grid = sampler.GridPower is { } power ? $", grid power {Figure(power)}" : "";
        var clip = sampler.Clip is > 0 and { } least ? $", clip {Figure(least)}" : "";
        return $"{sampler.Method}, {Whole(sampler.Steps)} steps{grid}{clip}";
    }

    /// <summary>How far a number is off, in words.</summary>
    /// <param name="value">The number.</param>
    /// <param name="reference">What it should be.</param>
    /// <param name="error">Its standard error; 0 where it has none.</param>
    internal static string Gap(double value, double reference, double error)
    {
        var gap = value - reference;
        if (error <= 0) return gap == 0 ? "" : $"{(gap > 0 ? "+" : "")}{Figure(gap)}";
        var errors = Math.Round(Math.Abs(gap) / error, 1);
        return errors <= 2 ? "within 2 standard errors" : $"{(gap > 0 ? "+" : "")}{Figure(gap)}, {Figure(errors)} standard errors";
    }

    /// <summary>A number with its error.</summary>
    /// <param name="value">The number.</param>
    /// <param name="error">Its standard error.</param>
    internal static string WithError(double value, double error) =>
        error > 0 && double.IsFinite(error) ? $"{Figure(value)} ± {error.ToString(error is < 1e-3 or >= 1e5 ? "0.#e-0" : "0.####", CultureInfo.InvariantCulture)}" : Figure(value);

    private static string WithError(double share, double error, int count) =>
        error > 0 && double.IsFinite(error) ? $"{Share(share, count)} ± {Share(error, count)}" : Share(share, count);

    private static double Rounded(double value)
    {
        var digits = 3 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return Math.Round(value, Math.Clamp(digits, 0, 15));
    }

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
