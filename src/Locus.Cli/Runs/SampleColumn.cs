namespace Locus.Cli.Runs;

/// <summary>A number for each sample, besides its coordinates and parameters.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Values">[N].</param>
/// <param name="Words">What the whole numbers from 0 on mean, where texts can say it; null for numbers that are such.</param>
internal sealed record SampleColumn(string Name, IReadOnlyList<double> Values, IReadOnlyList<string>? Words = null);
