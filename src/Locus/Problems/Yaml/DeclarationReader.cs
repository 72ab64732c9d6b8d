using Locus.Expressions;
using Locus.Problems.Language;

namespace Locus.Problems.Yaml;

/// <summary>Reads variables or parameters: names with size, box or range, unit, and whether they are periodic.</summary>
/// <param name="source">Takes the mistakes.</param>
/// <param name="evaluation">Reads the numbers.</param>
/// <param name="interval">The key of an entry's interval: box or range.</param>
/// <param name="kind">What is declared, for messages.</param>
internal sealed class DeclarationReader(SourceText source, Evaluation evaluation, string interval, string kind)
{
    private readonly List<Entry> entries = [];
    private readonly List<(string Name, int First, int Count, bool Vector)> groups = [];
    private int section;

    private sealed record Entry(string Name, double Lower, double Upper, string? Unit, bool Periodic, int Place);

    /// <summary>Reads the section; a missing one declares nothing.</summary>
    public void Read(Node? node)
    {
        section = node?.Start ?? 0;
        if (node is null or TextNode { Value.Length: 0 }) return;
        if (node is not MapNode map)
        {
            source.Report(node.Start, $"expected names with their properties, such as x: {{ {interval}: [-1, 1] }}, found {node.Shown}");
            return;
        }
        foreach (var (key, value) in map.Entries) ReadOne(key, value);
    }

    /// <summary>The entries as variables, [D].</summary>
    public IReadOnlyList<Variable> Variables() => [.. entries.Select(e => new Variable(e.Name, e.Lower, e.Upper, e.Unit, e.Periodic))];

    /// <summary>The entries as parameters, [C].</summary>
    public IReadOnlyList<Parameter> Parameters() => [.. entries.Select(e => new Parameter(e.Name, e.Lower, e.Upper, e.Unit))];

    /// <summary>The place of an entry's declaration; of the section for -1.</summary>
    public int Place(int index) => index < 0 ? section : entries[index].Place;

    /// <summary>Makes the names known, a vector as a whole.</summary>
    public void Declare(Scope scope, Func<int, Expr> leaf)
    {
        foreach (var (name, first, count, vector) in groups)
        {
            var values = Enumerable.Range(first, count).Select(i => (Value)new Scalar(leaf(i))).ToList();
            scope.Set(name, vector ? new Sequence(values) : values[0]);
        }
    }

    private void ReadOne(TextNode key, Node value)
    {
        var properties = value switch
        {
            MapNode map => map,
            TextNode { Value.Length: 0 } => new MapNode(value.Start, []),
            _ => null,
        };
        if (properties is null)
        {
            source.Report(value.Start, $"expected the properties of {kind} {key.Shown}, such as {{ {interval}: [-1, 1] }}, found {value.Shown}");
            properties = new MapNode(value.Start, []);
        }
        var parts = new Section(source, properties, kind == "variable" ? ["size", interval, "unit", "periodic"] : ["size", interval, "unit"], $"a {kind}");
        var size = parts.Find("size") is { } node ? Size(node) : null;
        var intervals = Intervals(parts.Find(interval), key, size);
        var unit = parts.Text("unit");
        var periodic = kind == "variable" && parts.Find("periodic") is { } answer && Periodic(answer, parts.Find(interval) is not null, key);
        if (entries.Count + (size ?? 1) > ProblemRules.MaximumSize)
        {
            source.Report(key.Start, $"with {key.Shown} there are more than {ProblemRules.MaximumSize} {kind}s");
            return;
        }
        for (var i = 0; i < (size ?? 1); i++)
        {
            var (lower, upper) = intervals[intervals.Count == 1 ? 0 : i];
            entries.Add(new Entry(size is null ? key.Value : EntryName.Of(key.Value, i), lower, upper, unit, periodic, key.Start));
        }
        Group(key.Value, size);
    }

    private void Group(string key, int? size)
    {
        var first = entries.Count - (size ?? 1);
        // q[0]: ..., q[1]: ... one by one make up a vector too.
        if (size is null && EntryName.TryParse(key, out var name) && name.Index >= 0)
        {
            if (name.Index > 0 && groups.Count > 0 && groups[^1].Name == name.Base) groups[^1] = groups[^1] with { Count = groups[^1].Count + 1 };
            else groups.Add((name.Base, first, 1, true));
        }
        else
        {
            groups.Add((key, first, size ?? 1, size is not null));
        }
    }

    private int? Size(Node node)
    {
        var size = node is TextNode text ? evaluation.Evaluate(text, (binder, syntax) => binder.Whole(syntax)) : null;
        if (node is not TextNode) source.Report(node.Start, $"size is a number, not {node.Shown}");
        if (size is null or (>= 1 and <= ProblemRules.MaximumSize)) return size;
        source.Report(node.Start, $"the size is 1 to {ProblemRules.MaximumSize}, not {size}");
        return null;
    }

    private bool Periodic(Node node, bool hasBox, TextNode key)
    {
        if (node is not TextNode { Value: "true" or "false" } text)
        {
            source.Report(node.Start, $"periodic is true or false, not {node.Shown}");
            return false;
        }
        if (text.Value == "false" || hasBox) return text.Value == "true";
        source.Report(node.Start, $"{key.Shown} is periodic and needs the box of one turn, such as box: [-pi, pi]");
        return false;
    }

    private IReadOnlyList<(double Lower, double Upper)> Intervals(Node? node, TextNode key, int? size)
    {
        var open = kind == "variable" ? (double.NegativeInfinity, double.PositiveInfinity) : (-1.0, 1.0);
        var form = $"[lower, upper]{(size > 1 ? $", or {size} of them: [[lower, upper], ...]" : "")}";
        if (node is null)
        {
            if (kind == "parameter") source.Report(key.Start, $"the parameter {key.Shown} needs its range: {form}");
            return [open];
        }
        if (node is not TextNode text)
        {
            source.Report(node.Start, $"expected {form}, found {node.Shown}");
            return [open];
        }
        return evaluation.Evaluate<IReadOnlyList<(double, double)>>(text, (binder, syntax) =>
        {
            if (syntax is ListSyntax { Items.Count: > 0, Loops.Count: 0 } list && list.Items.All(item => item is ListSyntax))
            {
                if (list.Items.Count == (size ?? 1)) return [.. list.Items.Select(item => Ends(binder, item, form) ?? open)];
                binder.Report(syntax.At, $"expected {form}, found {Numbers.Count(list.Items.Count, "interval", "intervals")}");
                return [open];
            }
            return [Ends(binder, syntax, form) ?? open];
        }) ?? [open];
    }

    private static (double Lower, double Upper)? Ends(Binder binder, Syntax syntax, string form)
    {
        if (syntax is not ListSyntax { Items: [var lower, var upper], Loops.Count: 0 })
        {
            binder.Report(syntax.At, $"expected {form}");
            return null;
        }
        var (a, b) = (End(binder, lower), End(binder, upper));
        return a is null || b is null ? null : (a.Value, b.Value);
    }

    private static double? End(Binder binder, Syntax syntax) => syntax switch
    {
        NameSyntax { Name: "inf" } => double.PositiveInfinity,
        NegateSyntax { Operand: NameSyntax { Name: "inf" } } => double.NegativeInfinity,
        _ => binder.Fixed(syntax),
    };
}
