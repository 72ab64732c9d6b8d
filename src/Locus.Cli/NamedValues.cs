using System.Globalization;

namespace Locus.Cli;

/// <summary>Values of an option that has the form NAME=VALUE and may be given again.</summary>
internal static class NamedValues
{
    /// <summary>name=value pairs, as --given and --set take them.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="texts">Its values.</param>
    /// <exception cref="LocusException">Some are not of that form: all of them in one message.</exception>
    public static List<KeyValuePair<string, string>> Pairs(string option, IEnumerable<string> texts)
    {
        var pairs = texts.Select(text => (text, at: text.IndexOf('=', StringComparison.Ordinal))).ToList();
        var mistakes = pairs.Where(p => p.at < 1).Select(p => $"{option} takes name=value, not '{p.text}'").ToList();
        if (mistakes.Count > 0) throw new LocusException(string.Join(Environment.NewLine, mistakes));
        return [.. pairs.Select(p => KeyValuePair.Create(p.text[..p.at].Trim(), p.text[(p.at + 1)..].Trim()))];
    }

    /// <summary>name=number pairs.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="texts">Its values.</param>
    /// <param name="judge">What else may be wrong with a name and its value: a message, or null where nothing is.</param>
    /// <exception cref="LocusException">Some are not of that form: all of them in one message.</exception>
    public static Dictionary<string, double> Numbers(string option, IEnumerable<string> texts, Func<string, string, string?>? judge = null)
    {
        var pairs = new List<KeyValuePair<string, double>>();
        var mistakes = new List<string>();
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            var (name, number) = at < 1 ? ("", "") : (text[..at].Trim(), text[(at + 1)..].Trim());
            if (at < 1) mistakes.Add($"{option} takes name=value, not '{text}'");
            else if (judge?.Invoke(name, number) is { } mistake) mistakes.Add(mistake);
            else if (!double.TryParse(number, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)) mistakes.Add($"{option} {name}: '{number}' is not a number");
            else pairs.Add(KeyValuePair.Create(name, value));
        }
        mistakes.AddRange(pairs.GroupBy(p => p.Key).Where(g => g.Count() > 1).Select(g => $"{option} names '{g.Key}' more than once"));
        return mistakes.Count == 0 ? pairs.ToDictionary() : throw new LocusException(string.Join(Environment.NewLine, mistakes));
    }
}
