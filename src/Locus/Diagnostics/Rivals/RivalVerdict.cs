using System.Globalization;

namespace Locus.Diagnostics.Rivals;

/// <summary>Whether a network is worth its training, in plain words: which rival has as good samples in less time, and from how many samples on none has.</summary>
/// <param name="count">Samples wanted, N.</param>
/// <param name="training">Seconds of the training.</param>
/// <param name="draw">Seconds for a draw of N.</param>
/// <param name="own">How good the network's samples are.</param>
internal sealed class RivalVerdict(int count, double training, double draw, SampleQuality own)
{
    // Of the energy distance: how many deviations of its floor are chance.
    private const double Deviations = 3;

    /// <summary>Calls of the energy in the training, which rivals may spend too; null for a set.</summary>
    public long? EnergyCalls { get; init; }

    /// <summary>Calls of the energy for a sample of the network.</summary>
    public long EnergyCallsPerSample { get; init; }

    /// <summary>The sentences.</summary>
    /// <param name="rivals">What the rivals gave.</param>
    public string Text(IReadOnlyList<RivalFacts> rivals)
    {
        var equals = rivals.Where(IsAsGood).OrderBy(rival => rival.SecondsFor(count)).ToList();
        if (equals.Count == 0) return $"The network is worth its training: {(EnergyCalls is { } calls ? $"with the {Figure(calls)} calls of the energy that it took " : "")}no rival gave samples as good as its own ({Reasons(rivals)}).";
        var (best, total, n) = (equals[0], training + draw, Whole(count));
        var theirs = best.SecondsFor(count);
        return $"The network is {(theirs <= total ? "not " : "")}worth its training for {n} samples: {best.Name} gives {n} {(best.Exact ? "exact ones" : "as good as its own")} in {Figure(theirs)} s, "
            + $"the network takes {Figure(total)} s with its training. {BreakEven(best)}{Calls(best)}{Doubt(best)}";
    }

    /// <summary>
    /// Whether a rival's samples may stand in for the network's: they are exact; or, where the truth is known, lie as evenly as the network's or as exact ones do; or, where it is not,
    /// come from a method that leaves the law as it is.
    /// </summary>
    private bool IsAsGood(RivalFacts rival)
    {
        if (rival.SamplesPerSecond <= 0 || rival.Quality is not { } theirs) return false;
        if (rival.Exact) return true;
        if (own is not { EnergyDistance: { } distance, EnergyDistanceFloor: { } floor, EnergyDistanceCount: { } full }) return rival.Unbiased;
        // Fewer samples have a higher floor: it goes with the root of 1 / n + 1 / m.
        var independent = Math.Max(1, Math.Min(rival.Samples, Math.Min(theirs.EnergyDistanceCount ?? 0, full)));
        var scale = Math.Sqrt((1 / independent + 1.0 / full) / (2.0 / full));
        return theirs.EnergyDistance <= scale * Math.Max(distance, floor + Deviations * (own.EnergyDistanceFloorDeviation ?? 0));
    }

    // From here on the network's higher rate has made up for its training.
    private string BreakEven(RivalFacts best)
    {
        var (saved, ahead) = (1 / best.SamplesPerSecond - draw / count, training - best.SetupSeconds);
        return (saved > 0, ahead > 0) switch
        {
            (true, true) => $"It is worth it from {Figure(ahead / saved)} samples on.",
            (true, false) => "It is so from the first sample on.",
            (false, true) => $"It never is: {best.Name} gives {Figure(best.SamplesPerSecond)} samples per second, the network {Figure(count / draw)}.",
            (false, false) => $"From {Figure(ahead / saved)} samples on it is not: {best.Name} is slow to begin, and then faster.",
        };
    }

    // The same where it is the calls of the energy that cost.
    private string Calls(RivalFacts best)
    {
        if (EnergyCalls is not { } own || best is not { EnergyCalls: { } all, SetupCalls: { } setup }) return "";
        var each = (all - setup) / best.Samples;
        var (saved, ahead) = (each - EnergyCallsPerSample, own - setup);
        var when = saved > 0 ? ahead > 0 ? $"from {Figure(ahead / saved)} samples on" : "from the first sample on" : "never";
        return $" Where it is calls of the energy that cost, {best.Name} takes {Figure(setup)} and {Figure(each)} for each sample, the network {Figure(own)} and {Figure(EnergyCallsPerSample)}: it is worth it {when}.";
    }

    private string Doubt(RivalFacts best) =>
        EnergyCalls is null || own.EnergyDistance is not null ? "" : $" Without exact samples nothing says whether {best.Name}, or the network, came to every part of the density.";

    private static string Reasons(IReadOnlyList<RivalFacts> rivals) => string.Join("; ", rivals.Select(rival => $"{rival.Name}: {rival.Reason ?? (rival.EnergyCalls is null ? "its samples lie less evenly" : "its samples are farther from the density")}"));

    private static string Figure(double value) => value >= 1e5 ? value.ToString("0.#e0", CultureInfo.InvariantCulture) : value >= 100 ? Whole((long)Math.Round(value)) : ReportTable.Figure(value);

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
