using Locus.Engine.Programs;
using Locus.Engine.Tests.Intervals;
using Locus.Expressions;

namespace Locus.Tests.Expressions;

/// <summary>The values of a graph to 256 bits: what its expressions mean, without any rounding that matters.</summary>
internal static class BigEvaluation
{
    /// <summary>The value at a point, or null where there is none; what a choice leaves out need not have one.</summary>
    public static Big? Value(Expr root, Big[] x, double[] c)
    {
        var values = new Dictionary<Expr, Big?>(ReferenceEqualityComparer.Instance);
        foreach (var node in Graph.Order([root]))
        {
            values[node] = node.Operation switch
            {
                Operation.Constant => node.Number,
                Operation.Variable => x[node.Index],
                Operation.Parameter => c[node.Index],
                _ => Apply(node, [.. node.Arguments.Select(a => values[a])]),
            };
        }
        return values[root];
    }

    private static Big? Apply(Expr node, Big?[] inputs)
    {
        if (node.Operation == Operation.Choose) return inputs[0] is { } a && inputs[1] is { } b ? (a <= b ? inputs[2] : inputs[3]) : null;
        // Truncated, so that the digits of products of products do not grow without end.
        return inputs.All(input => input is not null) && BigScalars.Apply(node.Operation, [.. inputs.Select(input => input!.Value)], node.Index) is { } value
            ? Big.Truncate(value)
            : null;
    }
}
