using System.Collections.Immutable;
using Locus.Engine.Intervals;
using Locus.Engine.Programs;

namespace Locus.Engine.Tests.Intervals;

public sealed class IntervalEvaluatorTests
{
    private static readonly Row X0 = new(RowKind.Point, 0), X1 = new(RowKind.Point, 1), S0 = new(RowKind.Scratch, 0), Y0 = new(RowKind.Output, 0);

    public static TheoryData<Operation> Operations =>
    [
        Operation.Add, Operation.Subtract, Operation.Multiply, Operation.Divide, Operation.DivideOrZero, Operation.Negate, Operation.Abs,
        Operation.Sign, Operation.Floor, Operation.Sqrt, Operation.Exp, Operation.Log, Operation.Sin, Operation.Cos, Operation.Tan,
        Operation.Asin, Operation.Acos, Operation.Atan, Operation.Atan2, Operation.Sinh, Operation.Cosh, Operation.Tanh, Operation.Erf,
        Operation.Power, Operation.Min, Operation.Max, Operation.Choose, Operation.Norm, Operation.Copy, Operation.Dot, Operation.IntegerPower,
    ];

    // A line of points x = p + b y, y from 0 to 1, for which the box is made. The mean value theorem: the difference of two values is the difference of
    // the y times a number from the bounds of the derivative, also over kinks. Where the bounds are finite, that is what root proofs rest on.
    [Theory]
    [MemberData(nameof(Operations))]
    public void Values_lie_in_their_bounds_and_differences_in_those_of_the_derivative(Operation operation)
    {
        var evaluator = new IntervalEvaluator(new Program(2, 0, 1, 0, [], [Step(operation, X0, Y0)]), tangents: 2);
        var numbers = new Numbers(7);
        var (defined, bounded, widths) = (0, 0, 0);
        for (var i = 0; i < 300; i++)
        {
            double[] p = [At(), At()];
            double[] b = [At() * Width(), i % 5 == 0 ? 0 : At() * Width()];
            Interval[] box = [Box(p[0], b[0]), Box(p[1], b[1])];
            evaluator.Run(box, [], [b[0], 1, b[1], 0]);
            var (bounds, slope) = (evaluator.Value(0), evaluator.Derivatives(0)[0]);
            if (bounds.IsUndefined) continue;
            defined++;
            if (double.IsFinite(slope.Lower) && double.IsFinite(slope.Upper)) bounded++;
            Check($"{operation} on {box[0]}, {box[1]}", p, b, bounds, slope);
        }
        // Enough of the boxes must lie where there is something to prove.
        Assert.InRange(defined, 40, 300);
        if (operation is not (Operation.Sign or Operation.Floor)) Assert.InRange(bounded, 40, 300);

        double At() => operation is Operation.Asin or Operation.Acos ? numbers.Between(-1, 1) : numbers.Between(-3, 3);
        double Width() => (widths++ % 4) switch { 0 => 0.3, 1 => 1e-6, 2 => 1e-14, _ => 0 };
        void Check(string what, double[] p, double[] b, Interval bounds, Interval slope)
        {
            var (y0, y1) = (numbers.Between(0, 1), numbers.Between(0, 1));
            var (first, last) = (Exact(operation, p, b, y0), Exact(operation, p, b, y1));
            if (first is null || last is null) Assert.Fail($"{what}: there is no value at {y0} or {y1}");
            Enclosing.Assert(what, first.Value, bounds);
            if (slope.IsUndefined || y0 == y1 || !double.IsFinite(slope.Lower) || !double.IsFinite(slope.Upper)) return;
            // 200 bits of the reference are right; two values may agree in all of them.
            var ratio = (last.Value - first.Value) / ((Big)y1 - y0);
            var slack = Big.Scale(Big.Abs(first.Value) + Big.Abs(last.Value) + 1, -200) / Big.Abs((Big)y1 - y0);
            if (ratio + slack < slope.Lower || ratio - slack > slope.Upper) Assert.Fail($"{what}: the slope {ratio} is not in {slope}");
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_target_may_be_an_input(Operation operation)
    {
        var plain = new IntervalEvaluator(new Program(2, 0, 1, 0, [], [Step(operation, X0, Y0)]), tangents: 3);
        var inPlace = new IntervalEvaluator(
            new Program(2, 0, 1, 1, [], [new(Operation.Copy, [X0], [S0], []), Step(operation, S0, S0), new(Operation.Copy, [S0], [Y0], [])]), tangents: 3);
        Interval[] x = [new(0.5, 0.6), new(0.55, 0.7)];
        double[] directions = [1, -2, 0, 0.5, 3, 1e-3];
        plain.Run(x, [], directions);
        inPlace.Run(x, [], directions);
        Assert.Equal(plain.Value(0), inPlace.Value(0));
        Assert.Equal(plain.Derivatives(0).ToArray(), inPlace.Derivatives(0).ToArray());
    }

    [Fact]
    public void A_linear_map_is_bounded_to_the_last_place_and_carries_its_tangents()
    {
        var random = new System.Random(3);
        const int n = 30, m = 7;
        var numbers = Enumerable.Range(0, m * (n + 1)).Select(_ => random.NextDouble() * 2 - 1).ToImmutableArray();
        var inputs = Enumerable.Range(0, n).Select(i => new Row(RowKind.Point, i)).ToImmutableArray();
        var targets = Enumerable.Range(0, m).Select(i => new Row(RowKind.Output, i)).ToImmutableArray();
        var program = new Program(n, 0, m, 0, [], [new(Operation.Linear, inputs, targets, numbers)]);
        var evaluator = new IntervalEvaluator(program, tangents: 1);
        var x = Enumerable.Range(0, n).Select(_ => random.NextDouble()).ToArray();
        evaluator.Run(Array.ConvertAll(x, Interval.Of), [], Enumerable.Repeat(1.0, n).ToArray());
        for (var j = 0; j < m; j++)
        {
            Big value = numbers[m * n + j], slope = 0;
            for (var i = 0; i < n; i++) (value, slope) = (value + (Big)numbers[j * n + i] * x[i], slope + numbers[j * n + i]);
            Enclosing.Assert("a linear map", value, evaluator.Value(j));
            Enclosing.Assert("its slope", slope, evaluator.Derivatives(j)[0]);
            Assert.True(evaluator.Value(j).Upper <= Math.BitIncrement(Math.BitIncrement(evaluator.Value(j).Lower)));
        }
    }

    [Fact]
    public void A_square_is_not_a_product_of_strangers()
    {
        var evaluator = new IntervalEvaluator(new Program(1, 0, 1, 0, [], [new(Operation.Multiply, [X0, X0], [Y0], [])]));
        evaluator.Run([new(-1, 2)], []);
        Assert.Equal(new Interval(0, 4), evaluator.Value(0));
    }

    [Fact]
    public void Jumps_have_no_bound_unless_what_they_depend_on_stands_still()
    {
        var evaluator = new IntervalEvaluator(new Program(2, 0, 1, 0, [], [new(Operation.Choose, [X0, X1, X0, X1], [Y0], [])]), tangents: 1);
        evaluator.Run([new(0, 2), new(1, 3)], [], [1, 0]);
        Assert.Equal(Interval.Whole, evaluator.Derivatives(0)[0]);
        evaluator.Run([new(0, 2), new(1, 3)], [], [1, 1]);
        Assert.Equal(new Interval(1, 1), evaluator.Derivatives(0)[0]);
        evaluator.Run([new(0, 0.5), new(1, 3)], [], [1, 0]);
        Assert.Equal(new Interval(1, 1), evaluator.Derivatives(0)[0]);
    }

    [Fact]
    public void Nothing_is_known_of_a_function_of_the_user()
    {
        Instruction[] steps = [new(Operation.Call, [X0], [S0], [], new One()), new(Operation.Tanh, [S0], [Y0], [])];
        var evaluator = new IntervalEvaluator(new Program(1, 0, 1, 1, [], [.. steps]), tangents: 1);
        evaluator.Run([new(0, 1)], [], [1]);
        Assert.True(evaluator.Value(0).IsUndefined && evaluator.Derivatives(0)[0].IsUndefined);
    }

    [Fact]
    public void Conditions_and_constants_are_points_that_stand_still()
    {
        var program = new Program(1, 1, 1, 1, [4.0],
            [new(Operation.Multiply, [X0, new(RowKind.Condition, 0)], [S0], []), new(Operation.Subtract, [S0, new(RowKind.Constant, 0)], [Y0], [])]);
        var evaluator = new IntervalEvaluator(program, tangents: 1);
        evaluator.Run([new(1, 2)], [3], [1]);
        Assert.Equal(new Interval(-1, 2), evaluator.Value(0));
        Assert.Equal(new Interval(3, 3), evaluator.Derivatives(0)[0]);
        evaluator.Run([new(1, 2)], [double.NaN], [1]);
        Assert.True(evaluator.Value(0).IsUndefined);
    }

    [Fact]
    public void A_run_allocates_nothing_and_checks_its_sizes()
    {
        var program = new Program(2, 0, 1, 0, [], [Step(Operation.Atan2, X0, Y0)]);
        var evaluator = new IntervalEvaluator(program, tangents: 1);
        Interval[] x = [new(1, 2), new(1, 2)];
        double[] directions = [1, 1];
        Assert.Equal(0, Allocation.Of(() => evaluator.Run(x, [], directions)));
        Assert.Throws<ArgumentException>(() => evaluator.Run(x.AsSpan(1), [], directions));
        Assert.Throws<ArgumentException>(() => evaluator.Run(x, [1], directions));
        Assert.Throws<ArgumentException>(() => evaluator.Run(x, [], []));
    }

    private static Interval Box(double p, double b)
    {
        var (first, last) = (Interval.Of(p), Interval.Of(p) + Interval.Of(b));
        return Interval.Hull(first, last);
    }

    private static Big? Exact(Operation operation, double[] p, double[] b, double y)
    {
        Big x0 = (Big)p[0] + (Big)b[0] * y, x1 = (Big)p[1] + (Big)b[1] * y;
        Big[] inputs = operation switch
        {
            Operation.Choose => [x0, x1, x1, x0],
            Operation.Dot => [x1, x0, x0, x0, x1],
            Operation.Norm => [x1, x0, x0],
            _ => [x0, x1],
        };
        return BigScalars.Apply(operation, inputs, -5);
    }

    private static Instruction Step(Operation operation, Row first, Row target) => operation switch
    {
        Operation.Choose => new(operation, [first, X1, X1, first], [target], []),
        Operation.Dot => new(operation, [X1, first, first, first, X1], [target], []),
        Operation.Norm => new(operation, [X1, first, first], [target], []),
        Operation.IntegerPower => new(operation, [first], [target], [-5]),
        Operation.Add or Operation.Subtract or Operation.Multiply or Operation.Divide or Operation.DivideOrZero
            or Operation.Atan2 or Operation.Power or Operation.Min or Operation.Max => new(operation, [first, X1], [target], []),
        _ => new(operation, [first], [target], []),
    };

    private sealed class One : OpaqueFunction
    {
        public override int Inputs => 1;

        public override int Outputs => 1;

        public override void Evaluate(ReadOnlySpan<double> x, Span<double> values) => values[0] = 1;
    }
}
