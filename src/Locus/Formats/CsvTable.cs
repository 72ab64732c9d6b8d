namespace Locus.Formats;

/// <summary>A csv file of numbers.</summary>
/// <param name="Comments">The lines that began with '#', without it and the blank behind it.</param>
/// <param name="Names">The names of the D columns.</param>
/// <param name="Values">[N, D], row by row.</param>
public sealed record CsvTable(IReadOnlyList<string> Comments, IReadOnlyList<string> Names, double[] Values)
{
    /// <summary>Number of rows N.</summary>
    public int Count => Values.Length / Names.Count;

    /// <summary>Row <paramref name="row"/>, [D].</summary>
    /// <param name="row">0 to Count - 1.</param>
    public ReadOnlySpan<double> this[int row] => Values.AsSpan(row * Names.Count, Names.Count);
}
