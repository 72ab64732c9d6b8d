using Locus.Problems.Language;

namespace Locus.Problems.Yaml;

/// <summary>Reads definitions: names for expressions, in order; each may use those above it.</summary>
internal sealed class DefinitionReader(SourceText source, Evaluation evaluation)
{
    /// <summary>Most definitions in a file.</summary>
    public const int MaximumCount = 20_000;

    /// <summary>Reads the section; a missing one defines nothing.</summary>
    public void Read(Node? node)
    {
        if (node is null or TextNode { Value.Length: 0 }) return;
        if (node is not MapNode map)
        {
            source.Report(node.Start, $"expected names with expressions, such as r: norm(x), found {node.Shown}");
            return;
        }
        if (map.Entries.Count > MaximumCount)
        {
            source.Report(node.Start, $"more than {MaximumCount} definitions");
            return;
        }
        var good = map.Entries.Where(entry => IsFree(entry.Key)).ToList();
        foreach (var (key, _) in good) evaluation.Scope.Announce(key.Value);
        foreach (var (key, value) in good) evaluation.Scope.Set(key.Value, Value(value, 0));
    }

    private bool IsFree(TextNode key)
    {
        var message =
            !EntryName.IsIdentifier(key.Value) ? $"{key.Shown} is no name: use letters, digits and _, beginning with a letter"
            : FunctionTable.IsReserved(key.Value) ? $"\"{key.Value}\" is a word of the problem language and cannot be defined"
            : evaluation.Scope.Knows(key.Value) ? $"the name {key.Shown} is taken twice"
            : null;
        if (message is not null) source.Report(key.Start, message);
        return message is null;
    }

    private Value? Value(Node node, int depth)
    {
        if (node is TextNode text) return evaluation.Value(text);
        if (node is ListNode list && depth < 4)
        {
            var items = list.Items.Select(item => Value(item, depth + 1)).ToList();
            if (items.Contains(null)) return null;
            var sequence = new Sequence(items!);
            if (sequence.Depth <= 4 && !items.Exists(item => item is ConstraintValue)) return sequence;
        }
        source.Report(node.Start, $"expected an expression or a list of at most 4 levels, found {node.Shown}");
        return null;
    }
}
