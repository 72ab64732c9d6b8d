using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Formats;
using Locus.Problems;
using Locus.Projection;
using Locus.Sampling;

namespace Locus.Cli.Runs;

/// <summary>The ways in which samples are delivered other than as the network gives them: on the set, weighted, drawn by their weights; and with certificates.</summary>
internal static class SampleWays
{
    /// <summary>So many times as many samples are drawn as are delivered by weight: nearly all of these are then different ones.</summary>
    public const int DrawsBehindResampled = 4;

    /// <summary>The verdicts of <see cref="Certificate"/> by their numbers.</summary>
    public static readonly IReadOnlyList<string> Verdicts = [.. Enum.GetNames<Certificate>().Select(name => name.ToLowerInvariant())];

    /// <summary>Samples that the projector has brought onto the set, others drawn in place of those that it could not.</summary>
    public static SampleDelivery Projected(Sampler sampler, int count, Key key, Team team, IReadOnlyDictionary<string, double> given, IProgress<int> progress, CancellationToken cancellation)
    {
        var projected = new ProjectedSampler(sampler).Sample(count, key, team, given, progress, cancellation);
        var (delivered, failed) = (projected.Samples.Points.Count, projected.Failed);
        var findings = failed.Findings(projected.Draws);
        var ends = new JsonObject();
        foreach (var outcome in Enum.GetValues<ProjectionOutcome>().Where(outcome => failed.Count(outcome) > 0)) ends[JsonNamingPolicy.CamelCase.ConvertName($"{outcome}")] = failed.Count(outcome);
        var facts = new JsonObject { ["draws"] = projected.Draws, ["moved"] = projected.Moved, ["meanMove"] = delivered > 0 ? projected.MeanMove : null, ["failed"] = ends };
        List<string> notes = [];
        if (delivered > 0) notes.Add($"projected: {Whole(projected.Moved)} of {Whole(delivered)} samples moved, mean move {ReportTable.Figure(projected.MeanMove)}; {Whole(projected.Draws - delivered)} draws left out");
        notes.AddRange(findings.Select(finding => $"projection: {finding}"));
        return new SampleDelivery(projected.Samples, [], new JsonObject { ["projection"] = facts }, notes)
        {
            TooFew = delivered == count
                ? null
                : string.Join(Environment.NewLine, [$"only {delivered} of {projected.Draws} draws ended on the set, where {count} samples are wanted; nothing is written: train longer, or let 'locus check' look at the problem", .. findings]),
        };
    }

    /// <summary>Projected samples after reversible steps, which take off what projection and training leave uneven.</summary>
    public static SampleDelivery Chained(SampleDelivery projected, Sampler sampler, int steps, Key key, Team team, CancellationToken cancellation)
    {
        var (points, conditions) = (projected.Samples.Points, projected.Samples.Conditions);
        var chained = new ExactChain(sampler).Run(ProjectedPoints.OnSet(points), conditions, steps, key, team, cancellation);
        var mean = points.Count == 0 ? 0 : chained.Moves.Sum() / points.Count;
        projected.Facts["chains"] = new JsonObject { ["steps"] = steps, ["meanMove"] = points.Count == 0 ? null : mean, ["still"] = chained.Still };
        List<string> notes = [];
        if (points.Count > 0) notes.Add($"chains: {Whole(steps)} steps from each of {Whole(points.Count)} samples, mean move {ReportTable.Figure(mean)}; {Whole(chained.Still)} never moved");
        return projected with { Samples = new SampleSet(chained.Points, conditions), Notes = [.. projected.Notes, .. notes] };
    }

    /// <summary>Samples as the network gives them, each with its weight and the logarithm of its density.</summary>
    public static SampleDelivery Weighted(Sampler sampler, int count, Key key, Team team, IReadOnlyDictionary<string, double> given, IProgress<int> progress, CancellationToken cancellation)
    {
        var (samples, weights) = WeightMeasurement.Draw(sampler, count, key, team, given, progress, cancellation);
        SampleColumn[] columns = [new("weight", weights.Values), new("logDensity", samples.Densities!.Log)];
        var (facts, note) = Facts(sampler, samples, weights);
        return new SampleDelivery(samples, columns, new JsonObject { ["weights"] = facts }, note) { TooFew = NoneInside(weights) };
    }

