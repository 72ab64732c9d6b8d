namespace Locus.Problems.Language;

/// <summary>A mistake after which an expression cannot be read further; it ends up as a <see cref="Finding"/>.</summary>
internal sealed class Mistake(int at, string message) : Exception(message)
{
    /// <summary>Where, as an offset into the expression.</summary>
    public int At { get; } = at;
}
