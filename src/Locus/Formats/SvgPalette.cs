namespace Locus.Formats;

/// <summary>The few colours of the pictures: told apart by people who see red and green alike, and in grey print.</summary>
public static class SvgPalette
{
    /// <summary>Behind everything: light also on a dark page, since the other colours are chosen for it.</summary>
    public const string Background = "#ffffff";

    /// <summary>Titles and names.</summary>
    public const string Ink = "#1f2933";

    /// <summary>Axes and the numbers on them.</summary>
    public const string Faint = "#66727f";

    /// <summary>Lines behind the data.</summary>
    public const string Grid = "#e8ebee";

    /// <summary>A filled region under points.</summary>
    public const string Region = "#d5e3ee";

    /// <summary>What comes first and what comes in great numbers.</summary>
    public const string Blue = "#1f5f99";

    /// <summary>What is set against it.</summary>
    public const string Orange = "#d97706";

    /// <summary>A third kind.</summary>
    public const string Green = "#2f855a";

    /// <summary>A fourth kind.</summary>
    public const string Violet = "#7c4d9e";

    /// <summary>The colours that series take in turn.</summary>
    public static IReadOnlyList<string> Series { get; } = [Blue, Orange, Green, Violet];
}
