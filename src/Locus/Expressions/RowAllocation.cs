using System.Collections.Immutable;
using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>
/// Gives every value a row: leaves where they lie, outputs their own row, the rest scratch rows that are taken again, last freed first
/// (it is the one still in the cache), as soon as the value in them was read for the last time.
/// </summary>
internal sealed class RowAllocation
{
    private readonly Dictionary<Expr, Row> rows = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expr, int> lastUse = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<double, int> constants = [];
    private readonly Stack<int> free = new();
    private int scratchRows;

    private RowAllocation()
    {
    }

    /// <summary>The program of the steps.</summary>
    /// <param name="steps">Steps in order.</param>
    /// <param name="outputs">The value of each output.</param>
    /// <param name="dimension">Number of coordinates D.</param>
    /// <param name="conditions">Number of conditions C.</param>
    public static Program Place(List<Step> steps, Expr[] outputs, int dimension, int conditions)
    {
        var allocation = new RowAllocation();
        var instructions = allocation.Instructions(steps, outputs);
        var constants = allocation.constants.OrderBy(c => c.Value).Select(c => c.Key).ToImmutableArray();
        return new Program(dimension, conditions, outputs.Length, allocation.scratchRows, constants, instructions);
    }

    private ImmutableArray<Instruction> Instructions(List<Step> steps, Expr[] outputs)
    {
        var instructions = ImmutableArray.CreateBuilder<Instruction>(steps.Count);
        for (var i = 0; i < steps.Count; i++)
        {
            foreach (var input in steps[i].Inputs) lastUse[input] = i;
        }

        var computed = new HashSet<Expr>(steps.SelectMany(s => s.Targets), ReferenceEqualityComparer.Instance);
        for (var i = 0; i < outputs.Length; i++)
        {
            if (computed.Contains(outputs[i])) rows.TryAdd(outputs[i], new Row(RowKind.Output, i));
        }

        for (var i = 0; i < steps.Count; i++) instructions.Add(Place(steps[i], i));
        for (var i = 0; i < outputs.Length; i++)
        {
            var (row, target) = (RowOf(outputs[i]), new Row(RowKind.Output, i));
            if (row != target) instructions.Add(new(Operation.Copy, [row], [target], []));
        }

        return instructions.ToImmutable();
    }

    private Instruction Place(Step step, int at)
    {
        var inputs = ImmutableArray.Create(Array.ConvertAll(step.Inputs, RowOf));
        // A linear map of several targets writes some before it has read all inputs for the others: it needs fresh rows.
        var inPlace = step.Targets.Length == 1 || step.Operation != Operation.Linear;
        if (inPlace) Free(step.Inputs, at);
        var targets = ImmutableArray.Create(Array.ConvertAll(step.Targets, TargetRow));
        if (!inPlace) Free(step.Inputs, at);
        Free(step.Targets, at);
        return new(step.Operation, inputs, targets, [.. step.Numbers], step.Function);
    }

    // Frees what is read for the last time here, and targets that nobody reads.
    private void Free(Expr[] values, int at)
    {
        foreach (var value in values)
        {
            if (lastUse.GetValueOrDefault(value, -1) > at || !rows.TryGetValue(value, out var row) || row.Kind != RowKind.Scratch) continue;
            rows.Remove(value);
            free.Push(row.Index);
        }
    }

    private Row TargetRow(Expr value)
    {
        if (rows.TryGetValue(value, out var row)) return row;
        row = new Row(RowKind.Scratch, free.TryPop(out var index) ? index : scratchRows++);
        rows.Add(value, row);
        return row;
    }

    private Row RowOf(Expr value) => value.Operation switch
    {
        Operation.Variable => new Row(RowKind.Point, value.Index),
        Operation.Parameter => new Row(RowKind.Condition, value.Index),
        Operation.Constant => new Row(RowKind.Constant, ConstantIndex(value.Number)),
        _ => rows[value],
    };

    private int ConstantIndex(double number)
    {
        if (constants.TryGetValue(number, out var index)) return index;
        constants.Add(number, constants.Count);
        return constants.Count - 1;
    }
}
