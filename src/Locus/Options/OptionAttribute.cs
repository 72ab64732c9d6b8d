namespace Locus.Options;

/// <summary>Says what an option does, why its default is what it is, and which values make sense. The docs table and the error messages are made from it.</summary>
/// <param name="purpose">One or two sentences: what it does, and the reason of the default.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string purpose) : Attribute
{
    /// <summary>What the option does and why its default is what it is.</summary>
    public string Purpose { get; } = purpose;

    /// <summary>Smallest value allowed (numbers and list entries only).</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value allowed (numbers and list entries only).</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Min"/> itself is excluded.</summary>
    public bool Above { get; init; }

    /// <summary>
    /// With which values of other options this one does anything: "localSearch" (true), "process=variance-preserving", "timeEmbedding=fourier|harmonic"; such terms joined by "and", and these by "or".
    /// Null where it always does. Names are those beside it in its record, or those of the whole.
    /// </summary>
    public string? With { get; init; }

    /// <summary>Whether a network knows no other value than the one it was trained with.</summary>
    public bool Trained { get; init; }
}
