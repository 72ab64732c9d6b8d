using Locus.Engine.Random;
using Locus.Problems;
using Locus.Training;

namespace Locus.Diagnostics;

/// <summary>Measures samples against the points that their network learned, in the network's coordinates, where no variable's unit counts more than another's.</summary>
public static class FitMeasurement
{
    /// <summary>Measures samples.</summary>
    /// <param name="state">The training that the points were drawn for.</param>
    /// <param name="raw">Samples as the network gives them, in the user's units [N, D].</param>
    /// <param name="projected">The same moved onto the set; null where they were not.</param>
    /// <param name="key">Key of the choice of points.</param>
    /// <param name="options">How many are compared.</param>
    /// <param name="threads">Threads to use, at least 1.</param>
    /// <param name="cancellation">Ends the computation with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Null where there are no such points, and for problems with parameters, whose samples are drawn for other values than the points.</returns>
    public static FitFacts? Of(TrainingState state, Points raw, Points? projected, Key key, QualityOptions options, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(options);
        if (state.Problem.ConditionCount > 0 || state.Learned is not { } learned) return null;
        var count = Math.Min(Math.Min(options.EnergyCount, raw.Count), learned.Count / (2 * options.FloorPairs));
        if (count == 0 || !Array.TrueForAll(raw.Values, double.IsFinite)) return null;
        var order = new int[learned.Count];
        Draws.Permutation(key.Fold("learned points"), order);
        var standard = state.Standard;
        Variable[] variables = [.. state.Problem.Variables.Select((x, d) => x with { Lower = (x.Lower - standard.Center[d]) / standard.Scale[d], Upper = (x.Upper - standard.Center[d]) / standard.Scale[d] })];
        var floor = EnergyFloor.Of(new SetPairs(set => learned.Pick(new ArraySegment<int>(order, set * count, count)), options.FloorPairs), count, threads, variables, cancellation);
        double Distance(Points samples) => floor.DistanceOf(Standardized(samples, count, standard), count, threads, cancellation);
        var (face, gap) = FaceGap.Of(state.Problem, InUnits(learned, standard), raw, threads, cancellation);
        return new FitFacts(count, Distance(raw), floor.Mean, projected is null ? null : Distance(projected)) { Face = face, FaceGap = gap, Weighable = ImportanceWeights.WhyNot(state.Problem) is null };
    }

    private static Points InUnits(Points standardized, Standardization standard)
    {
        var points = new Points(standardized.Count, standardized.Dimension);
        for (var i = 0; i < points.Count; i++)
            for (var d = 0; d < points.Dimension; d++) points.Row(i)[d] = standard.Center[d] + standard.Scale[d] * standardized[i][d];
        return points;
    }

    private static Points Standardized(Points samples, int count, Standardization standard)
    {
        var standardized = new Points(count, samples.Dimension);
        for (var i = 0; i < count; i++)
            for (var d = 0; d < samples.Dimension; d++) standardized.Row(i)[d] = (samples[i][d] - standard.Center[d]) / standard.Scale[d];
        return standardized;
    }
}
