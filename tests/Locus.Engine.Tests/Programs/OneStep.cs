using System.Collections.Immutable;
using Locus.Engine.Programs;

namespace Locus.Engine.Tests.Programs;

/// <summary>Programs of one operation.</summary>
internal static class OneStep
{
    private static readonly Row X0 = new(RowKind.Point, 0), X1 = new(RowKind.Point, 1), S0 = new(RowKind.Scratch, 0), Y0 = new(RowKind.Output, 0);

    /// <summary>Every operation of one target.</summary>
    public static Operation[] All { get; } =
    [
        Operation.Add, Operation.Subtract, Operation.Multiply, Operation.Divide, Operation.DivideOrZero, Operation.Negate, Operation.Abs,
        Operation.Sign, Operation.Floor, Operation.Sqrt, Operation.Exp, Operation.Log, Operation.Sin, Operation.Cos, Operation.Tan,
        Operation.Asin, Operation.Acos, Operation.Atan, Operation.Atan2, Operation.Sinh, Operation.Cosh, Operation.Tanh, Operation.Erf,
        Operation.Power, Operation.Min, Operation.Max, Operation.Choose, Operation.Norm, Operation.Copy, Operation.Dot, Operation.IntegerPower,
    ];

    /// <summary>The program target = operation(x0, x1); with <paramref name="overwrite"/> x0 is copied to the scratch row that is the target.</summary>
    public static Program Of(Operation operation, Row target, bool overwrite = false)
    {
        if (!overwrite) return new(2, 0, 1, 0, [], [Instruction(operation, target)]);
        var step = Instruction(operation, target);
        var inputs = step.Inputs.Select(r => r == X0 ? S0 : r).ToImmutableArray();
        return new(2, 0, 1, 1, [], [new(Operation.Copy, [X0], [S0], []), step with { Inputs = inputs }, new(Operation.Copy, [S0], [Y0], [])]);
    }

    /// <summary>The instruction target = operation(x0, x1).</summary>
    public static Instruction Instruction(Operation operation, Row target) => operation switch
    {
        Operation.Choose => new(operation, [X0, X1, X1, X0], [target], []),
        Operation.Dot => new(operation, [X1, X0, X0, X0, X1], [target], []),
        Operation.Norm => new(operation, [X1, X0, X0], [target], []),
        Operation.IntegerPower => new(operation, [X0], [target], [-5]),
        Operation.Add or Operation.Subtract or Operation.Multiply or Operation.Divide or Operation.DivideOrZero
            or Operation.Atan2 or Operation.Power or Operation.Min or Operation.Max => new(operation, [X0, X1], [target], []),
        _ => new(operation, [X0], [target], []),
    };
}