    /// <summary>Samples drawn by their weights from several times as many, so that all count the same.</summary>
    public static SampleDelivery Resampled(Sampler sampler, int count, Key key, Team team, IReadOnlyDictionary<string, double> given, IProgress<int> progress, CancellationToken cancellation)
    {
        var (samples, weights) = WeightMeasurement.Draw(sampler, checked(DrawsBehindResampled * count), key, team, given, progress, cancellation);
        if (NoneInside(weights) is { } none) return new SampleDelivery(samples) { TooFew = none };
        var drawn = weights.Resample(count, key.Fold("resample"));
        var (facts, notes) = Facts(sampler, samples, weights);
        var different = drawn.Distinct().Count();
        facts["different"] = different;
        return new SampleDelivery(samples.Pick(drawn), [], new JsonObject { ["weights"] = facts }, [.. notes, $"resampled: {Whole(count)} of {Whole(samples.Points.Count)} draws, {Whole(different)} different ones"]);
    }

    /// <summary>The samples of a delivery with what is proven about each.</summary>
    public static SampleDelivery Certified(SampleDelivery delivery, Problem problem, Team team, CancellationToken cancellation)
    {
        var (points, conditions) = (delivery.Samples.Points, delivery.Samples.Conditions);
        var certifier = new Certifier(problem);
        var certificates = certifier.Check(points, conditions, team, cancellation);
        var facts = CertificateFacts.Of(certificates, certifier.Options.Radius);
        List<string> notes = [];
        if (points.Count > 0) notes.Add($"certified: {Whole(facts.Inside + facts.Near)} of {Whole(points.Count)} samples ({Whole(facts.Inside)} inside, {Whole(facts.Near)} near{(facts.Near > 0 ? $", within {ReportTable.Figure(facts.LargestRadius ?? 0)}" : "")})");
        var first = Array.FindIndex(certificates, c => c.Verdict is Certificate.Undecided or Certificate.Outside);
        if (first >= 0)
            notes.Add($"not certified: {Whole(facts.Undecided)} undecided, {Whole(facts.Outside)} outside; the first is sample {Whole(first)}, {certifier.Explain(points[first], conditions is null ? default : conditions[first])}");
        SampleColumn[] columns = [new("certificate", [.. certificates.Select(c => (double)c.Verdict)], Verdicts), new("radius", [.. certificates.Select(c => c.Distance)])];
        delivery.Facts["certificates"] = Json(facts);
        return delivery with { Columns = [.. delivery.Columns, .. columns], Notes = [.. delivery.Notes, .. notes] };
    }

    private static (JsonObject Facts, List<string> Notes) Facts(Sampler sampler, SampleSet samples, ImportanceWeights weights)
    {
        var facts = WeightFacts.Of(weights, SamplerFacts.Of(sampler), samples.Densities!.Folded, sampler.Problem.Energy is not null, null);
        var (law, mass) = facts is { Volume: { } volume, VolumeError: { } error }
            ? ("uniform", $"volume {ReportTable.Figure(volume)} ± {ReportTable.Figure(error)}")
            : ("exact", $"log Z {ReportTable.Figure(weights.LogMass)} ± {ReportTable.Figure(weights.MassError)}");
        List<string> notes = [$"weights: {(sampler.Problem.IsUnlimited ? $"{Whole(facts.Count)} draws are" : $"of {Whole(facts.Count)} draws {Whole(weights.Inside)} are on the set,")} as good as {Whole((long)weights.EffectiveCount)} {law} ones; the largest weight is {ReportTable.Figure(facts.LargestWeight)} times the mean; {mass}"];
        if (facts.IsDoubtful()) notes.Add($"weights: few rule all, the largest with a share of {ReportTable.Figure(facts.LargestWeight / facts.Count)}, the tail of shape {ReportTable.Figure(facts.TailShape)}: averages may move by more than their errors say; train longer, or run the network in more steps");
        if (facts.Folded > 0) notes.Add($"weights: {Whole(facts.Folded)} draws come from where the flow folds; of all weights {ReportTable.Figure(facts.FoldedShare)} have the sign -");
        var json = Json(facts);
        // What is not known, or not asked for, is left out.
        foreach (var name in json.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList()) json.Remove(name);
        return (json, notes);
    }

    private static string? NoneInside(ImportanceWeights weights) =>
        double.IsFinite(weights.EffectiveCount) ? null : $"no sum of weights is above 0: {weights.Inside} of {weights.Values.Length} draws are on the set; train longer, or draw more; nothing is written";

    private static JsonObject Json<T>(T facts) => JsonSerializer.SerializeToNode(facts, JsonLines.DefaultOptions)!.AsObject();

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
