using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Programs;

/// <summary>Runs instructions on blocks of 64 lanes, one dispatch per instruction.</summary>
/// <typeparam name="T">The lanes that are worked on at once: 16, 8 or 1.</typeparam>
internal static unsafe class LaneInterpreter<T>
    where T : struct, ILanes<T>
{
    /// <summary>Runs code that has been checked.</summary>
    /// <param name="code">The instructions.</param>
    /// <param name="bases">The first row of each kind, in the order of <see cref="RowKind"/>.</param>
    /// <param name="call">The rows in which calls gather, 8-byte aligned.</param>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run(Code code, float** bases, float* call)
    {
        fixed (int* allRows = code.Rows)
        fixed (float* weights = code.Weights)
        {
            foreach (ref readonly var step in code.Steps.AsSpan())
            {
                var rows = allRows + step.First;
                var target = At(bases, rows[step.Inputs]);
                switch (step.Operation)
                {
                    case Operation.Linear:
                        LinearRows<T>.Run(weights + step.Detail, bases, rows, step.Inputs, step.Targets);
                        break;
                    case Operation.Dot:
                        ArithmeticRows<T>.Dot(bases, rows, step.Inputs, target);
                        break;
                    case Operation.Norm:
                        ArithmeticRows<T>.Norm(bases, rows, step.Inputs, target);
                        break;
                    case Operation.Call:
                        Call(code.Functions[step.Detail], bases, rows, step.Inputs, step.Targets, call);
                        break;
                    case Operation.IntegerPower:
                        ArithmeticRows<T>.IntegerPower(At(bases, rows[0]), step.Detail, target);
                        break;
                    case Operation.Choose:
                        ArithmeticRows<T>.Choose(At(bases, rows[0]), At(bases, rows[1]), At(bases, rows[2]), At(bases, rows[3]), target);
                        break;
                    default:
                        if (step.Inputs == 2) Binary(step.Operation, At(bases, rows[0]), At(bases, rows[1]), target);
                        else Unary(step.Operation, At(bases, rows[0]), target);
                        break;
                }
            }
        }
    }

    /// <summary>The address of a packed row.</summary>
    public static float* At(float** bases, int row) => bases[row >> Row.IndexBits] + (nint)(row & Row.IndexMask) * Block.Lanes;

    [MethodImpl(Compiled.AtOnce)]
    private static void Binary(Operation operation, float* a, float* b, float* target)
    {
        switch (operation)
        {
            case Operation.Add: ArithmeticRows<T>.Add(a, b, target); break;
            case Operation.Subtract: ArithmeticRows<T>.Subtract(a, b, target); break;
            case Operation.Multiply: ArithmeticRows<T>.Multiply(a, b, target); break;
            case Operation.Divide: ArithmeticRows<T>.Divide(a, b, target); break;
            case Operation.DivideOrZero: ArithmeticRows<T>.DivideOrZero(a, b, target); break;
            case Operation.Min: ArithmeticRows<T>.Min(a, b, target); break;
            case Operation.Max: ArithmeticRows<T>.Max(a, b, target); break;
            case Operation.Atan2: FunctionRows<T>.Atan2(a, b, target); break;
            case Operation.Power: FunctionRows<T>.Power(a, b, target); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "not an operation of two inputs");
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Unary(Operation operation, float* a, float* target)
    {
        switch (operation)
        {
            case Operation.Copy: ArithmeticRows<T>.Copy(a, target); break;
            case Operation.Negate: ArithmeticRows<T>.Negate(a, target); break;
            case Operation.Abs: ArithmeticRows<T>.Abs(a, target); break;
            case Operation.Sign: ArithmeticRows<T>.Sign(a, target); break;
            case Operation.Floor: ArithmeticRows<T>.Floor(a, target); break;
            case Operation.Sqrt: ArithmeticRows<T>.Sqrt(a, target); break;
            case Operation.Exp: FunctionRows<T>.Exp(a, target); break;
            case Operation.Log: FunctionRows<T>.Log(a, target); break;
            case Operation.Sin: FunctionRows<T>.Sin(a, target); break;
            case Operation.Cos: FunctionRows<T>.Cos(a, target); break;
            case Operation.Tan: FunctionRows<T>.Tan(a, target); break;
            case Operation.Asin: FunctionRows<T>.Asin(a, target); break;
            case Operation.Acos: FunctionRows<T>.Acos(a, target); break;
            case Operation.Atan: FunctionRows<T>.Atan(a, target); break;
            case Operation.Sinh: FunctionRows<T>.Sinh(a, target); break;
            case Operation.Cosh: FunctionRows<T>.Cosh(a, target); break;
            case Operation.Tanh: FunctionRows<T>.Tanh(a, target); break;
            case Operation.Erf: FunctionRows<T>.Erf(a, target); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "not an operation of one input");
        }
    }

    // A user's function knows one point in double precision: lane by lane its arguments are gathered, its values scattered.
    private static void Call(OpaqueFunction function, float** bases, int* rows, int inputs, int targets, float* call)
    {
        var memory = MemoryMarshal.CreateSpan(ref *(double*)call, inputs + targets);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            for (var i = 0; i < inputs; i++) memory[i] = At(bases, rows[i])[lane];
            FunctionCall.Invoke(function, memory[..inputs], memory[inputs..]);
            for (var i = 0; i < targets; i++) At(bases, rows[inputs + i])[lane] = (float)memory[inputs + i];
        }
    }
}
