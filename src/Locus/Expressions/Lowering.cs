using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>
/// Chooses instructions for a graph. Sums with constant factors are unfolded through the nodes that nothing else uses; products that
/// nothing but a sum uses are fused into it. Works from the outputs back, so that what is not needed never appears.
/// </summary>
internal sealed class Lowering
{
    private readonly HashSet<Expr> needed = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Expr> parts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expr, Expr> alias = new(ReferenceEqualityComparer.Instance);
    private readonly ILookup<Expr, Expr> components;
    private readonly List<Step> backwards = [];
    private readonly bool exact;

    /// <param name="order">All nodes, arguments first, equal ones shared.</param>
    /// <param name="roots">The outputs.</param>
    /// <param name="exact">True to leave a sum as it is where joining its constants would round them.</param>
    public Lowering(List<Expr> order, Expr[] roots, bool exact)
    {
        this.exact = exact;
        components = order.Where(n => n.Operation == Operation.Component).ToLookup(n => n.Inputs[0], n => n);
        var users = new Dictionary<Expr, (int Count, bool InSum)>(ReferenceEqualityComparer.Instance);
        foreach (var node in order)
        {
            var sum = LinearForm.Fits(node);
            foreach (var input in node.Inputs) users[input] = (users.GetValueOrDefault(input).Count + 1, sum);
        }

        foreach (var root in roots)
        {
            users[root] = (users.GetValueOrDefault(root).Count + 1, false);
            needed.Add(root);
        }

        foreach (var node in order)
        {
            if (users[node] is (1, true) && (LinearForm.Fits(node) || IsProduct(node))) parts.Add(node);
            // A factor costs a sum nothing, however many sums take it; one level of this, so that the work stays linear.
            else if (LinearForm.Multiplied(node) is { } inner && !parts.Contains(inner)) parts.Add(node);
        }

        for (var i = order.Count - 1; i >= 0; i--) Lower(order[i]);
    }

    /// <summary>The value that stands for a node: itself, or the node that it turned out to be.</summary>
    public Expr Value(Expr node)
    {
        while (alias.TryGetValue(node, out var other)) node = other;
        return node;
    }

    /// <summary>The instructions in order, each input given by an earlier one or a leaf.</summary>
    public List<Step> Steps()
    {
        var steps = new List<Step>(backwards.Count);
        for (var i = backwards.Count - 1; i >= 0; i--)
        {
            var step = backwards[i];
            steps.Add(step with { Inputs = Array.ConvertAll(step.Inputs, Value) });
        }

        return steps;
    }

    private static bool IsProduct(Expr node) =>
        (node.Operation == Operation.Multiply && !LinearForm.Fits(node)) || node is { Operation: Operation.IntegerPower, Index: 2 };

    private static Expr[] Factors(Expr product) =>
        product.Operation == Operation.Multiply ? [.. product.Inputs] : [product.Inputs[0], product.Inputs[0]];

    private void Lower(Expr node)
    {
        if (!needed.Contains(node) || node.Inputs.IsEmpty) return;
        if (LinearForm.Fits(node)) LowerSum(node);
        else if (node.Operation == Operation.Component) needed.Add(node.Inputs[0]);
        else if (node.Operation == Operation.Call) Emit(new(Operation.Call, [.. node.Inputs], Components(node), [], node.Function));
        else if (IsProduct(node)) Emit(new(Operation.Multiply, Factors(node), [node], []));
        else Emit(new(node.Operation, [.. node.Inputs], [node], node.Operation == Operation.IntegerPower ? [node.Index] : []));
    }

    private void LowerSum(Expr node)
    {
        var form = new LinearForm(node, n => LinearForm.Fits(n) && parts.Contains(n));
        var products = form.Terms.Where(t => t.Factor == 1 && IsProduct(t.Node) && parts.Contains(t.Node)).Select(t => t.Node).ToArray();
        if (exact && !form.IsExact)
        {
            Emit(new(node.Operation, [.. node.Inputs], [node], []));
        }
        else if (form.Alias() is { } same)
        {
            alias[node] = same;
            needed.Add(same);
        }
        else if (products.Length == 0)
        {
            Emit(form.Compute(node));
        }
        else
        {
            var fused = new HashSet<Expr>(products, ReferenceEqualityComparer.Instance);
            var rest = new LinearForm(form.Terms.Where(t => !fused.Contains(t.Node)), form.Offset);
            // The part without products is a value of its own; a node that nobody else knows stands for it.
            var start = rest.Alias() ?? new Expr(Operation.Linear, []);
            Emit(new(Operation.Dot, [start, .. products.SelectMany(Factors)], [node], []));
            if (rest.Alias() is null) Emit(rest.Compute(start));
        }
    }

    // A call gives all its values, also those that nobody asked for.
    private Expr[] Components(Expr call)
    {
        var values = new Expr[call.Function!.Outputs];
        foreach (var node in components[call]) values[node.Index] = node;
        for (var i = 0; i < values.Length; i++) values[i] ??= new Expr(Operation.Component, [call], 0, i);
        return values;
    }

    private void Emit(Step step)
    {
        backwards.Add(step);
        foreach (var input in step.Inputs) needed.Add(input);
    }
}
