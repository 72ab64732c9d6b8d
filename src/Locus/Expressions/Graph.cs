using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>Walks over graphs with a stack of its own, so that depth costs memory and never the thread's stack.</summary>
internal static class Graph
{
    /// <summary>Every node that the roots need, once, arguments before the nodes that use them.</summary>
    public static List<Expr> Order(IEnumerable<Expr> roots)
    {
        var order = new List<Expr>();
        var seen = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
        var stack = new Stack<(Expr Node, int Next)>();
        foreach (var root in roots)
        {
            if (!seen.Add(root)) continue;
            stack.Push((root, 0));
            while (stack.TryPop(out var top))
            {
                var inputs = top.Node.Inputs;
                var next = top.Next;
                while (next < inputs.Length && !seen.Add(inputs[next])) next++;
                if (next == inputs.Length)
                {
                    order.Add(top.Node);
                    continue;
                }

                stack.Push((top.Node, next + 1));
                stack.Push((inputs[next], 0));
            }
        }

        return order;
    }

    /// <summary>The roots of an equal graph in which equal subexpressions are one node.</summary>
    public static Expr[] Canonical(IReadOnlyList<Expr> roots) => Rewrite(roots, node => node);

    /// <summary>The roots with other expressions in place of variables and parameters.</summary>
    public static Expr[] Substitute(IReadOnlyList<Expr> roots, Func<int, Expr> variable, Func<int, Expr> parameter)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(parameter);
        return Rewrite(roots, node => node.Operation switch
        {
            Operation.Variable => variable(node.Index),
            Operation.Parameter => parameter(node.Index),
            _ => node,
        });
    }

    /// <summary>
    /// Builds a graph anew from its leaves, each given as <paramref name="leaf"/> says, and shares what is equal (not inside what
    /// replaces a leaf).
    /// </summary>
    private static Expr[] Rewrite(IReadOnlyList<Expr> roots, Func<Expr, Expr> leaf)
    {
        var unique = new Dictionary<Expr, Expr>(ShallowComparer.Instance);
        var image = new Dictionary<Expr, Expr>(ReferenceEqualityComparer.Instance);
        foreach (var node in Order(roots))
        {
            var inputs = new Expr[node.Inputs.Length];
            for (var i = 0; i < inputs.Length; i++) inputs[i] = image[node.Inputs[i]];
            image[node] = Share(inputs.Length == 0 ? leaf(node) : Folding.Rebuild(node, inputs), unique);
        }

        var result = new Expr[roots.Count];
        for (var i = 0; i < result.Length; i++) result[i] = image[roots[i]];
        return result;
    }

    private static Expr Share(Expr node, Dictionary<Expr, Expr> unique)
    {
        if (unique.TryGetValue(node, out var known)) return known;
        unique.Add(node, node);
        return node;
    }
}
