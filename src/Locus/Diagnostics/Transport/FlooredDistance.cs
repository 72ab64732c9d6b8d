namespace Locus.Diagnostics.Transport;

/// <summary>A distance of samples from exact ones beside what exact ones have among themselves.</summary>
/// <param name="Value">Of the samples, mean over several exact sets.</param>
/// <param name="Floor">Of exact sets of that size, mean over independent pairs.</param>
/// <param name="FloorDeviation">Standard deviation of a pair.</param>
public sealed record FlooredDistance(double Value, double Floor, double FloorDeviation);
