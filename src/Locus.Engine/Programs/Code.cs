using System.Collections.Immutable;

namespace Locus.Engine.Programs;

/// <summary>The instructions as the interpreters read them: flat arrays that are walked from front to back.</summary>
internal sealed class Code
{
    /// <summary>Packs instructions that have been checked.</summary>
    public Code(ImmutableArray<Instruction> instructions)
    {
        Steps = new Step[instructions.Length];
        var rows = new List<int>();
        var numbers = new List<double>();
        var functions = new List<OpaqueFunction>();
        for (var i = 0; i < Steps.Length; i++)
        {
            var instruction = instructions[i];
            var detail = instruction.Operation switch
            {
                Operation.IntegerPower => (int)instruction.Numbers[0],
                Operation.Call => functions.Count,
                _ => numbers.Count,
            };
            Steps[i] = new(instruction.Operation, rows.Count, instruction.Inputs.Length, instruction.Targets.Length, detail);
            foreach (var row in instruction.Inputs) rows.Add(row.Packed);
            foreach (var row in instruction.Targets) rows.Add(row.Packed);
            if (instruction.Operation == Operation.Linear) numbers.AddRange(instruction.Numbers);
            if (instruction.Operation != Operation.Call) continue;
            functions.Add(instruction.Function!);
            CallRows = Math.Max(CallRows, instruction.Inputs.Length + instruction.Targets.Length);
        }

        Rows = [.. rows];
        Numbers = [.. numbers];
        Weights = Array.ConvertAll(Numbers, n => (float)n);
        Functions = [.. functions];
    }

    /// <summary>One per instruction.</summary>
    public Step[] Steps { get; }

    /// <summary>The rows of all instructions, packed: for each its inputs, then its targets.</summary>
    public int[] Rows { get; }

    /// <summary>Matrices and offsets of the linear maps, in double precision.</summary>
    public double[] Numbers { get; }

    /// <summary>The same, rounded to single precision.</summary>
    public float[] Weights { get; }

    /// <summary>The functions of the user that are called.</summary>
    public OpaqueFunction[] Functions { get; }

    /// <summary>Rows in which the largest call gathers its arguments and values.</summary>
    public int CallRows { get; }

    /// <summary>
    /// One instruction: its rows start at <paramref name="First"/>; <paramref name="Detail"/> is an exponent, a function or the place of
    /// the first number.
    /// </summary>
    internal readonly record struct Step(Operation Operation, int First, int Inputs, int Targets, int Detail);
}
