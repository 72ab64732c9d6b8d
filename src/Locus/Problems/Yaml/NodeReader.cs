using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Locus.Problems.Yaml;

/// <summary>
/// Reads a text into nodes that know their place. A problem file needs a small part of YAML; anchors, aliases, tags and further
/// documents are mistakes, and the depth is limited, so that a short text cannot grow into a large one.
/// </summary>
internal sealed class NodeReader
{
    /// <summary>Most levels of lists and keys within each other.</summary>
    public const int MaximumDepth = 30;

    private readonly SourceText source;
    private readonly IReadOnlyDictionary<int, int> brackets;
    private readonly Parser events;

    private NodeReader(SourceText source)
    {
        this.source = source;
        (var masked, brackets) = BracketMask.Of(source.Text);
        events = new Parser(new Scanner(new StringReader(masked), skipComments: true));
    }

    /// <summary>The document's root; null for an empty document.</summary>
    /// <exception cref="ProblemException">The text is not YAML, or uses a part of it that problem files do not have.</exception>
    public static Node? Read(SourceText source)
    {
        var reader = new NodeReader(source);
        try
        {
            reader.events.Consume<StreamStart>();
            if (reader.events.Accept<StreamEnd>(out _)) return null;
            reader.events.Consume<DocumentStart>();
            var root = reader.Next(0);
            reader.events.Consume<DocumentEnd>();
            if (!reader.events.Accept<StreamEnd>(out var more)) throw reader.Stop(more ?? reader.events.Current!, "a problem file has one document: remove this \"---\"");
            return root;
        }
        catch (YamlException e)
        {
            source.Report((int)e.Start.Index, Explained(e.Message));
            throw source.Failure();
        }
    }

    private Node Next(int depth)
    {
        var start = events.Consume<ParsingEvent>();
        if (depth > MaximumDepth) throw Stop(start, $"more than {MaximumDepth} levels of lists and keys");
        if (start is AnchorAlias) throw Stop(start, "\"*\" begins an alias in YAML, which problem files do not have: put the text in quotes, or use definitions");
        if (start is NodeEvent node && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty))
            throw Stop(start, "\"&\" and \"!\" begin anchors and tags in YAML, which problem files do not have: put the text in quotes");
        var at = (int)start.Start.Index;
        switch (start)
        {
            case Scalar scalar:
                return Text(scalar);
            case SequenceStart when brackets.TryGetValue(at, out var end):
                events.Consume<SequenceEnd>();
                return new TextNode(at, source.Text[at..end], source.Text[at..end], at);
            case SequenceStart:
                var items = new List<Node>();
                while (!events.TryConsume<SequenceEnd>(out _)) items.Add(Next(depth + 1));
                return new ListNode(at, items);
            case MappingStart:
                return Map(at, depth);
            default:
                throw Stop(start, "expected a value");
        }
    }

    private MapNode Map(int at, int depth)
    {
        var entries = new List<(TextNode Key, Node Value)>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!events.TryConsume<MappingEnd>(out _))
        {
            var key = Next(depth + 1);
            var value = Next(depth + 1);
            if (key is not TextNode text) source.Report(key.Start, $"a key is a text, not {key.Shown}");
            else if (!keys.Add(text.Value)) source.Report(key.Start, $"the key \"{text.Value}\" stands here twice");
            else entries.Add((text, value));
        }
        return new MapNode(at, entries);
    }

    private TextNode Text(Scalar scalar)
    {
        var (start, end) = ((int)scalar.Start.Index, (int)scalar.End.Index);
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            // The first line holds | or > alone.
            var first = source.Text.IndexOf('\n', start, end - start) + 1;
            if (first > 0) return new TextNode(start, scalar.Value, source.Text[first..end], first);
        }
        else if (scalar.Style == ScalarStyle.Plain)
        {
            return new TextNode(start, scalar.Value, source.Text[start..end].TrimEnd(), start);
        }
        else if (end - start >= 2 && source.Text[(start + 1)..(end - 1)] is var inner && inner.AsSpan().IndexOfAny('\\', '\'', '"') < 0)
        {
            return new TextNode(start, scalar.Value, inner, start + 1);
        }
        return new TextNode(start, scalar.Value, scalar.Value, -1);
    }

    private ProblemException Stop(ParsingEvent place, string message)
    {
        source.Report((int)place.Start.Index, message);
        return source.Failure();
    }

    private static string Explained(string message)
    {
        var advice = message switch
        {
            _ when message.Contains("cannot start any token", StringComparison.Ordinal) => "put the text in quotes, and indent with spaces, not tabs",
            _ when message.Contains("expected key", StringComparison.Ordinal) => "check the indentation: keys of one level begin in the same column",
            _ when message.Contains("'-' indicator", StringComparison.Ordinal) => "check the indentation: items of one list begin in the same column",
            _ when message.Contains("',' or", StringComparison.Ordinal) => "within { }, a text with brackets or commas needs quotes",
            _ => "check the indentation, and put texts with : or # in quotes",
        };
        return $"this is not YAML ({message.TrimEnd('.').Trim()}): {advice}";
    }
}
