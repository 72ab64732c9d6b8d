using System.Text.RegularExpressions;

namespace Locus.Problems.Yaml;

/// <summary>
/// Finds a key without its colon. YAML takes it for a text that goes on in the next line, and complains there: about what follows, not about the key.
/// </summary>
internal static partial class MissingColon
{
    private static readonly HashSet<string> Sections = [.. DocumentReader.Keys];

    /// <summary>The key and where its colon should be; null where no line looks like that.</summary>
    /// <param name="text">The text of a problem file.</param>
    /// <param name="at">Where YAML complains.</param>
    public static (string Key, int At)? Before(string text, int at)
    {
        at = Math.Clamp(at, 0, text.Length);
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        // The line itself, or the last one before it that is neither empty nor a comment.
        if (Find(text, start) is { } here) return here;
        while (start > 0)
        {
            start = start == 1 ? 0 : text.LastIndexOf('\n', start - 2) + 1;
            var line = Line(text, start).Trim();
            if (line.Length > 0 && !line.StartsWith('#')) return Find(text, start);
        }
        return null;
    }

    /// <summary>The name in a key such as <c>x { size</c>, which YAML takes for one text; null for any other key.</summary>
    /// <param name="key">A key of the file.</param>
    public static string? Within(string key) => NameAndBrace().Match(key) is { Success: true } match ? match.Groups["key"].Value : null;

    /// <summary>What is told.</summary>
    /// <param name="key">The key.</param>
    public static string Message(string key) => $"a \":\" is missing after \"{key}\"";

    private static (string Key, int At)? Find(string text, int start)
    {
        if (KeyAlone().Match(Line(text, start)) is not { Success: true } match) return null;
        var (key, rest) = (match.Groups["key"], match.Groups["rest"].Value);
        // A word with others behind it is a key only if it is a known one: all else may be a text.
        var isKey = rest.Length == 0 || rest.StartsWith('{') || (key.Index == 0 && Sections.Contains(key.Value));
        return isKey ? (key.Value, start + key.Index + key.Length) : null;
    }

    private static string Line(string text, int start) => text.IndexOf('\n', start) is var end and >= 0 ? text[start..end] : text[start..];

    [GeneratedRegex(@"^ *(?<key>[A-Za-z_]\w*)(?: +(?<rest>[^:#\s{][^:#]*|\{.*))? *(?:#.*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyAlone();

    [GeneratedRegex(@"^(?<key>[A-Za-z_]\w*) *\{", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameAndBrace();
}
