namespace Locus.Diagnostics;

/// <summary>What is measured on samples, and how finely.</summary>
public sealed record QualityOptions
{
    /// <summary>Success is the share of samples with slack below a threshold; each threshold is above 0, in the unit of the slack.</summary>
    public IReadOnlyList<double> Thresholds { get; init; } = [1e-2, 1e-3, 1e-4, 1e-6, 1e-9];

    /// <summary>Quantiles of the slack, each in 0 to 1.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [0.5, 0.9, 0.99];

    /// <summary>At most so many samples enter the energy distance; the default makes it comparable from report to report.</summary>
    public int EnergyCount { get; init; } = 5000;

    /// <summary>At most so many samples enter the distances by transport, as in published numbers; time and memory grow by its square and more.</summary>
    public int TransportCount { get; init; } = 2000;

    /// <summary>e of the Sinkhorn divergence, in squared units of the coordinates, above 0; 0.001 as published.</summary>
    public double SinkhornEpsilon { get; init; } = 1e-3;

    /// <summary>Pairs of exact sample sets behind the floor of a distance, at least 2.</summary>
    public int FloorPairs { get; init; } = 5;

    /// <summary>Half width of the boundary layer in the unit of the constraints, above 0.</summary>
    public double BoundaryDistance { get; init; } = 0.01;

    /// <summary>Everything that is wrong with these options; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> wrong = [];
        foreach (var threshold in Thresholds)
            if (!(threshold > 0 && double.IsFinite(threshold))) wrong.Add($"threshold {threshold} is not a positive number");
        foreach (var quantile in Quantiles)
            if (!(quantile is >= 0 and <= 1)) wrong.Add($"quantile {quantile} is not in 0 to 1");
        if (EnergyCount < 1) wrong.Add($"energy count is {EnergyCount}; give at least 1");
        if (TransportCount is < 1 or > 20_000) wrong.Add($"transport count is {TransportCount}; give 1 to 20000");
        if (!(SinkhornEpsilon > 0 && double.IsFinite(SinkhornEpsilon))) wrong.Add($"sinkhorn epsilon {SinkhornEpsilon} is not a positive number");
        if (FloorPairs < 2) wrong.Add($"floor pairs is {FloorPairs}; a spread needs at least 2");
        if (!(BoundaryDistance > 0 && double.IsFinite(BoundaryDistance))) wrong.Add($"boundary distance {BoundaryDistance} is not a positive number");
        return wrong;
    }
}
