using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>The plain twin of compiled programs: values of a graph, node by node, in double precision.</summary>
internal static class Evaluation
{
    /// <summary>The values of several expressions at one point.</summary>
    /// <param name="roots">The expressions, [P].</param>
    /// <param name="x">The point, [D].</param>
    /// <param name="c">The condition, [C].</param>
    /// <returns>[P].</returns>
    public static double[] Values(IReadOnlyList<Expr> roots, ReadOnlySpan<double> x, ReadOnlySpan<double> c)
    {
        var value = new Dictionary<Expr, double>(ReferenceEqualityComparer.Instance);
        var called = new Dictionary<Expr, double[]>(ReferenceEqualityComparer.Instance);
        foreach (var node in Graph.Order(roots))
        {
            value[node] = node.Operation switch
            {
                Operation.Constant => node.Number,
                Operation.Variable => At(x, node.Index, "x"),
                Operation.Parameter => At(c, node.Index, "c"),
                Operation.Call => Call(node, value, called),
                Operation.Component => called[node.Inputs[0]][node.Index],
                _ => Apply(node.Operation, node.Index, node.Inputs, a => value[a]),
            };
        }

        var result = new double[roots.Count];
        for (var i = 0; i < result.Length; i++) result[i] = value[roots[i]];
        return result;
    }

    /// <summary>The value of one operation on inputs whose values are known.</summary>
    public static double Apply(Operation operation, int index, ReadOnlySpan<Expr> inputs, Func<Expr, double> value)
    {
        if (operation == Operation.Norm)
        {
            var sum = 0.0;
            foreach (var input in inputs) sum = Math.FusedMultiplyAdd(value(input), value(input), sum);
            return Math.Sqrt(sum);
        }

        var second = operation == Operation.IntegerPower ? index : inputs.Length > 1 ? value(inputs[1]) : 0;
        return Scalars.Apply(operation, value(inputs[0]), second, inputs.Length > 2 ? value(inputs[2]) : 0, inputs.Length > 3 ? value(inputs[3]) : 0);
    }

    private static double Call(Expr node, Dictionary<Expr, double> value, Dictionary<Expr, double[]> called)
    {
        var function = node.Function!;
        var (arguments, values) = (new double[function.Inputs], new double[function.Outputs]);
        for (var i = 0; i < arguments.Length; i++) arguments[i] = value[node.Inputs[i]];
        FunctionCall.Invoke(function, arguments, values);
        called[node] = values;
        return 0;
    }

    private static double At(ReadOnlySpan<double> values, int index, string name) => index < values.Length
        ? values[index]
        : throw new ArgumentException($"{name}[{index}] is needed, but {name} has {values.Length} numbers: give all of them", name);
}
