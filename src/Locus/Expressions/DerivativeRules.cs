using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>What each operation hands to its inputs: seed times its partial derivatives, as the table at <see cref="Derivatives"/> says.</summary>
internal static class DerivativeRules
{
    private const double TwoOverRootPi = 1.1283791670955126;

    /// <summary>Adds to the adjoints of the node's inputs.</summary>
    /// <param name="node">A node other than a call.</param>
    /// <param name="seed">Its adjoint.</param>
    /// <param name="adjoints">Where the shares go.</param>
    public static void Propagate(Expr node, Expr seed, Adjoints adjoints)
    {
        var inputs = node.Inputs;
        switch (inputs.Length)
        {
            case 0:
                return;
            case var _ when node.Operation == Operation.Norm:
                var ratio = Functions.Ratio(seed, node);
                foreach (var input in inputs) adjoints.Add(input, ratio * input);
                return;
            case 1:
                if (adjoints.Wants(inputs[0]) && Unary(node, inputs[0], seed) is { } share) adjoints.Add(inputs[0], share);
                return;
            case 2:
                if (adjoints.Wants(inputs[0])) adjoints.Add(inputs[0], First(node, inputs[0], inputs[1], seed));
                if (adjoints.Wants(inputs[1])) adjoints.Add(inputs[1], Second(node, inputs[0], inputs[1], seed));
                return;
            default:
                adjoints.Add(inputs[2], Functions.Where(inputs[0], inputs[1], seed, 0));
                adjoints.Add(inputs[3], Functions.Where(inputs[0], inputs[1], 0, seed));
                return;
        }
    }

    private static Expr? Unary(Expr node, Expr a, Expr seed) => node.Operation switch
    {
        Operation.Component or Operation.Sign or Operation.Floor => null,
        Operation.Negate => -seed,
        Operation.Abs => seed * Functions.Sign(a),
        Operation.Sqrt => Functions.Ratio(0.5 * seed, node),
        Operation.Exp => seed * node,
        Operation.Log => seed / a,
        Operation.Sin => seed * Functions.Cos(a),
        Operation.Cos => -(seed * Functions.Sin(a)),
        Operation.Tan => seed * (1 + Functions.Square(node)),
        Operation.Asin => Functions.Ratio(seed, Functions.Sqrt((1 - a) * (1 + a))),
        Operation.Acos => -Functions.Ratio(seed, Functions.Sqrt((1 - a) * (1 + a))),
        Operation.Atan => seed / (1 + Functions.Square(a)),
        Operation.Sinh => seed * Functions.Cosh(a),
        Operation.Cosh => seed * Functions.Sinh(a),
        Operation.Tanh => seed * ((1 - node) * (1 + node)),
        Operation.Erf => TwoOverRootPi * seed * Functions.Exp(-Functions.Square(a)),
        Operation.IntegerPower => node.Index * seed * Functions.Pow(a, node.Index - 1),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node.Operation, "no derivative rule"),
    };

    private static Expr First(Expr node, Expr a, Expr b, Expr seed) => node.Operation switch
    {
        Operation.Add or Operation.Subtract => seed,
        Operation.Multiply => seed * b,
        Operation.Divide => seed / b,
        Operation.DivideOrZero => Functions.Ratio(seed, b),
        Operation.Atan2 => Functions.Ratio(seed, Functions.Square(a) + Functions.Square(b)) * b,
        Operation.Power => Functions.Ratio(seed * b * node, a),
        Operation.Min => Functions.Where(a, b, seed, 0),
        Operation.Max => Functions.Where(b, a, seed, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node.Operation, "no derivative rule"),
    };

    private static Expr Second(Expr node, Expr a, Expr b, Expr seed) => node.Operation switch
    {
        Operation.Add => seed,
        Operation.Subtract => -seed,
        Operation.Multiply => seed * a,
        Operation.Divide => -(seed / b * node),
        Operation.DivideOrZero => -(Functions.Ratio(seed, b) * node),
        Operation.Atan2 => -(Functions.Ratio(seed, Functions.Square(a) + Functions.Square(b)) * a),
        Operation.Power => Functions.Where(a, 0, 0, seed * node * Functions.Log(a)),
        Operation.Min => Functions.Where(a, b, 0, seed),
        Operation.Max => Functions.Where(b, a, 0, seed),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node.Operation, "no derivative rule"),
    };
}
