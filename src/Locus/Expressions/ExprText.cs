namespace Locus.Expressions;

/// <summary>
/// Writes graphs in the expression language of problem files, so that reading the text builds an equal graph: numbers in the shortest form
/// that reads back to the same bits, brackets only where they are needed, shared subexpressions as definitions d1, d2, ...
/// (a text is then about as long as its graph, and never nested deeper than a reader follows).
/// </summary>
public static class ExprText
{
    /// <summary>Writes expressions.</summary>
    /// <param name="expressions">What to write.</param>
    /// <param name="variables">The name of each coordinate, [D], such as "x[0]" or "speed".</param>
    /// <param name="parameters">The name of each parameter, [C].</param>
    /// <exception cref="ArgumentException">
    /// An expression calls a function of the user, which has no text, or uses a coordinate without a name.
    /// </exception>
    public static Listing Print(IReadOnlyList<Expr> expressions, IReadOnlyList<string> variables, IReadOnlyList<string> parameters)
    {
        ArgumentNullException.ThrowIfNull(expressions);
        var roots = Graph.Canonical(expressions);
        return Print(roots, variables, parameters, (text, i) => text.Of(roots[i]));
    }

    /// <summary>Writes constraints as comparisons, those inside `all` and `any` one by one from left to right, and further expressions after them.</summary>
    /// <param name="constraints">What to write.</param>
    /// <param name="variables">The name of each coordinate, [D], such as "x[0]" or "speed".</param>
    /// <param name="parameters">The name of each parameter, [C].</param>
    /// <param name="expressions">What to write after them, with the same definitions; nothing by default.</param>
    /// <returns>One text for each inequality and equality, in depth-first order, then one for each expression.</returns>
    /// <exception cref="ArgumentException">
    /// A constraint calls a function of the user, which has no text, or uses a coordinate without a name.
    /// </exception>
    public static Listing Print(
        IReadOnlyList<Constraint> constraints, IReadOnlyList<string> variables, IReadOnlyList<string> parameters, IReadOnlyList<Expr>? expressions = null)
    {
        ArgumentNullException.ThrowIfNull(constraints);
        var leaves = Leaves(constraints);
        var roots = Graph.Canonical([.. leaves.Select(l => l.Value), .. expressions ?? []]);
        return Print(roots, variables, parameters, (text, i) => i < leaves.Count ? text.Of(roots[i], leaves[i].IsEquality) : text.Of(roots[i]));
    }

    private static Listing Print(Expr[] roots, IReadOnlyList<string> variables, IReadOnlyList<string> parameters, Func<NodeText, int, string> write)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(parameters);
        var text = new NodeText(variables, parameters);
        var definitions = new List<(string, string)>();
        foreach (var node in TextDefinitions.Choose(roots))
        {
            var body = text.Of(node);
            definitions.Add((text.Define(node), body));
        }

        return new(definitions, [.. Enumerable.Range(0, roots.Length).Select(i => write(text, i))]);
    }

    private static List<(Expr Value, bool IsEquality)> Leaves(IEnumerable<Constraint> constraints)
    {
        var leaves = new List<(Expr, bool)>();
        var stack = new Stack<Constraint>(constraints.Reverse());
        while (stack.TryPop(out var constraint))
        {
            if (constraint is Inequality inequality) leaves.Add((inequality.Value, false));
            else if (constraint is Equality equality) leaves.Add((equality.Value, true));
            foreach (var member in (constraint is AllOf all ? all.Members : constraint is AnyOf any ? any.Members : []).Reverse()) stack.Push(member);
        }

        return leaves;
    }
}
