using System.Globalization;

namespace Locus.Gallery;

/// <summary>Problems of one kind in any size, whose names end in a number: many-well-16.</summary>
/// <param name="Name">The name without the number: many-well.</param>
/// <param name="Numbers">Which numbers there are, in words.</param>
/// <param name="Has">Whether a number is one of them.</param>
/// <param name="Entry">The problem of a number.</param>
public sealed record GalleryFamily(string Name, string Numbers, Func<int, bool> Has, Func<int, GalleryProblem> Entry)
{
    /// <summary>The problem of this name; null where it is not one of the family.</summary>
    /// <param name="name">A name, compared letter by letter.</param>
    public GalleryProblem? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return int.TryParse(name.AsSpan(name.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && name == $"{Name}-{number}" && Has(number) ? Entry(number) : null;
    }

    /// <summary>Whether a name is that of the family, or begins as its names do.</summary>
    /// <param name="name">A name.</param>
    public bool IsNear(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name == Name || name.StartsWith($"{Name}-", StringComparison.Ordinal);
    }

    /// <summary>What there is, in words: many-well-N, N even from 2 to 512.</summary>
    public override string ToString() => $"{Name}-N, N {Numbers}";
}
