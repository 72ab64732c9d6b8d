using System.Collections.Immutable;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Programs;

namespace Locus.Engine.Tests.Programs;

public class ProgramTests
{
    private static readonly Row X0 = new(RowKind.Point, 0), X1 = new(RowKind.Point, 1), S0 = new(RowKind.Scratch, 0), Y0 = new(RowKind.Output, 0);

    public static TheoryData<Operation> Operations => [.. OneStep.All];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_operation_gives_the_same_bits_in_every_width_and_in_place(Operation operation)
    {
        var program = OneStep.Of(operation, Y0);
        var block = new ProgramBlocks(program);
        block.FillWithSpecialValues(operation == Operation.Sin ? 1 : 2);
        AssertEqualBits(block.Run<Lanes1>(), block.Run<Lanes8>());
        AssertEqualBits(block.Run<Lanes1>(), block.Run<Lanes16>());
        var inPlace = OneStep.Of(operation, S0, overwrite: true);
        var second = new ProgramBlocks(inPlace);
        second.FillWithSpecialValues(operation == Operation.Sin ? 1 : 2);
        AssertEqualBits(block.Run<Lanes1>(), second.Run<Lanes16>());
        AssertEqualBits(block.Run<Lanes1>(), second.Run<Lanes8>());
    }

    // Single precision against the double twin, on values where no operation is ill-conditioned; 1e-6 is a few units in the last place.
    [Theory]
    [MemberData(nameof(Operations))]
    public void Single_precision_agrees_with_the_double_twin(Operation operation)
    {
        var program = OneStep.Of(operation, Y0);
        var block = new ProgramBlocks(program);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            block.X[0][lane] = 0.05f + 0.014f * lane;
            block.X[1][lane] = 0.9f - 0.0131f * lane;
        }

        var single = block.Run<Lanes16>();
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var y = new double[1];
            program.Run([block.X[0][lane], block.X[1][lane]], [], y, new double[program.ScratchRows]);
            var tolerance = operation is Operation.Acos or Operation.Log or Operation.Subtract ? 1e-6 : 1e-6 * Math.Abs(y[0]);
            Assert.Equal(y[0], single[lane], tolerance);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 7)]
    [InlineData(9, 130)]
    [InlineData(50, 64)]
    public void Linear_maps_sum_in_the_order_of_their_inputs(int m, int n)
    {
        var random = new System.Random(3);
        var numbers = Enumerable.Range(0, m * (n + 1)).Select(_ => random.NextDouble() * 2 - 1).ToImmutableArray();
        var rows = Enumerable.Range(0, n).Select(i => new Row(RowKind.Point, i)).ToImmutableArray();
        var targets = Enumerable.Range(0, m).Select(i => new Row(RowKind.Output, i)).ToImmutableArray();
        var program = new Program(n, 0, m, 0, [], [new Instruction(Operation.Linear, rows, targets, numbers)]);
        var block = new ProgramBlocks(program);
        foreach (ref var value in block.X.Values) value = (float)(random.NextDouble() * 2 - 1);
        var wide = block.Run<Lanes16>();
        AssertEqualBits(wide, block.Run<Lanes8>());
        AssertEqualBits(wide, block.Run<Lanes1>());
        for (var j = 0; j < m; j++)
        {
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                var sum = (float)numbers[m * n + j];
                for (var i = 0; i < n; i++) sum = MathF.FusedMultiplyAdd((float)numbers[j * n + i], block.X[i][lane], sum);
                Assert.Equal(sum, wide[j * Block.Lanes + lane]);
            }
        }
    }

    [Fact]
    public void Sinh_is_accurate_next_to_zero_and_on_both_sides_of_its_seam()
    {
        foreach (var a in new[] { 1e-30, 1e-9, 0.01, 0.499999, 0.500001, 3 })
        {
            Assert.Equal(Math.Sinh(a), Scalars.Apply(Operation.Sinh, a), 1e-15 * Math.Sinh(a));
            Assert.Equal(-Math.Sinh(a), Scalars.Apply(Operation.Sinh, -a), 1e-15 * Math.Sinh(a));
        }
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        var instructions = OneStep.All.Select(o => OneStep.Instruction(o, S0)).Append(new(Operation.Copy, [S0], [Y0], [])).ToImmutableArray();
        instructions = instructions.Add(new(Operation.Call, [X0, X1], [S0], [], new Product()));
        var program = new Program(2, 0, 1, 1, [], instructions);
        var block = new ProgramBlocks(program);
        var (y, scratch) = (new double[1], new double[program.ScratchRows]);
        double[] x = [0.3, 0.4];
        Assert.Equal(0, Allocation.Of(Once));

        void Once()
        {
            program.Run(block.X, default, block.Y, block.Scratch);
            program.Run(x, [], y, scratch);
        }
    }

    [Fact]
    public void Threads_share_a_program_each_with_its_own_scratch()
    {
        var instructions = OneStep.All.Select(o => OneStep.Instruction(o, S0)).Append(new(Operation.Add, [S0, X0], [Y0], [])).ToImmutableArray();
        var program = new Program(2, 0, 1, 1, [], instructions);
        var expected = Enumerable.Range(0, 4).Select(Result).ToArray();
        Parallel.For(0, 400, i => AssertEqualBits(expected[i % 4], Result(i % 4)));

        float[] Result(int seed)
        {
            var block = new ProgramBlocks(program);
            for (var lane = 0; lane < Block.Lanes; lane++) (block.X[0][lane], block.X[1][lane]) = (0.01f * lane + seed, 0.5f - 0.02f * lane);
            program.Run(block.X, default, block.Y, block.Scratch);
            return block.Y.Values.ToArray();
        }
    }

    [Fact]
    public void Lanes_do_not_depend_on_each_other()
    {
        var program = OneStep.Of(Operation.Power, Y0);
        var block = new ProgramBlocks(program);
        block.FillWithSpecialValues(2);
        var all = block.Run<Lanes16>();
        var (a, b) = (block.X[0][20], block.X[1][20]);
        block.X.Values.Fill(float.NaN);
        (block.X[0][33], block.X[1][33]) = (a, b);
        Assert.Equal(all[20], block.Run<Lanes16>()[33]);
    }

    [Fact]
    public void What_is_no_program_is_refused_with_all_that_is_wrong()
    {
        var error = Assert.Throws<ArgumentException>(() => new Program(1, 0, 2, 1, [],
        [
            new(Operation.Add, [X0], [S0], []),
            new(Operation.Sin, [X1], [S0], []),
            new(Operation.Sin, [X0], [new(RowKind.Scratch, 1)], []),
            new(Operation.Sin, [X0], [X0], []),
            new(Operation.Linear, [S0, X0], [S0, Y0], [1, 2, 3, 4, 5, 6]),
        ]));
        string[] parts = ["no row x1", "no row s1 to write", "no row x0 to write", "s0 is written before it is read", "output 1 is never written"];
        foreach (var part in parts.Append("instruction 0"))
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_that_is_too_small_is_refused()
    {
        var program = OneStep.Of(Operation.Add, Y0);
        Assert.Throws<ArgumentException>(() => program.Run(default(Block), default, default, default));
        Assert.Throws<ArgumentException>(() => program.Run([1], [], new double[1], []));
    }

    private static void AssertEqualBits(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (float.IsNaN(expected[i]) && float.IsNaN(actual[i])) continue;
            var same = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]);
            Assert.True(same, $"value {i}: {expected[i]:R} and {actual[i]:R}");
        }
    }
}
