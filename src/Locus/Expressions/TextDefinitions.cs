using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>Chooses the subexpressions that a text names: those that are used more than once, and those where brackets would nest too deep.</summary>
internal static class TextDefinitions
{
    /// <summary>Readers follow a hundred levels, of which one nested operation takes up to four.</summary>
    private const int DeepestNesting = 20;

    /// <summary>The nodes to name, each after those that it uses.</summary>
    /// <param name="roots">The expressions, equal nodes shared.</param>
    public static List<Expr> Choose(Expr[] roots)
    {
        var order = Graph.Order(roots);
        var uses = new Dictionary<Expr, int>(ReferenceEqualityComparer.Instance);
        foreach (var node in order.SelectMany(n => n.Arguments).Concat(roots)) uses[node] = uses.GetValueOrDefault(node) + 1;
        var nesting = new Dictionary<Expr, int>(ReferenceEqualityComparer.Instance);
        var named = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
        foreach (var node in order)
        {
            var deepest = 0;
            for (var i = 0; i < node.Inputs.Length; i++)
            {
                var input = node.Inputs[i];
                var depth = nesting[input] + (i == 0 && Continues(node.Operation, input.Operation) ? 0 : 1);
                if (depth > DeepestNesting)
                {
                    named.Add(input);
                    depth = 1;
                }

                deepest = Math.Max(deepest, depth);
            }

            if (uses[node] > 1 && !node.Inputs.IsEmpty) named.Add(node);
            nesting[node] = named.Contains(node) ? 0 : deepest;
        }

        return [.. order.Where(named.Contains)];
    }

    /// <summary>True if the first argument is written without brackets, as part of the same chain.</summary>
    public static bool Continues(Operation operation, Operation first) => operation switch
    {
        Operation.Add or Operation.Subtract => first is Operation.Add or Operation.Subtract,
        Operation.Multiply or Operation.Divide => first is Operation.Multiply or Operation.Divide,
        Operation.Min or Operation.Max => first == operation,
        _ => false,
    };
}
