using System.Globalization;

namespace Locus.Diagnostics.Rivals;

/// <summary>A comparison as rows of a report: each number of a rival beside the network's.</summary>
internal static class RivalRows
{
    /// <summary>Name of their group.</summary>
    public const string Group = "rivals";

    /// <summary>The rows.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="report">The report that it belongs to.</param>
    public static IEnumerable<ReportRow> Of(RivalComparison comparison, Report report)
    {
        var own = ReportTable.Samples(report)[^1].Value;
        foreach (var rival in comparison.Rivals)
        {
            string Name(string measure) => $"{rival.Name}: {measure}";
            if (rival.Reason is { } reason)
            {
                yield return new ReportRow(Group, Name("samples"), "0", Whole(report.Count), reason);
                continue;
            }
            foreach (var row in Energy(rival, comparison, report)) yield return row;
            var (total, count) = (comparison.TrainingSeconds + comparison.DrawSeconds, Whole(report.Count));
            yield return new ReportRow(Group, Name("samples per second"), Large(rival.SamplesPerSecond), Large(report.Count / comparison.DrawSeconds), rival.Exact ? "each exact" : rival.Unbiased ? "as many independent ones as they are worth" : "");
            if (rival.EnergyCalls is null) yield return new ReportRow(Group, Name("in the time of training and drawing"), Large(rival.Within(total)), count, $"{ReportTable.Figure(total)} s, {SetUp(rival)}");
            if (rival.EnergyCalls is null) yield return new ReportRow(Group, Name("in the time of drawing"), Large(rival.Within(comparison.DrawSeconds)), count, $"{ReportTable.Figure(comparison.DrawSeconds)} s");
            yield return new ReportRow(Group, Name($"seconds for {count} samples"), ReportTable.Figure(rival.SecondsFor(report.Count)), ReportTable.Figure(total), "");
            if (rival.Quality is not { } quality) continue;
            const string threshold = "0.001";
            if (rival.EnergyCalls is null && quality.Success.TryGetValue(threshold, out var success) && own.Success.TryGetValue(threshold, out var ours))
                yield return new ReportRow(Group, Name($"success at {threshold}"), ReportTable.Share(success, rival.Measured), ReportTable.Share(ours, report.Count), $"of {Whole(rival.Measured)} that were kept");
            if (quality is { EnergyDistance: { } distance, EnergyDistanceFloor: { } floor } && own.EnergyDistance is { } ownDistance)
                yield return new ReportRow(Group, Name("energy distance"), ReportTable.Figure(distance), ReportTable.Figure(ownDistance), $"{ReportTable.Figure(Math.Round(distance / floor, 2))} x floor, n = {Whole(quality.EnergyDistanceCount ?? 0)}");
        }
    }

    private static IEnumerable<ReportRow> Energy(RivalFacts rival, RivalComparison comparison, Report report)
    {
        if (rival.EnergyCalls is not { } calls || comparison.EnergyCalls is not { } training) yield break;
        ReportRow Row(string measure, string value, string reference, string note) => new(Group, $"{rival.Name}: {measure}", value, reference, note);
        yield return Row("calls of the energy", Large(calls), Large(training), rival.Setting ?? "");
        yield return Row("seconds", ReportTable.Figure(rival.Seconds), ReportTable.Figure(comparison.TrainingSeconds), SetUp(rival));
        if (rival.Acceptance is { } acceptance) yield return Row("steps taken", ReportTable.Share(acceptance, 1000), "", "share, after its warm-up");
        if (rival.Exchanged is { } exchanged) yield return Row("exchanges made", ReportTable.Share(exchanged, 1000), "", "share, of the neighbours that made the fewest");
        if (rival.RoundTrips is { } trips) yield return Row("round trips", Whole(trips), "", "from the density up the ladder and back");
        if (rival.LogZ is { } logZ && rival.LogZError is { } error)
            yield return Row("log Z", ReportTable.WithError(logZ, error), report.Energy is { } own ? ReportTable.WithError(own.LogZ, own.LogZError) : "", report.Energy?.LogZTrue is { } truth ? $"truth {ReportTable.Figure(truth)}: {Gap(logZ, truth, error)}" : "");
        if (rival.Quality is { Shares: { Count: > 1 } shares, TrueShares: { } trueShares } quality && report.Raw is { Shares: { } ownShares })
            yield return Row("mass in wrong parts", ReportTable.Share(Wrong(shares, trueShares), rival.Measured), ReportTable.Share(Wrong(ownShares, trueShares), report.Count), $"half of the sum of what {shares.Count} shares are off by; chance alone gives {ReportTable.Share(Chance(trueShares, rival.Measured), rival.Measured)}");
    }

    private static string Gap(double value, double truth, double error) => value == truth ? "the same" : ReportTable.Gap(value, truth, error);

    private static double Wrong(IReadOnlyList<double> shares, IReadOnlyList<double> truth) => shares.Zip(truth, (a, b) => Math.Abs(a - b)).Sum() / 2;

    // The mean of |share - p| is sqrt(2 / pi) of its deviation.
    private static double Chance(IReadOnlyList<double> truth, int count) => truth.Sum(p => Math.Sqrt(2 / Math.PI * p * (1 - p) / count)) / 2;

    private static string SetUp(RivalFacts rival) => rival.SetupSeconds > 0 ? $"of them {ReportTable.Figure(rival.SetupSeconds)} s for search and warm-up" : "from the first on";

    private static string Large(double value) => value < 1e5 ? Whole((long)value) : value.ToString("0.##e0", CultureInfo.InvariantCulture);

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
