using System.Collections.Immutable;
using Locus.Engine.Programs;

namespace Locus.Engine.Tests.Programs;

/// <summary>Programs of random instructions, linear maps and calls among them, over few rows that are written again and again.</summary>
internal static class RandomProgram
{
    private const int Inputs = 3, Conditions = 2, Scratch = 5, Outputs = 4;

    /// <summary>A program of 3 inputs, 2 conditions, 4 outputs and <paramref name="length"/> instructions besides those that write the outputs.</summary>
    public static Program Of(int seed, int length)
    {
        var random = new System.Random(seed);
        var constants = ImmutableArray.Create(0, -1.5, 1 / 3.0, 1e300);
        // Every scratch row is written once before any is read.
        var instructions = Enumerable.Range(0, Scratch)
            .Select(i => new Instruction(Operation.Copy, [new(RowKind.Point, i % Inputs)], [new(RowKind.Scratch, i)], [])).ToList();
        for (var k = 0; k < length; k++) instructions.Add(Next());
        for (var i = 0; i < Outputs; i++) instructions.Add(new(Operation.Copy, [new(RowKind.Scratch, i)], [new(RowKind.Output, i)], []));
        return new(Inputs, Conditions, Outputs, Scratch, constants, [.. instructions]);

        Instruction Next() => random.Next(8) switch
        {
            0 => new(Operation.Linear, [new(RowKind.Point, 1), Row(), new(RowKind.Condition, 0)], [new(RowKind.Output, random.Next(Outputs))], Numbers(4)),
            1 => new(Operation.Linear, [new(RowKind.Point, 0), new(RowKind.Point, 2)], Targets(Scratch), Numbers(3 * Scratch)),
            2 => new(Operation.Call, [Row(), Row()], Targets(1), [], new Product()),
            _ => Ordinary(OneStep.All[random.Next(OneStep.All.Length)]),
        };

        Instruction Ordinary(Operation operation)
        {
            var step = OneStep.Instruction(operation, new(RowKind.Scratch, random.Next(Scratch)));
            return step with { Inputs = [.. step.Inputs.Select(_ => Row())] };
        }

        Row Row() => random.Next(4) switch
        {
            0 => new(RowKind.Point, random.Next(Inputs)),
            1 => new(RowKind.Condition, random.Next(Conditions)),
            2 => new(RowKind.Constant, random.Next(constants.Length)),
            _ => new(RowKind.Scratch, random.Next(Scratch)),
        };

        ImmutableArray<Row> Targets(int count) => [.. Enumerable.Range(0, count).Select(i => new Row(RowKind.Scratch, i))];

        ImmutableArray<double> Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 4 - 2)];
    }
}
