using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>
/// Turns expressions into a program: equal subexpressions are computed once, what no output needs is left out, sums with constant
/// factors become linear maps, sums of products fused dot products, and rows are used again as soon as their value is no longer needed.
/// </summary>
public static class Compiler
{
    /// <summary>Compiles several outputs, such as a value and its gradient, into one program.</summary>
    /// <param name="outputs">The expressions.</param>
    /// <param name="dimension">Number of coordinates D of x.</param>
    /// <param name="conditions">Number of components C of c.</param>
    /// <param name="exact">
    /// True for a program that is the same function of real numbers as the expressions: constants are joined where that rounds none of them. It may be
    /// longer; proofs need it.
    /// </param>
    /// <exception cref="ArgumentException">An expression uses variables or parameters beyond these; the message names all of them.</exception>
    public static Program Compile(IReadOnlyList<Expr> outputs, int dimension, int conditions, bool exact = false)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        ArgumentOutOfRangeException.ThrowIfNegative(conditions);
        var roots = Graph.Canonical(outputs);
        var order = Graph.Order(roots);
        RequireKnown(order, dimension, conditions);
        var lowering = new Lowering(order, roots, exact);
        var steps = LinearGroups.Join(lowering.Steps());
        return RowAllocation.Place(steps, Array.ConvertAll(roots, lowering.Value), dimension, conditions);
    }

    private static void RequireKnown(List<Expr> order, int dimension, int conditions)
    {
        var unknown = new List<string>();
        foreach (var node in order)
        {
            if (node.Operation == Operation.Variable && node.Index >= dimension) unknown.Add($"x[{node.Index}] of {dimension} variables");
            if (node.Operation == Operation.Parameter && node.Index >= conditions) unknown.Add($"c[{node.Index}] of {conditions} parameters");
        }

        if (unknown.Count == 0) return;
        var more = unknown.Count > 8 ? $" and {unknown.Count - 8} more" : "";
        throw new ArgumentException(
            $"the expressions use what is not there: {string.Join(", ", unknown.Take(8))}{more} (counted from 0)", nameof(dimension));
    }
}
