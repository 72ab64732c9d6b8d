using System.Collections.Immutable;

namespace Locus.Engine.Programs;

/// <summary>What makes instructions safe to run without checks: every row is there, every instruction has the inputs that it reads.</summary>
internal static class InstructionCheck
{
    private const int MostFindings = 8;

    /// <summary>Throws if the instructions are not sound.</summary>
    /// <param name="instructions">The instructions.</param>
    /// <param name="sizes">Number of rows of each kind, in the order of <see cref="RowKind"/>.</param>
    /// <exception cref="ArgumentException">They are not; the message names the first findings.</exception>
    public static void Run(ImmutableArray<Instruction> instructions, ReadOnlySpan<int> sizes)
    {
        var findings = new List<string>();
        var written = new bool[sizes[(int)RowKind.Output]];
        for (var i = 0; i < instructions.Length && findings.Count < MostFindings; i++)
        {
            var instruction = instructions[i];
            string Place(int at) => $"instruction {at}, {instruction}";
            if (!HasShape(instruction)) findings.Add($"{Place(i)}: the numbers of its inputs, targets and numbers do not fit its operation");
            foreach (var row in instruction.Inputs)
            {
                if (!Exists(row, sizes)) findings.Add($"{Place(i)}: there is no row {row}");
            }

            foreach (var row in instruction.Targets)
            {
                var mayWrite = Exists(row, sizes) && row.Kind is (RowKind.Scratch or RowKind.Output);
                if (!mayWrite) findings.Add($"{Place(i)}: there is no row {row} to write");
                else if (row.Kind == RowKind.Output) written[row.Index] = true;
                if (instruction is { Operation: Operation.Linear, Targets.Length: > 1 } && instruction.Inputs.Contains(row))
                    findings.Add($"{Place(i)}: {row} is written before it is read");
            }
        }

        for (var i = 0; i < written.Length && findings.Count < MostFindings; i++)
        {
            if (!written[i]) findings.Add($"output {i} is never written");
        }

        if (findings.Count > 0) throw new ArgumentException($"not a program: {string.Join("; ", findings)}", nameof(instructions));
    }

    private static bool Exists(Row row, ReadOnlySpan<int> sizes) =>
        row.Kind is >= RowKind.Point and <= RowKind.Output && row.Index >= 0 && row.Index < sizes[(int)row.Kind] && row.Index <= Row.IndexMask;

    private static bool HasShape(Instruction instruction)
    {
        var (n, m, k) = (instruction.Inputs.Length, instruction.Targets.Length, instruction.Numbers.Length);
        return instruction.Operation switch
        {
            Operation.Constant or Operation.Variable or Operation.Parameter or Operation.Component => false,
            Operation.Linear => n >= 1 && m >= 1 && k == m * (n + 1),
            Operation.Call => instruction.Function is { } f && n == f.Inputs && m == f.Outputs && k == 0,
            Operation.Dot => n % 2 == 1 && m == 1 && k == 0,
            Operation.Norm => n >= 1 && m == 1 && k == 0,
            Operation.IntegerPower => n == 1 && m == 1 && k == 1 && instruction.Numbers[0] == (int)instruction.Numbers[0],
            Operation.Choose => n == 4 && m == 1 && k == 0,
            Operation.Add or Operation.Subtract or Operation.Multiply or Operation.Divide or Operation.DivideOrZero
                or Operation.Atan2 or Operation.Power or Operation.Min or Operation.Max => n == 2 && m == 1 && k == 0,
            _ => n == 1 && m == 1 && k == 0,
        };
    }
}
