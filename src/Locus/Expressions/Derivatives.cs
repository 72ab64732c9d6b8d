using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>
/// Reverse-mode derivatives on the graph: the gradient is again a graph, which shares the subexpressions of what it was taken from, so
/// that a value and its gradient compile into one program (Griewank and Walther, Evaluating Derivatives, 2008, section 3.2).
/// <para>At kinks each function has one derivative, never NaN. This is the table:</para>
/// <list type="table">
/// <listheader><term>where</term><description>derivative</description></listheader>
/// <item><term>abs at 0</term><description>0</description></item>
/// <item><term>norm at 0</term><description>the zero vector</description></item>
/// <item><term>min, max at a tie</term><description>that of the first argument alone; [g]_+ is max(0, g): 0 at g = 0</description></item>
/// <item><term>clamp(a, lower, upper) at its ends</term><description>that of a</description></item>
/// <item><term>where(a, b, yes, no)</term><description>that of the chosen one; none with respect to a and b</description></item>
/// <item><term>sign, floor</term><description>0, also at the jumps</description></item>
/// <item><term>sqrt at 0</term><description>0</description></item>
/// <item><term>pow(a, b) at a = 0, b no whole constant</term><description>0 with respect to a and to b</description></item>
/// <item><term>pow(a, n), n a whole constant</term><description>n a^(n-1) everywhere; infinite at 0 for negative n</description></item>
/// <item><term>asin, acos at -1 and 1</term><description>0</description></item>
/// <item><term>atan2 at its cut (y = 0, x &lt; 0)</term><description>the smooth formula (x, -y) / (x^2 + y^2)</description></item>
/// <item><term>atan2 at the origin</term><description>0</description></item>
/// <item><term>log at 0, 1/a at 0</term><description>as IEEE 754 says: value and derivative are infinite or NaN, and callers see it</description></item>
/// <item><term>sqrt, log, asin, acos, pow outside their domain</term><description>the value is NaN, whatever the derivative</description></item>
/// </list>
/// </summary>
public static class Derivatives
{
    /// <summary>The derivatives of a scalar.</summary>
    /// <param name="output">What is differentiated.</param>
    /// <param name="variables">With respect to what, [D]: variables, parameters or any node of the graph, each taken as free.</param>
    /// <returns>One expression for each variable, [D]; the constant 0 where the output does not depend on it.</returns>
    public static Expr[] Gradient(Expr output, IReadOnlyList<Expr> variables) => Jacobian([output], variables)[0];

    /// <summary>The derivatives of several scalars, which share what their graphs share.</summary>
    /// <param name="outputs">What is differentiated, [M].</param>
    /// <param name="variables">With respect to what, [D].</param>
    /// <returns>The gradient of each, [M][D].</returns>
    public static Expr[][] Jacobian(IReadOnlyList<Expr> outputs, IReadOnlyList<Expr> variables)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(variables);
        var roots = Graph.Canonical([.. outputs, .. variables]);
        var order = Graph.Order(roots.Take(outputs.Count));
        var dependent = Dependent(order, roots.AsSpan(outputs.Count));
        return [.. roots.Take(outputs.Count).Select(root => Row(root, order, dependent, roots.AsSpan(outputs.Count)))];
    }

    private static Expr[] Row(Expr root, List<Expr> order, HashSet<Expr> dependent, ReadOnlySpan<Expr> variables)
    {
        var adjoints = new Adjoints(dependent);
        adjoints.Add(root, 1);
        for (var i = order.Count - 1; i >= 0; i--)
        {
            if (order[i].Operation == Operation.Call) CallGradient(order[i], adjoints);
            else if (adjoints.Of(order[i]) is { } seed) DerivativeRules.Propagate(order[i], seed, adjoints);
        }

        var gradient = new Expr[variables.Length];
        for (var i = 0; i < gradient.Length; i++) gradient[i] = adjoints.Of(variables[i]) ?? 0;
        return gradient;
    }

    // Nodes that no variable reaches need no adjoint: this keeps constants and conditions out of the work.
    private static HashSet<Expr> Dependent(List<Expr> order, ReadOnlySpan<Expr> variables)
    {
        var dependent = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
        foreach (var variable in variables) dependent.Add(variable);
        foreach (var node in order)
        {
            foreach (var input in node.Inputs)
            {
                if (!dependent.Contains(input)) continue;
                dependent.Add(node);
                break;
            }
        }

        return dependent;
    }

    private static void CallGradient(Expr call, Adjoints adjoints)
    {
        var seeds = adjoints.OfComponents(call);
        if (seeds is null) return;
        var function = new VectorJacobianFunction(call.Function!);
        var gradient = Functions.Call(function, new Vector([.. call.Arguments, .. seeds]));
        for (var i = 0; i < call.Inputs.Length; i++) adjoints.Add(call.Inputs[i], gradient[i]);
    }
}
