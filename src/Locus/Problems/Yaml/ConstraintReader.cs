using Locus.Expressions;
using Locus.Problems.Language;

namespace Locus.Problems.Yaml;

/// <summary>Reads constraints: texts, combined by the keys all and any.</summary>
internal sealed class ConstraintReader(SourceText source, Evaluation evaluation)
{
    private readonly List<int> places = [];
    private int section;

    /// <summary>What has been read.</summary>
    public List<Constraint> Constraints { get; } = [];

    /// <summary>Reads the section.</summary>
    public void Read(Node? node)
    {
        section = node?.Start ?? 0;
        if (node is null or TextNode { Value.Length: 0 }) return;
        foreach (var (constraint, place, text) in Members(node))
        {
            Constraints.Add(Labelled(constraint, text));
            places.Add(place);
        }
    }

    /// <summary>The place of a constraint; of the section for -1.</summary>
    public int Place(int index) => index < 0 ? section : places[index];

    private IEnumerable<(Constraint Constraint, int Place, string Text)> Members(Node node)
    {
        switch (node)
        {
            case ListNode list:
                return list.Items.SelectMany(item => item is TextNode or MapNode ? Members(item) : Wrong(item));
            case MapNode map:
                return map.Entries.Select(entry => Combined(entry.Key, entry.Value)).OfType<(Constraint, int, string)>().ToList();
            default:
                return OfText((TextNode)node);
        }
    }

    private (Constraint Constraint, int Place, string Text)? Combined(TextNode key, Node value)
    {
        if (key.Value is not ("all" or "any"))
        {
            var suggestion = Suggestion.For(key.Value, ["all", "any"]);
            var advice = suggestion.Length > 0 ? suggestion : "; a text that contains \": \" needs quotes";
            source.Report(key.Start, $"expected a constraint such as norm(x) <= 1, or the key all or any, found the key {key.Shown}{advice}");
            return null;
        }
        var members = Members(value).Select(member => member.Constraint).ToList();
        return members.Count == 0 ? null : (key.Value == "all" ? Functions.All(members) : Functions.Any(members), key.Start, "");
    }

    private List<(Constraint Constraint, int Place, string Text)> OfText(TextNode node)
    {
        if (node.Value.Length == 0) return Wrong(node);
        var text = string.Join(' ', node.Expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var result = new List<(Constraint, int, string)>();
        var values = evaluation.Values(node) ?? [];
        foreach (var value in values)
        {
            if (value is ConstraintValue { Constraint: var constraint }) result.Add((constraint, node.Start, values.Count == 1 ? text : ""));
            else source.Report(node.Start, $"expected a constraint such as norm(x) <= 1, found {value.Shown}: compare it by <=, >= or ==");
        }
        return result;
    }

    private List<(Constraint Constraint, int Place, string Text)> Wrong(Node node)
    {
        source.Report(node.Start, $"expected a constraint such as norm(x) <= 1, or the key all or any, found {node.Shown}");
        return [];
    }

    // Reports name a constraint by its text.
    private static Constraint Labelled(Constraint constraint, string text) => text.Length is 0 or > 100 ? constraint : constraint switch
    {
        Inequality inequality => new Inequality(inequality.Value) { Label = text },
        Equality equality => new Equality(equality.Value) { Label = text },
        AllOf all => new AllOf(all.Members) { Label = text },
        AnyOf any => new AnyOf(any.Members) { Label = text },
        _ => constraint,
    };
}
