using System.Collections.Immutable;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Programs;

namespace Locus.Engine.Tests.Programs;

/// <summary>64 points at once in double precision have the bits of one point alone.</summary>
public class DoubleProgramTests
{
    private static readonly double[] Special =
    [
        0, -0.0, 1, -1, 0.3, -0.7, 0.49, 17.25, -3e9, 1e-300, -5e-324, 1e300, double.Epsilon, double.MaxValue,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    public static TheoryData<Operation> Operations => [.. OneStep.All];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_operation_has_the_bits_of_one_point_in_every_width_and_in_place(Operation operation)
    {
        foreach (var program in new[] { OneStep.Of(operation, new(RowKind.Output, 0)), OneStep.Of(operation, new(RowKind.Scratch, 0), overwrite: true) })
        {
            // 17 by 17 pairs in blocks of 64.
            for (var first = 0; first < Special.Length * Special.Length; first += Block.Lanes)
            {
                AssertTwins(program, (i, lane) => Special[(first + lane) / (i == 0 ? 1 : Special.Length) % Special.Length]);
            }
        }
    }

    [Fact]
    public void Random_programs_have_the_bits_of_one_point_in_every_width()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new System.Random(seed);
            AssertTwins(RandomProgram.Of(seed, 30), (_, _) => random.Next(20) == 0 ? Special[random.Next(Special.Length)] : random.NextDouble() * 6 - 3);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 7)]
    [InlineData(9, 130)]
    [InlineData(50, 33)]
    public void Linear_maps_have_the_bits_of_one_point_in_every_width(int m, int n)
    {
        var random = new System.Random(4);
        var numbers = Enumerable.Range(0, m * (n + 1)).Select(_ => random.NextDouble() * 2 - 1).ToImmutableArray();
        var rows = Enumerable.Range(0, n).Select(i => new Row(RowKind.Point, i)).ToImmutableArray();
        var targets = Enumerable.Range(0, m).Select(i => new Row(RowKind.Output, i)).ToImmutableArray();
        AssertTwins(new Program(n, 0, m, 0, [], [new(Operation.Linear, rows, targets, numbers)]), (_, _) => random.NextDouble() * 2 - 1);
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        var program = RandomProgram.Of(5, 60);
        Assert.Contains(program.Instructions, step => step.Operation == Operation.Call);
        var memory = new DoubleProgramBlocks(program);
        memory.X.Values.Fill(0.4);
        Assert.Equal(0, Allocation.Of(() => memory.Run()));
    }

    [Fact]
    public void Memory_that_is_too_small_is_refused() =>
        Assert.Throws<ArgumentException>(() => OneStep.Of(Operation.Add, new(RowKind.Output, 0)).Run(default(DoubleBlock), default, default, default));

    private static void AssertTwins(Program program, Func<int, int, double> value)
    {
        var memory = new DoubleProgramBlocks(program);
        for (var i = 0; i < program.Inputs; i++)
        {
            for (var lane = 0; lane < Block.Lanes; lane++) memory.X[i][lane] = value(i, lane);
        }

        for (var i = 0; i < program.Conditions; i++)
        {
            for (var lane = 0; lane < Block.Lanes; lane++) memory.C[i][lane] = value(i, lane);
        }

        var expected = memory.PointByPoint();
        AssertEqualBits(program, expected, memory.Run());
        AssertEqualBits(program, expected, memory.Run<DoubleLanes1>());
        AssertEqualBits(program, expected, memory.Run<DoubleLanes4>());
        AssertEqualBits(program, expected, memory.Run<DoubleLanes8>());
    }

    private static void AssertEqualBits(Program program, double[] expected, ReadOnlySpan<double> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (double.IsNaN(expected[i]) && double.IsNaN(actual[i])) continue;
            if (BitConverter.DoubleToInt64Bits(expected[i]) == BitConverter.DoubleToInt64Bits(actual[i])) continue;
            Assert.Fail($"value {i}: {expected[i]:R} alone, {actual[i]:R} in a block; {string.Join("; ", program.Instructions)}");
        }
    }
}
