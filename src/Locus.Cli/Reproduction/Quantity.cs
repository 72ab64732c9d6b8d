using System.Text.Json;
using Locus.Diagnostics;

namespace Locus.Cli.Reproduction;

/// <summary>A number of a run of an energy, as tables show it and as <see cref="NumbersFile"/> keeps it.</summary>
internal enum Quantity
{
    /// <summary>The true log Z.</summary>
    LogZ,

    /// <summary>Lower bound of log Z.</summary>
    LowerBound,

    /// <summary>Estimate of log Z by weights.</summary>
    ByWeights,

    /// <summary>Upper bound of log Z.</summary>
    UpperBound,

    /// <summary>W2 to exact samples.</summary>
    Transport,

    /// <summary>W2 between two sets of exact samples.</summary>
    TransportFloor,

    /// <summary>Deviation of that floor over pairs of sets.</summary>
    TransportFloorDeviation,

    /// <summary>Energy distance to exact samples.</summary>
    EnergyDistance,

    /// <summary>Energy distance between two sets of exact samples.</summary>
    EnergyDistanceFloor,

    /// <summary>What the training took.</summary>
    Seconds,

    /// <summary>Threads of the training.</summary>
    Threads,
}

/// <summary>Where a number stands in a report.</summary>
internal static class Quantities
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> All { get; } = Enum.GetValues<Quantity>();

    /// <summary>The column's name: lowerBound.</summary>
    public static string Name(this Quantity quantity) => JsonNamingPolicy.CamelCase.ConvertName($"{quantity}");

    /// <summary>The number in a report; NaN where the run has none.</summary>
    public static double Of(this Quantity quantity, Report report) => quantity switch
    {
        Quantity.LogZ => report.Energy?.LogZTrue,
        Quantity.LowerBound => report.Energy?.LowerBound,
        Quantity.ByWeights => report.Energy?.LogZ,
        Quantity.UpperBound => report.Energy?.UpperBound,
        Quantity.Transport => report.Transport?.Wasserstein2.Value,
        Quantity.TransportFloor => report.Transport?.Wasserstein2.Floor,
        Quantity.TransportFloorDeviation => report.Transport?.Wasserstein2.FloorDeviation,
        Quantity.EnergyDistance => report.Raw.EnergyDistance,
        Quantity.EnergyDistanceFloor => report.Raw.EnergyDistanceFloor,
        Quantity.Seconds => report.Training?.Seconds,
        Quantity.Threads => report.Training?.Threads,
        _ => throw new ArgumentOutOfRangeException(nameof(quantity), quantity, "there is no such number"),
    } ?? double.NaN;
}
