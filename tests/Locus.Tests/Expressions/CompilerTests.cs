using Locus.Engine.Programs;
using Locus.Expressions;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Expressions;

public class CompilerTests
{
    private static readonly Vector X = Vector.Variables(4);

    [Fact]
    public void Equal_subexpressions_are_computed_once_wherever_they_come_from()
    {
        var program = Compiler.Compile([Sin(X[0] * X[1]) + Exp(X[2]), Exp(Expr.Variable(2)) * Sin(X[1] * X[0])], 4, 0);
        Assert.Equal(
            [Operation.Multiply, Operation.Sin, Operation.Exp, Operation.Add, Operation.Multiply],
            program.Instructions.Select(i => i.Operation));
    }

    [Fact]
    public void Only_sums_and_products_may_change_sides()
    {
        var program = Compiler.Compile([X[0] / X[1], X[1] / X[0], X[0] - X[1], X[1] - X[0], Min(X[0], X[1]), Min(X[1], X[0])], 2, 0);
        Assert.Equal(6, program.InstructionCount);
        Assert.Equal([4, 0.25, 3, -3, 1, 1], Running.InDouble(program, [4, 1], []));
    }

    [Fact]
    public void Maps_after_maps_do_not_overwrite_what_they_still_read()
    {
        Expr[] v = [.. X];
        for (var layer = 0; layer < 5; layer++)
        {
            var from = v;
            v = [.. Enumerable.Range(0, 4).Select(i => from[0] + (2.5 - i) * from[1] - (i + 0.5) * from[2] + (0.25 + 0.1 * i) * from[3])];
        }

        var program = Compiler.Compile(v, 4, 0);
        Assert.Equal(5, program.InstructionCount);
        double[] x = [0.1, -0.2, 0.3, 0.4];
        var expected = Array.ConvertAll(v, e => e.Evaluate(x, []));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(expected[i], Running.InDouble(program, x, [])[i], 1e-12 * Math.Abs(expected[i]));
            Assert.Equal(expected[i], Running.InFloat(program, [.. Enumerable.Repeat(x, 64)], [])[9][i], 1e-4 * Math.Abs(expected[i]));
        }
    }

    [Fact]
    public void What_no_output_needs_is_left_out()
    {
        var function = new Counting();
        var values = Call(function, X[..2]);
        Assert.Equal(1, Compiler.Compile([Sin(X[0])], 4, 0).InstructionCount);
        Assert.Equal(0, Compiler.Compile([], 4, 0).InstructionCount);
        Assert.Equal(2, Compiler.Compile([Exp(values[1])], 4, 0).InstructionCount);
    }

    [Fact]
    public void Rows_are_used_again()
    {
        Expr e = X[0];
        for (var i = 0; i < 100; i++) e = Sin(e) * Cos(e);
        Assert.Equal(2, Compiler.Compile([e], 4, 0).ScratchRows);
    }

    [Fact]
    public void Outputs_may_be_leaves_each_other_and_used_further()
    {
        var inner = Sin(X[0]);
        var program = Compiler.Compile([inner, X[1], 0.25, inner, Exp(inner), Expr.Parameter(0)], 4, 1);
        var (s, c) = (Math.Sin(0.5), 7.0);
        Assert.Equal([s, 2, 0.25, s, Math.Exp(s), c], Running.InDouble(program, [0.5, 2, 0, 0], [c]), new Near(1e-15));
    }

    [Fact]
    public void A_sum_with_constant_factors_is_one_linear_map_and_equal_inputs_share_it()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 4).Select(_ => Dot(Numbers(random, 4), X) - 1);
        var program = Compiler.Compile([.. rows], 4, 0);
        Assert.Equal(Operation.Linear, Assert.Single(program.Instructions).Operation);
        Assert.Equal(4, program.Instructions[0].Targets.Length);
    }

    [Fact]
    public void Terms_of_a_sum_are_gathered()
    {
        var program = Compiler.Compile([3 * X[0] - (X[0] - 2 * (3 * X[1] + 1)) - 2 * X[0] + 5], 4, 0);
        var linear = Assert.Single(program.Instructions);
        Assert.Equal([6.0, 7.0], linear.Numbers.ToArray());
        Assert.Equal(new Row(RowKind.Point, 1), Assert.Single(linear.Inputs));
    }

    [Fact]
    public void A_multiple_of_a_difference_keeps_the_exact_difference_of_near_values()
    {
        var program = Compiler.Compile([0.1 * (X[0] - X[1])], 4, 0);
        var (a, b) = (1 + MathF.Pow(2, -22), 1 + MathF.Pow(2, -23));
        Assert.Equal(0.1f * (a - b), Running.InFloat(program, [.. Enumerable.Repeat(new double[] { a, b, 0, 0 }, 64)], [])[0][0]);
    }

    [Fact]
    public void A_shared_multiple_of_a_sum_stays_one_value()
    {
        var s = 0.5 * (Sin(X[0]) + X[1]);
        var program = Compiler.Compile([s + s, s * X[2], X[3] - s], 4, 0);
        double[] x = [0.3, 0.5, 2, 7];
        var value = 0.5 * (Math.Sin(0.3) + 0.5);
        Assert.Equal([2 * value, 2 * value, 7 - value], Running.InDouble(program, x, []), new Near(1e-15));
    }

    [Fact]
    public void A_sum_of_products_is_one_fused_instruction()
    {
        var program = Compiler.Compile([Dot(X[..2], X[2..]) + Square(X[0]) + 0.5], 4, 0);
        Assert.Equal(Operation.Dot, Assert.Single(program.Instructions).Operation);
        Assert.Equal(0.3 * 0.5 + 0.4 * 0.6 + 0.09 + 0.5, Running.InDouble(program, [0.3, 0.4, 0.5, 0.6], [])[0], 15);
    }

    [Fact]
    public void A_rotated_disk_costs_as_many_instructions_as_its_parts()
    {
        var random = new Random(2);
        var x = Vector.Variables(10);
        var y = new Vector(Enumerable.Range(0, 10).Select(_ => Dot(Numbers(random, 10), x)));
        var disk = All([.. y[2..].Select(e => e == 0), Norm(y[..2]) <= 0.5]);
        var program = Compiler.Compile([disk.Penalty, .. Derivatives.Gradient(disk.Penalty, x)], 10, 0);
        var linear = program.Instructions.Where(i => i.Operation == Operation.Linear && i.Inputs.Length == 10).ToList();
        Assert.Equal(2, linear.Count);
        Assert.All(linear, i => Assert.Equal(10, i.Targets.Length));
        Assert.InRange(program.InstructionCount, 2, 26);
    }

    // Well-conditioned: at most 1e-5 relative to the value, or to 1 where terms of order 1 cancel.
    [Fact]
    public void Single_precision_agrees_with_double_on_random_expressions()
    {
        var random = new RandomExpressions(21);
        for (var n = 0; n < 200; n++)
        {
            var e = Tanh(random.Smooth(4));
            var c = Array.ConvertAll(random.Point(2), v => (double)(float)v);
            var program = Compiler.Compile([e], 4, 2);
            var points = Enumerable.Range(0, 64).Select(_ => Array.ConvertAll(random.Point(4), v => (double)(float)v)).ToArray();
            var single = Running.InFloat(program, points, c);
            for (var lane = 0; lane < 64; lane++) Assert.Equal(Running.InDouble(program, points[lane], c)[0], single[lane][0], 1e-5);
        }
    }

    private static Vector Numbers(Random random, int count) => new(Enumerable.Range(0, count).Select(_ => (Expr)random.NextDouble()));

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double obj) => 0;
    }

    private sealed class Counting : OpaqueFunction
    {
        public override int Inputs => 2;

        public override int Outputs => 3;

        public override void Evaluate(ReadOnlySpan<double> x, Span<double> values) => values.Fill(x[0] + x[1]);
    }
}
