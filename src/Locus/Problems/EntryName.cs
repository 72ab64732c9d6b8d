using System.Globalization;

namespace Locus.Problems;

/// <summary>A name of a scalar ("load", Index -1) or of one entry of a vector ("q[0]").</summary>
/// <param name="Base">The name without its index.</param>
/// <param name="Index">The entry, or -1 for a scalar.</param>
internal readonly record struct EntryName(string Base, int Index)
{
    /// <summary>Most characters of a name, without an index.</summary>
    public const int MaximumLength = 100;

    /// <summary>The name of entry <paramref name="index"/> of the vector <paramref name="name"/>.</summary>
    public static string Of(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]");

    /// <summary>Takes a name apart; false where it is neither a scalar's nor an entry's name.</summary>
    public static bool TryParse(string? text, out EntryName name)
    {
        name = default;
        if (string.IsNullOrEmpty(text)) return false;
        var open = text.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            name = new EntryName(text, -1);
            return IsIdentifier(text);
        }
        if (!int.TryParse(text.AsSpan(open + 1).TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return false;
        name = new EntryName(text[..open], index);
        return IsIdentifier(name.Base) && Of(name.Base, index) == text;
    }

    /// <summary>A letter or underscore, then letters, digits and underscores; ASCII.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length is > 0 and <= MaximumLength && IsStart(text[0]) && text.All(IsPart);

    /// <summary>May a name begin with this character?</summary>
    public static bool IsStart(char c) => char.IsAsciiLetter(c) || c == '_';

    /// <summary>May this character stand in a name?</summary>
    public static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
