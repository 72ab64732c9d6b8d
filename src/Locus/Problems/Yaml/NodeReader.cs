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
    private int reached;

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
        reader.Take();
        if (reader.Take() is StreamEnd) return null;
        var root = reader.Next(reader.Take(), 0);
        reader.Take();
        var end = reader.Take();
        return end is StreamEnd ? root : throw reader.Stop((int)end.Start.Index, "a problem file has one document: remove this \"---\"");
    }

    // The next event; the end of a list or of keys is one too.
    private ParsingEvent Take()
    {
        try
        {
            if (!events.MoveNext()) throw Stop(source.Text.Length, "the text ends too early");
            reached = (int)events.Current!.End.Index;
            return events.Current;
        }
        catch (YamlException e)
        {
            if (Tab() is { } tab) throw Stop(tab, "a tab in the indentation: YAML is indented with spaces");
            if (MissingColon.Before(source.Text, (int)e.Start.Index) is var (key, colon)) throw Stop(colon, MissingColon.Message(key));
            throw Stop((int)e.Start.Index, Explained(e.Message));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException
            or NullReferenceException or OverflowException)
        {
            // The scanner has states that it did not foresee, for texts that are not YAML.
            throw Stop(reached, Explained("the text after this place has no meaning"));
        }
    }

    // The first tab that indents a line: what YAML says about it is far from the place.
    private int? Tab()
    {
        var indents = true;
        for (var i = 0; i < source.Text.Length; i++)
        {
            var c = source.Text[i];
            if (c == '\t' && indents) return i;
            indents = c == '\n' || (indents && c == ' ');
        }
        return null;
    }

    private Node Next(ParsingEvent start, int depth)
    {
        var at = (int)start.Start.Index;
        if (depth > MaximumDepth) throw Stop(at, $"more than {MaximumDepth} levels of lists and keys");
        if (start is AnchorAlias)
            throw Stop(at, "\"*\" begins an alias in YAML, which problem files do not have: put the text in quotes, or use definitions");
        if (start is NodeEvent node && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty))
            throw Stop(at, "\"&\" and \"!\" begin anchors and tags in YAML, which problem files do not have: put the text in quotes");
        switch (start)
        {
            case Scalar scalar:
                return Text(scalar);
            case SequenceStart when brackets.TryGetValue(at, out var end):
                Take();
                return new TextNode(at, source.Text[at..end], source.Text[at..end], at);
            case SequenceStart:
                var items = new List<Node>();
                for (var item = Take(); item is not SequenceEnd; item = Take()) items.Add(Next(item, depth + 1));
                return new ListNode(at, items);
            case MappingStart:
                return Map(at, depth);
            default:
                throw Stop(at, "expected a value");
        }
    }

    private MapNode Map(int at, int depth)
    {
        var entries = new List<(TextNode Key, Node Value)>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var item = Take(); item is not MappingEnd; item = Take())
        {
            var key = Next(item, depth + 1);
            var value = Next(Take(), depth + 1);
            if (key is TextNode { Offset: >= 0 } k && MissingColon.Within(k.Value) is { } name) throw Stop(k.Start + name.Length, MissingColon.Message(name));
            if (key is not TextNode text) source.Report(key.Start, $"a key is a text, not {key.Shown}");
            else if (!keys.Add(text.Value)) source.Report(key.Start, $"the key {text.Shown} stands here twice");
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

    private ProblemException Stop(int at, string message)
    {
        source.Report(at, message);
        return source.Failure();
    }

    private static string Explained(string message)
    {
        var advice = message switch
        {
            _ when message.Contains("cannot start any token", StringComparison.Ordinal) => "put the text in quotes",
            _ when message.Contains("expected key", StringComparison.Ordinal) => "check the indentation: keys of one level begin in the same column",
            _ when message.Contains("'-' indicator", StringComparison.Ordinal) => "check the indentation: items of one list begin in the same column",
            _ when message.Contains("',' or", StringComparison.Ordinal) => "within { }, a text with brackets or commas needs quotes",
            _ => "check the indentation, and put texts with : or # in quotes",
        };
        return $"this is not YAML ({message.TrimEnd('.').Trim()}): {advice}";
    }
}
