using Locus.Engine.Intervals;
using Locus.Engine.Tests.Intervals;
using Locus.Expressions;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Expressions;

/// <summary>Programs that are the same function as their expressions, bounded on boxes, against the expressions to 256 bits.</summary>
public sealed class IntervalTests
{
    private static readonly Vector X = Vector.Variables(4);

    // Along a line p + b y, y from 0 to 1: the values, and the difference of two of them over that of their y.
    [Theory]
    [InlineData(0)]
    [InlineData(1e-14)]
    [InlineData(1e-6)]
    [InlineData(0.2)]
    public void Composed_expressions_lie_in_their_bounds_with_their_slopes(double width)
    {
        var (defined, bounded) = (0, 0);
        for (var seed = 0; seed < 120; seed++)
        {
            var expressions = new RandomExpressions(seed);
            var random = new Random(seed);
            var e = Rough(expressions, random);
            var evaluator = new IntervalEvaluator(Compiler.Compile([e], 4, 2, exact: true), tangents: 1);
            var (p, c) = (expressions.Point(4), expressions.Point(2));
            var b = Array.ConvertAll(expressions.Point(4), direction => direction * width);
            evaluator.Run([.. p.Zip(b, (first, step) => Interval.Hull(Interval.Of(first), Interval.Of(first) + Interval.Of(step)))], c, b);
            var (bounds, slope) = (evaluator.Value(0), evaluator.Derivatives(0)[0]);
            var (y0, y1) = (random.NextDouble(), random.NextDouble());
            var (first, last) = (At(y0), At(y1));
            if (bounds.IsUndefined) continue;
            defined++;
            if (first is not { } value || last is not { } other) Assert.Fail($"seed {seed}: the bounds are {bounds}, but there is no value");
            else
            {
                Enclosing.Assert($"seed {seed}", value, bounds);
                if (width == 0 || !double.IsFinite(slope.Lower) || !double.IsFinite(slope.Upper)) continue;
                bounded++;
                var ratio = (other - value) / ((Big)y1 - y0);
                var slack = Big.Scale(Big.Abs(value) + Big.Abs(other) + 1, -180) / Big.Abs((Big)y1 - y0);
                if (ratio + slack < slope.Lower || ratio - slack > slope.Upper) Assert.Fail($"seed {seed}: the slope {ratio} is not in {slope}");
            }

            Big? At(double y) => BigEvaluation.Value(e, [.. p.Zip(b, (start, step) => (Big)start + (Big)step * y)], c);
        }
        // Wide boxes leave the domains of some functions, and steep ones have no bound.
        Assert.InRange(defined, width > 0.1 ? 30 : 90, 120);
        if (width > 0) Assert.InRange(bounded, width > 0.1 ? 10 : 60, 120);
    }

    [Fact]
    public void Joined_constants_make_another_function_and_exact_programs_do_not_join_them()
    {
        var e = 0.1 * X[0] + 0.2 * X[0];
        double[] x = [1, 0, 0, 0];
        var value = BigEvaluation.Value(e, Array.ConvertAll(x, number => (Big)number), [])!.Value;

        var exact = Bounds(exact: true);
        Enclosing.Assert("the exact program", value, exact);
        // 0.1 + 0.2 is no double.
        var joined = Bounds(exact: false);
        Assert.True(value < joined.Lower || value > joined.Upper);
        Assert.InRange(exact.Upper - exact.Lower, 0, 1e-15);

        Interval Bounds(bool exact)
        {
            var evaluator = new IntervalEvaluator(Compiler.Compile([e], 4, 0, exact));
            evaluator.Run(Array.ConvertAll(x, Interval.Of), []);
            return evaluator.Value(0);
        }
    }

    [Fact]
    public void Exact_programs_join_what_needs_no_rounding()
    {
        var e = 0.5 * X[0] + 0.25 * X[0] - 2 * (X[1] - 3) + X[2];
        Assert.Equal(1, Compiler.Compile([e], 4, 0, exact: true).InstructionCount);
    }

    // A smooth expression with kinks, jumps and functions that end somewhere.
    private static Expr Rough(RandomExpressions expressions, Random random)
    {
        Expr A() => expressions.Smooth(2);
        var e = A();
        for (var i = 0; i < 3; i++)
        {
            e = random.Next(12) switch
            {
                0 => Abs(e) + A(),
                1 => Min(e, A()) * A(),
                2 => Max(e, A()) - A(),
                3 => Where(A(), A(), e, e + 1),
                4 => Where(e, A(), Sqrt(e), A()),
                5 => Ratio(e, A()),
                6 => Floor(e) + 0.3 * e,
                7 => Sign(e) * A(),
                8 => Sqrt(Abs(e)),
                9 => Log(e),
                10 => Atan2(e, A()),
                _ => Norm(e, A(), A()),
            };
        }
        return e;
    }
}
