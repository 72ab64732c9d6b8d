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
            var (total, count) = (comparison.TrainingSeconds + comparison.DrawSeconds, Whole(report.Count));
            yield return new ReportRow(Group, Name("samples per second"), Large(rival.SamplesPerSecond), Large(report.Count / comparison.DrawSeconds), rival.Exact ? "each exact" : rival.Unbiased ? "as many independent ones as they are worth" : "");
            yield return new ReportRow(Group, Name("in the time of training and drawing"), Large(rival.Within(total)), count, $"{ReportTable.Figure(total)} s, {SetUp(rival)}");
            yield return new ReportRow(Group, Name("in the time of drawing"), Large(rival.Within(comparison.DrawSeconds)), count, $"{ReportTable.Figure(comparison.DrawSeconds)} s");
            yield return new ReportRow(Group, Name($"seconds for {count} samples"), ReportTable.Figure(rival.SecondsFor(report.Count)), ReportTable.Figure(total), "");
            if (rival.Quality is not { } quality) continue;
            const string threshold = "0.001";
            if (quality.Success.TryGetValue(threshold, out var success) && own.Success.TryGetValue(threshold, out var ours))
                yield return new ReportRow(Group, Name($"success at {threshold}"), ReportTable.Share(success, rival.Measured), ReportTable.Share(ours, report.Count), $"of {Whole(rival.Measured)} that were kept");
            if (quality is { EnergyDistance: { } distance, EnergyDistanceFloor: { } floor } && own.EnergyDistance is { } ownDistance)
                yield return new ReportRow(Group, Name("energy distance"), ReportTable.Figure(distance), ReportTable.Figure(ownDistance), $"{ReportTable.Figure(Math.Round(distance / floor, 2))} x floor, n = {Whole(quality.EnergyDistanceCount ?? 0)}");
        }
    }

    private static string SetUp(RivalFacts rival) => rival.SetupSeconds > 0 ? $"of them {ReportTable.Figure(rival.SetupSeconds)} s for search and warm-up" : "from the first on";

    private static string Large(double value) => value < 1e5 ? Whole((long)value) : value.ToString("0.##e0", CultureInfo.InvariantCulture);

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
