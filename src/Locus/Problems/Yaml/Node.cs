namespace Locus.Problems.Yaml;

/// <summary>A part of a YAML document.</summary>
/// <param name="Start">Where it begins, as an offset into the text.</param>
internal abstract record Node(int Start)
{
    /// <summary>How a message names it.</summary>
    public abstract string Shown { get; }
}

/// <summary>A text: a scalar of YAML, or everything between [ and ].</summary>
/// <param name="Start">Where it begins, as an offset into the text.</param>
/// <param name="Value">What YAML makes of it.</param>
/// <param name="Expression">The same as it stands in the file, for the expression language.</param>
/// <param name="Offset">Where <paramref name="Expression"/> begins; -1 if its characters do not stand in the file as they are (escapes).</param>
internal sealed record TextNode(int Start, string Value, string Expression, int Offset) : Node(Start)
{
    public override string Shown => Value.Length == 0 ? "nothing" : Value.Length <= 40 ? $"\"{Value}\"" : $"\"{Value[..40]}...\"";

    /// <summary>The place in the file of a place in the expression.</summary>
    public int Place(int at) => Offset < 0 ? Start : Offset + at;
}

/// <summary>A list, each item on a line of its own with a dash.</summary>
internal sealed record ListNode(int Start, IReadOnlyList<Node> Items) : Node(Start)
{
    public override string Shown => "a list";
}

/// <summary>Keys with values.</summary>
internal sealed record MapNode(int Start, IReadOnlyList<(TextNode Key, Node Value)> Entries) : Node(Start)
{
    public override string Shown => "keys with values";
}
