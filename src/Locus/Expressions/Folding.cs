using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>
/// Builds nodes, simpler ones where algebra allows: constants are computed, x + 0, x - 0, 1 x, x / 1, -(-x), x - x, 0 x, x x are
/// reduced. 0 x is 0 even where x is not finite: a factor that a formula switches off does not count. A constant result that is not
/// finite (1/0, log(-1)) stays an operation, and shows at run time as IEEE 754 says.
/// </summary>
internal static class Folding
{
    public static Expr Build(Operation operation, params ReadOnlySpan<Expr> arguments) => Build(operation, 0, null, arguments);

    public static Expr Build(Operation operation, int index, OpaqueFunction? function, params ReadOnlySpan<Expr> arguments)
    {
        foreach (var argument in arguments) ArgumentNullException.ThrowIfNull(argument, nameof(arguments));
        return Constant(operation, index, arguments) ?? Simpler(operation, index, arguments)
            ?? new Expr(operation, arguments.ToArray(), 0, index, function);
    }

    /// <summary>The same operation as <paramref name="node"/> on other arguments.</summary>
    public static Expr Rebuild(Expr node, ReadOnlySpan<Expr> arguments) =>
        arguments.IsEmpty ? node : Build(node.Operation, node.Index, node.Function, arguments);

    public static bool IsConstant(Expr e, double number) => e.Operation == Operation.Constant && e.Number == number;

    /// <summary>True if two nodes are the same, or leaves or operations that are the same on the same nodes.</summary>
    public static bool Same(Expr a, Expr b) => ReferenceEquals(a, b) || ShallowComparer.Instance.Equals(a, b);

    private static Expr? Constant(Operation operation, int index, ReadOnlySpan<Expr> arguments)
    {
        if (operation is Operation.Call or Operation.Component || arguments.IsEmpty) return null;
        foreach (var argument in arguments)
        {
            if (argument.Operation != Operation.Constant) return null;
        }

        var value = Evaluation.Apply(operation, index, arguments, a => a.Number);
        return double.IsFinite(value) ? Expr.Constant(value) : null;
    }

    private static Expr? Simpler(Operation operation, int index, ReadOnlySpan<Expr> arguments) => operation switch
    {
        Operation.Add => Add(arguments[0], arguments[1]),
        Operation.Subtract => Subtract(arguments[0], arguments[1]),
        Operation.Multiply => Multiply(arguments[0], arguments[1]),
        Operation.Divide => Divide(arguments[0], arguments[1]),
        Operation.Negate => arguments[0].Operation == Operation.Negate ? arguments[0].Arguments[0] : null,
        Operation.Min or Operation.Max => Same(arguments[0], arguments[1]) ? arguments[0] : null,
        Operation.Choose => Choose(arguments),
        Operation.IntegerPower => index switch { 0 => Expr.Constant(1), 1 => arguments[0], _ => null },
        Operation.Norm => arguments.Length == 1 ? Build(Operation.Abs, arguments[0]) : null,
        Operation.DivideOrZero => IsConstant(arguments[1], 1) ? arguments[0] : null,
        Operation.Abs => arguments[0].Operation is Operation.Abs or Operation.Norm or Operation.Sqrt ? arguments[0]
            : arguments[0].Operation == Operation.Negate ? Build(Operation.Abs, arguments[0].Arguments[0]) : null,
        Operation.Power => Power(arguments[0], arguments[1]),
        _ => null,
    };

    private static Expr? Choose(ReadOnlySpan<Expr> arguments) =>
        Same(arguments[2], arguments[3]) ? arguments[2]
            : arguments[0].Operation != Operation.Constant || arguments[1].Operation != Operation.Constant ? null
            : arguments[arguments[0].Number <= arguments[1].Number ? 2 : 3];

    // Negative constants and terms change the sign of the operation instead: x - 0.5, not x + -0.5.
    private static Expr? Add(Expr a, Expr b) =>
        IsConstant(a, 0) ? b : IsConstant(b, 0) ? a : Opposite(b) is { } positive ? Build(Operation.Subtract, a, positive) : null;

    private static Expr? Subtract(Expr a, Expr b) =>
        IsConstant(b, 0) ? a : IsConstant(a, 0) ? Build(Operation.Negate, b) : Same(a, b) ? Expr.Constant(0)
            : Opposite(b) is { } positive ? Build(Operation.Add, a, positive) : null;

    private static Expr? Opposite(Expr b) =>
        b.Operation == Operation.Negate ? b.Arguments[0] : b is { Operation: Operation.Constant, Number: < 0 } ? Expr.Constant(-b.Number) : null;

    private static Expr? Multiply(Expr a, Expr b)
    {
        if (IsConstant(a, 0) || IsConstant(b, 0)) return Expr.Constant(0);
        if (IsConstant(a, 1)) return b;
        if (IsConstant(b, 1)) return a;
        if (IsConstant(a, -1)) return Build(Operation.Negate, b);
        if (IsConstant(b, -1)) return Build(Operation.Negate, a);
        return Same(a, b) ? Build(Operation.IntegerPower, 2, null, a) : null;
    }

    private static Expr? Divide(Expr a, Expr b) => IsConstant(b, 1) ? a : IsConstant(b, -1) ? Build(Operation.Negate, a) : null;

    // Whole exponents are products, a half is a square root: both are exact where exp(b log a) is not, and hold for more bases.
    private static Expr? Power(Expr a, Expr b)
    {
        if (b.Operation != Operation.Constant) return null;
        if (b.Number == 0.5) return Build(Operation.Sqrt, a);
        return b.Number == Math.Floor(b.Number) && Math.Abs(b.Number) <= 1024 ? Build(Operation.IntegerPower, (int)b.Number, null, a) : null;
    }
}
