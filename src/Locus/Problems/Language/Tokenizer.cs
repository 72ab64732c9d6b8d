using System.Globalization;

namespace Locus.Problems.Language;

/// <summary>Cuts an expression into numbers, names and symbols. A # begins a comment that ends with its line.</summary>
internal static class Tokenizer
{
    // Longest first: "<=" must not be read as "<" and "=".
    private static readonly string[] Symbols =
        ["<=", ">=", "==", "!=", "..", "+", "-", "*", "/", "^", "(", ")", "[", "]", ",", ":", "<", ">", "=", "≤", "≥"];

    /// <summary>The tokens of <paramref name="text"/>, the last one <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="Mistake">A character that no token has, or a number that no double holds.</exception>
    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c)) i++;
            else if (c == '#') i = text.IndexOf('\n', i) is var end and >= 0 ? end : text.Length;
            else tokens.Add(Next(text, ref i));
        }
        tokens.Add(new Token(TokenKind.End, text.Length, ""));
        return tokens;
    }

    private static Token Next(string text, ref int i)
    {
        var start = i;
        var c = text[i];
        if (char.IsAsciiDigit(c) || (c == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))) return Number(text, ref i);
        if (EntryName.IsStart(c))
        {
            while (i < text.Length && EntryName.IsPart(text[i])) i++;
            if (i - start > EntryName.MaximumLength) throw new Mistake(start, $"a name has at most {EntryName.MaximumLength} characters");
            return new Token(TokenKind.Name, start, text[start..i]);
        }
        if (c == '*' && At(text, i + 1) == '*') throw new Mistake(start, "powers are written with ^, not **");
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, i, symbol, 0, symbol.Length) != 0) continue;
            i += symbol.Length;
            return new Token(TokenKind.Symbol, start, Full(symbol));
        }
        var shown = Rune(text, start);
        throw new Mistake(start, c == '&' || c == '|'
            ? $"\"{shown}\" has no place in an expression: write all(a, b) or any(a, b)"
            : $"\"{shown}\" has no place in an expression");
    }

    private static string Full(string symbol) => symbol switch
    {
        "<" or "≤" => "<=",
        ">" or "≥" => ">=",
        "=" => "==",
        _ => symbol,
    };

    private static Token Number(string text, ref int i)
    {
        var start = i;
        Digits(text, ref i);
        // The dots of a range are not a decimal point: 0..4.
        if (At(text, i) == '.' && At(text, i + 1) != '.')
        {
            i++;
            Digits(text, ref i);
        }
        if (At(text, i) is 'e' or 'E')
        {
            var exponent = i + 1;
            if (At(text, exponent) is '+' or '-') exponent++;
            if (char.IsAsciiDigit(At(text, exponent)))
            {
                i = exponent;
                Digits(text, ref i);
            }
        }
        var written = text[start..i];
        var value = double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value)) throw new Mistake(start, $"the number {Shortened(written)} is too large");
        if (EntryName.IsPart(At(text, i)))
            throw new Mistake(i, $"expected an operator after {Shortened(written)}, found \"{At(text, i)}\"; a product is written with *");
        return new Token(TokenKind.Number, start, Shortened(written), value);
    }

    private static string Shortened(string number) => number.Length <= 40 ? number : number[..40] + "...";

    private static void Digits(string text, ref int i)
    {
        while (char.IsAsciiDigit(At(text, i))) i++;
    }

    private static char At(string text, int i) => i < text.Length ? text[i] : '\0';

    private static string Rune(string text, int i) => char.IsControl(text[i])
        ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}")
        : char.IsSurrogatePair(text, i) ? text.Substring(i, 2) : text[i].ToString();
}
