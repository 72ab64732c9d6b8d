using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Programs;

/// <summary>
/// A function of a point x [D] and a condition c [C] as a list of instructions without branches: run on a block of 64 points in single
/// or double precision, or on one point in double precision by the same list. It is immutable; threads may share it, each with scratch of its own. The bits of a lane do not depend on the other lanes or on the vector width of the machine.
/// </summary>
public sealed class Program
{
    /// <summary>A program from its instructions, which are checked once, so that running needs no checks.</summary>
    /// <param name="inputs">Number of coordinates D.</param>
    /// <param name="conditions">Number of conditions C.</param>
    /// <param name="outputs">Number of results.</param>
    /// <param name="scratchRows">Number of scratch rows that the instructions name.</param>
    /// <param name="constants">The constants that rows name; single precision rounds them.</param>
    /// <param name="instructions">The steps, in order.</param>
    /// <exception cref="ArgumentException">
    /// Instructions are malformed, or name rows that are not there, or a result is never written; the first eight findings are named.
    /// </exception>
    public Program(
        int inputs, int conditions, int outputs, int scratchRows, ImmutableArray<double> constants, ImmutableArray<Instruction> instructions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(conditions);
        ArgumentOutOfRangeException.ThrowIfNegative(outputs);
        ArgumentOutOfRangeException.ThrowIfNegative(scratchRows);
        Inputs = inputs;
        Conditions = conditions;
        Outputs = outputs;
        Constants = constants;
        Instructions = instructions;
        InstructionCheck.Run(instructions, [inputs, conditions, constants.Length, scratchRows, outputs]);
        Code = new Code(instructions);
        CallRow = scratchRows;
        ScratchRows = scratchRows + Code.CallRows;
        var arena = new Arena(checked(3 * constants.Length * Block.Lanes));
        ConstantRows = arena.Rows(constants.Length);
        DoubleConstantRows = arena.DoubleRows(constants.Length);
        for (var i = 0; i < constants.Length; i++)
        {
            ConstantRows[i].Fill((float)constants[i]);
            DoubleConstantRows[i].Fill(constants[i]);
        }
    }

    /// <summary>Number of coordinates of a point, D.</summary>
    public int Inputs { get; }

    /// <summary>Number of components of a condition, C.</summary>
    public int Conditions { get; }

    /// <summary>Number of results.</summary>
    public int Outputs { get; }

    /// <summary>Rows of scratch that a run needs.</summary>
    public int ScratchRows { get; }

    /// <summary>Number of instructions.</summary>
    public int InstructionCount => Instructions.Length;

    /// <summary>Scalar operations of one run on one point, about: a linear map counts each of its coefficients.</summary>
    public long OperationCount => Instructions.Sum(step => (long)Math.Max(step.Inputs.Length, step.Numbers.Length));

    /// <summary>The steps, in order.</summary>
    public ImmutableArray<Instruction> Instructions { get; }

    /// <summary>The constants that rows of kind <see cref="RowKind.Constant"/> name.</summary>
    public ImmutableArray<double> Constants { get; }

    internal Code Code { get; }

    internal Block ConstantRows { get; }

    internal DoubleBlock DoubleConstantRows { get; }

    /// <summary>First of the scratch rows in which calls gather their arguments.</summary>
    internal int CallRow { get; }

    /// <summary>Runs all 64 lanes in single precision. Nothing is allocated. The four blocks must not overlap.</summary>
    /// <param name="x">The points, [D][64].</param>
    /// <param name="c">The conditions, [C][64]; an empty block if C = 0.</param>
    /// <param name="outputs">Where the results go, [Outputs][64].</param>
    /// <param name="scratch">At least [ScratchRows][64]; its content before and after has no meaning.</param>
    /// <exception cref="ArgumentException">A block has too few rows.</exception>
    /// <exception cref="OpaqueFunctionException">A function of the user has thrown.</exception>
    public void Run(Block x, Block c, Block outputs, Block scratch)
    {
        if (Vector512.IsHardwareAccelerated) Run<Lanes16>(x, c, outputs, scratch);
        else if (Vector256.IsHardwareAccelerated) Run<Lanes8>(x, c, outputs, scratch);
        else Run<Lanes1>(x, c, outputs, scratch);
    }

