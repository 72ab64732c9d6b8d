namespace Locus.Problems.Yaml;

/// <summary>
/// Keys with values of which only some keys are known. An unknown one is reported with the nearest known one, and stands for it where that is
/// missing: one mistake, one message.
/// </summary>
internal sealed class Section
{
    private readonly SourceText source;
    private readonly MapNode map;
    private readonly string owner;
    private readonly Dictionary<string, Node> misspelt = [];

    /// <summary>The section <paramref name="map"/> of <paramref name="owner"/>, such as "a variable".</summary>
    public Section(SourceText source, MapNode map, IReadOnlyList<string> keys, string owner)
    {
        (this.source, this.map, this.owner) = (source, map, owner);
        foreach (var (key, value) in map.Entries)
        {
            if (keys.Contains(key.Value)) continue;
            var meant = Suggestion.Nearest(key.Value, keys);
            var advice = meant is null ? $"; {owner} has {string.Join(", ", keys)}" : $"; did you mean \"{meant}\"?";
            source.Report(key.Start, $"the key {key.Shown} is not known{advice}");
            if (meant is not null) misspelt.TryAdd(meant, value);
        }
    }

    /// <summary>The value of a key; null where it is missing.</summary>
    public Node? Find(string key) => map.Entries.FirstOrDefault(entry => entry.Key.Value == key).Value ?? misspelt.GetValueOrDefault(key);

    /// <summary>The text of a key; null where it is missing or not a text.</summary>
    public string? Text(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case TextNode text:
                return text.Value;
            case var other:
                source.Report(other.Start, $"{key} is a text, not {other.Shown}");
                return null;
        }
    }

    /// <summary>Reports a key that must be there and is not.</summary>
    public void Require(string key, string example)
    {
        if (Find(key) is null or TextNode { Value.Length: 0 })
            source.Report(Find(key)?.Start ?? map.Start, $"{owner} needs the key \"{key}\", such as {example}");
    }
}
