using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Programs;

/// <summary>Runs instructions on blocks of 64 lanes, one dispatch per instruction.</summary>
/// <typeparam name="T">The lanes that are worked on at once.</typeparam>
/// <typeparam name="TNumber">The number in a lane.</typeparam>
/// <typeparam name="TFunctions">The elementary functions of such numbers.</typeparam>
internal static unsafe class LaneInterpreter<T, TNumber, TFunctions>
    where T : struct, IArithmeticLanes<T, TNumber>
    where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    where TFunctions : struct, IFunctionRows<TNumber>
{
    /// <summary>Runs code that has been checked.</summary>
    /// <param name="code">The instructions.</param>
    /// <param name="bases">The first row of each kind, in the order of <see cref="RowKind"/>.</param>
    /// <param name="weights">Matrices and offsets of the linear maps, in this precision.</param>
    /// <param name="call">The rows in which calls gather, 8-byte aligned.</param>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run(Code code, TNumber** bases, TNumber* weights, TNumber* call)
    {
        fixed (int* allRows = code.Rows)
        {
            foreach (ref readonly var step in code.Steps.AsSpan())
            {
                var rows = allRows + step.First;
                var target = Row.Address(bases, rows[step.Inputs]);
                switch (step.Operation)
                {
                    case Operation.Linear:
                        LinearRows<T, TNumber>.Run(weights + step.Detail, bases, rows, step.Inputs, step.Targets);
                        break;
                    case Operation.Dot:
                        ArithmeticRows<T, TNumber>.Dot(bases, rows, step.Inputs, target);
                        break;
                    case Operation.Norm:
                        ArithmeticRows<T, TNumber>.Norm(bases, rows, step.Inputs, target);
                        break;
                    case Operation.Call:
                        Call(code.Functions[step.Detail], bases, rows, step.Inputs, step.Targets, call);
                        break;
                    case Operation.IntegerPower:
                        ArithmeticRows<T, TNumber>.IntegerPower(Row.Address(bases, rows[0]), step.Detail, target);
                        break;
                    case Operation.Choose:
                        ArithmeticRows<T, TNumber>.Choose(Row.Address(bases, rows[0]), Row.Address(bases, rows[1]), Row.Address(bases, rows[2]), Row.Address(bases, rows[3]), target);
                        break;
                    default:
                        if (step.Inputs == 2) Binary(step.Operation, Row.Address(bases, rows[0]), Row.Address(bases, rows[1]), target);
                        else Unary(step.Operation, Row.Address(bases, rows[0]), target);
                        break;
                }
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Binary(Operation operation, TNumber* a, TNumber* b, TNumber* target)
    {
        switch (operation)
        {
            case Operation.Add: ArithmeticRows<T, TNumber>.Add(a, b, target); break;
            case Operation.Subtract: ArithmeticRows<T, TNumber>.Subtract(a, b, target); break;
            case Operation.Multiply: ArithmeticRows<T, TNumber>.Multiply(a, b, target); break;
            case Operation.Divide: ArithmeticRows<T, TNumber>.Divide(a, b, target); break;
            case Operation.DivideOrZero: ArithmeticRows<T, TNumber>.DivideOrZero(a, b, target); break;
            case Operation.Min: ArithmeticRows<T, TNumber>.Min(a, b, target); break;
            case Operation.Max: ArithmeticRows<T, TNumber>.Max(a, b, target); break;
            default: TFunctions.Binary(operation, a, b, target); break;
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Unary(Operation operation, TNumber* a, TNumber* target)
    {
        switch (operation)
        {
            case Operation.Copy: ArithmeticRows<T, TNumber>.Copy(a, target); break;
            case Operation.Negate: ArithmeticRows<T, TNumber>.Negate(a, target); break;
            case Operation.Abs: ArithmeticRows<T, TNumber>.Abs(a, target); break;
            case Operation.Sign: ArithmeticRows<T, TNumber>.Sign(a, target); break;
            case Operation.Floor: ArithmeticRows<T, TNumber>.Floor(a, target); break;
            case Operation.Sqrt: ArithmeticRows<T, TNumber>.Sqrt(a, target); break;
            default: TFunctions.Unary(operation, a, target); break;
        }
    }

    // A user's function knows one point in double precision: lane by lane its arguments are gathered, its values scattered.
    private static void Call(OpaqueFunction function, TNumber** bases, int* rows, int inputs, int targets, TNumber* call)
    {
        var memory = MemoryMarshal.CreateSpan(ref *(double*)call, inputs + targets);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            for (var i = 0; i < inputs; i++) memory[i] = double.CreateTruncating(Row.Address(bases, rows[i])[lane]);
            FunctionCall.Invoke(function, memory[..inputs], memory[inputs..]);
            for (var i = 0; i < targets; i++) Row.Address(bases, rows[inputs + i])[lane] = TNumber.CreateTruncating(memory[inputs + i]);
        }
    }
}