    /// <summary>Runs all 64 lanes in double precision: each gets the bits of one point alone. Nothing is allocated. The four blocks must not overlap.</summary>
    /// <param name="x">The points, [D][64].</param>
    /// <param name="c">The conditions, [C][64]; an empty block if C = 0.</param>
    /// <param name="outputs">Where the results go, [Outputs][64].</param>
    /// <param name="scratch">At least [ScratchRows][64]; its content before and after has no meaning.</param>
    /// <exception cref="ArgumentException">A block has too few rows.</exception>
    /// <exception cref="OpaqueFunctionException">A function of the user has thrown.</exception>
    public void Run(DoubleBlock x, DoubleBlock c, DoubleBlock outputs, DoubleBlock scratch)
    {
        if (Vector512.IsHardwareAccelerated) RunDoubles<DoubleLanes8>(x, c, outputs, scratch);
        else if (Vector256.IsHardwareAccelerated) RunDoubles<DoubleLanes4>(x, c, outputs, scratch);
        else RunDoubles<DoubleLanes1>(x, c, outputs, scratch);
    }

    /// <summary>Runs one point in double precision: the same instructions, the same order. Nothing is allocated.</summary>
    /// <param name="x">The point, [D].</param>
    /// <param name="c">The condition, [C].</param>
    /// <param name="outputs">Where the results go, [Outputs].</param>
    /// <param name="scratch">At least [ScratchRows]; its content before and after has no meaning.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    /// <exception cref="OpaqueFunctionException">A function of the user has thrown.</exception>
    public void Run(ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> outputs, Span<double> scratch)
    {
        RequireRows(x.Length, c.Length, outputs.Length, scratch.Length, "numbers");
        new DoubleInterpreter(this, x, c, outputs, scratch).Run();
    }

    /// <summary>Runs in a given vector width; all give the same bits.</summary>
    internal unsafe void Run<T>(Block x, Block c, Block outputs, Block scratch)
        where T : struct, ILanes<T>
    {
        RequireRows(x.Rows, c.Rows, outputs.Rows, scratch.Rows, "rows");
        fixed (float* px = x.Values, pc = c.Values, pk = ConstantRows.Values, ps = scratch.Values, py = outputs.Values)
        {
            var bases = stackalloc float*[] { px, pc, pk, ps, py };
            fixed (float* weights = Code.Weights)
                LaneInterpreter<T, float, FunctionRows<T>>.Run(Code, bases, weights, ps + CallRow * Block.Lanes);
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    internal unsafe void RunDoubles<T>(DoubleBlock x, DoubleBlock c, DoubleBlock outputs, DoubleBlock scratch)
        where T : struct, IArithmeticLanes<T, double>
    {
        RequireRows(x.Rows, c.Rows, outputs.Rows, scratch.Rows, "rows");
        fixed (double* px = x.Values, pc = c.Values, pk = DoubleConstantRows.Values, ps = scratch.Values, py = outputs.Values)
        {
            var bases = stackalloc double*[] { px, pc, pk, ps, py };
            fixed (double* weights = Code.Numbers)
                LaneInterpreter<T, double, DoubleFunctionRows<T>>.Run(Code, bases, weights, ps + CallRow * Block.Lanes);
        }
    }

    private void RequireRows(int x, int c, int outputs, int scratch, string unit)
    {
        if (x >= Inputs && c >= Conditions && outputs >= Outputs && scratch >= ScratchRows) return;
        throw new ArgumentException(
            $"a program of {Inputs} inputs, {Conditions} conditions, {Outputs} outputs and {ScratchRows} scratch rows was given " +
            $"x of {x}, c of {c}, outputs of {outputs} and scratch of {scratch} {unit}");
    }
}
