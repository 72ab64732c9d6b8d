namespace Locus.Problems.Language;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Number,
    Name,
    Symbol,
    End,
}

/// <summary>One word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins, as an offset into the expression.</param>
/// <param name="Text">As written; a comparison in its full form (&lt;= for &lt;, == for =).</param>
/// <param name="Number">Its value, for numbers.</param>
internal readonly record struct Token(TokenKind Kind, int Start, string Text, double Number = 0)
{
    /// <summary>Is it this symbol or word?</summary>
    public bool Is(string text) => Kind is TokenKind.Symbol or TokenKind.Name && Text == text;

    /// <summary>How a message names it.</summary>
    public string Shown => Kind == TokenKind.End ? "the end" : $"\"{Text}\"";
}
