using Locus.Engine.Intervals;
using static Locus.Engine.Intervals.IntervalFunctions;

namespace Locus.Engine.Tests.Intervals;

/// <summary>Every operation encloses what it gives on numbers of its arguments, computed exactly or to 256 bits.</summary>
public sealed class IntervalTests
{
    private static readonly Interval Unknown = Interval.Undefined;

    [Fact]
    public void Sums_differences_products_and_quotients_enclose_theirs()
    {
        Check2("+", (a, b) => a + b, (a, b) => (Big)a + b);
        Check2("-", (a, b) => a - b, (a, b) => (Big)a - b);
        Check2("*", (a, b) => a * b, (a, b) => (Big)a * b);
        Check2("/", (a, b) => a / b, (a, b) => (Big)a / b, (_, b) => !b.Contains(0));
        Check2("ratio", DivideOrZero, (a, b) => b == 0 ? 0 : (Big)a / b);
    }

    [Fact]
    public void Pieces_enclose_theirs_and_are_exact()
    {
        Check1("abs", Abs, a => Math.Abs(a));
        Check1("sign", Sign, a => Math.Sign(a));
        Check1("floor", Floor, a => Math.Floor(a));
        Check1("square", Square, a => (Big)a * a);
        Check2("min", Min, (a, b) => Math.Min(a, b));
        Check2("max", Max, (a, b) => Math.Max(a, b));
        Assert.Equal(new Interval(0, 3), Abs(new(-3, 2)));
        Assert.Equal(new Interval(-1, 1), Sign(new(-2, 0.5)));
        Assert.Equal(new Interval(0, 1), Sign(new(0, 0.5)));
        Assert.Equal(default, Sign(new(-0.0, 0)));
        Assert.Equal(new Interval(0, 9), Square(new(-3, 2)));
        Assert.Equal(new Interval(-2, 1), Floor(new(-1.5, 1.9)));
    }

    [Fact]
    public void A_choice_takes_one_side_where_it_is_decided_and_both_where_it_is_open()
    {
        Interval c = new(1, 2), d = new(5, 6);
        Assert.Equal(c, Choose(new(0, 1), new(1, 2), c, d));
        Assert.Equal(d, Choose(new(1.5, 2), new(0, 1), c, d));
        Assert.Equal(new Interval(1, 6), Choose(new(0, 1), new(0.5, 2), c, d));
        // At one number, a <= b is decided either way, and what is not chosen does not matter.
        Assert.Equal(c, Choose(new(1, 1), new(1, 1), c, Unknown));
        Assert.True(Choose(new(0, 1), new(0.5, 2), c, Unknown).IsUndefined);
        Assert.True(Choose(Unknown, new(0.5, 2), c, d).IsUndefined);
    }

    [Fact]
    public void Powers_and_roots_enclose_theirs()
    {
        Check1("sqrt", Sqrt, a => Big.Sqrt(a), a => a.Lower >= 0);
        foreach (var n in new[] { 0, 1, 2, 3, 4, 7, 16, -1, -2, -3 })
            Check1($"^{n}", a => IntegerPower(a, n), a => n < 0 ? 1 / Times(a, -n) : Times(a, n), a => n >= 0 || !a.Contains(0));
        Check2("^", Power, (a, b) => a == 0 ? 0 : BigFunctions.Power(a, b), (a, b) => a.Lower >= 0 && (a.Lower > 0 || b.Lower > 0), count: 600, sized: 40);
        Assert.Equal(new Interval(-8, 27), IntegerPower(new(-2, 3), 3));
        Assert.Equal(new Interval(0, 16), IntegerPower(new(-2, 1), 4));
    }

    [Fact]
    public void Exponentials_enclose_theirs()
    {
        Check1("exp", Exp, BigFunctionsOf(BigFunctions.Exp), sized: 700);
        Check1("log", Log, BigFunctionsOf(BigFunctions.Log), a => a.Lower > 0);
        Check1("sinh", Sinh, BigFunctionsOf(BigFunctions.Sinh), sized: 700);
        Check1("sinh", Sinh, BigFunctionsOf(BigFunctions.Sinh), sized: 0.7);
        Check1("cosh", Cosh, BigFunctionsOf(BigFunctions.Cosh), sized: 700);
        Check1("tanh", Tanh, BigFunctionsOf(BigFunctions.Tanh), sized: 30);
        Check1("erf", Erf, BigFunctionsOf(BigFunctions.Erf), sized: 8);
    }

    [Fact]
    public void Overflow_leaves_no_bound_and_underflow_reaches_zero()
    {
        Assert.Equal(double.PositiveInfinity, Exp(new(0, 800)).Upper);
        Assert.InRange(Exp(new(800, 900)).Lower, 1.79e308, double.MaxValue);
        Assert.Equal(0, Exp(new(-900, -800)).Lower);
        Assert.InRange(Exp(new(-900, -800)).Upper, double.Epsilon, 1e-320);
        Assert.Equal(new Interval(0, double.PositiveInfinity), Exp(Interval.Whole) with { Lower = 0 });
        Assert.Equal(new Interval(-1, 1), Tanh(Interval.Whole));
        Assert.Equal(double.PositiveInfinity, (new Interval(double.MaxValue, double.MaxValue) * new Interval(2, 2)).Upper);
        Assert.Equal(double.MaxValue, (new Interval(double.MaxValue, double.MaxValue) + new Interval(1e300, 1e300)).Lower);
    }

    [Fact]
    public void Angles_enclose_theirs()
    {
        foreach (var size in new[] { 0.3, 7, 1e3, 1e9 })
        {
            Check1("sin", Sin, BigFunctionsOf(BigFunctions.Sin), sized: size);
            Check1("cos", Cos, BigFunctionsOf(BigFunctions.Cos), sized: size);
        }
        Check1("tan", Tan, BigFunctionsOf(BigFunctions.Tan), a => !Tan(a).IsUndefined, sized: 3);
        Check1("asin", Asin, BigFunctionsOf(BigFunctions.Asin), a => a.Lower >= -1 && a.Upper <= 1, sized: 1);
        Check1("acos", Acos, BigFunctionsOf(BigFunctions.Acos), a => a.Lower >= -1 && a.Upper <= 1, sized: 1);
        Check1("atan", Atan, BigFunctionsOf(BigFunctions.Atan));
        Check2("atan2", Atan2, (y, x) => BigFunctions.Atan2(y, x), count: 2000, sized: 3);
        Check2("atan2", Atan2, (y, x) => BigFunctions.Atan2(y, x), count: 500);
    }

    [Fact]
    public void Waves_reach_their_extrema_and_go_no_further()
    {
        for (var k = -40; k <= 40; k++)
        {
            var top = (k + 0.5) * Math.PI;
            var around = new Interval(top - 1e-3, top + 1e-3);
            var extremum = k % 2 == 0 ? 1 : -1;
            Assert.Equal(extremum, k % 2 == 0 ? Sin(around).Upper : Sin(around).Lower);
            Assert.InRange(Sin(around).Lower * extremum, extremum == 1 ? 0.999999 : 1, 1);
            Assert.True(Tan(around).IsUndefined);
        }
        Assert.Equal(new Interval(-1, 1), Cos(new(0, 10)));
        Assert.Equal(new Interval(-1, 1), Sin(new(1e15, 1e15)));
        Assert.Equal(new Interval(-1, 1), Sin(Interval.Whole));
        Assert.Equal(new Interval(-1, 1), Cos(new(-1.1e9, 0)));
        Assert.True(Tan(new(1e15, 1e15)).IsUndefined);
        // Monotone pieces stay as narrow as the function is there.
        Assert.InRange(Sin(new(0.1, 0.2)).Upper, 0.19866933, 0.19866934);
    }

    [Fact]
    public void The_angle_of_a_box_knows_its_cut()
    {
        Interval below = new(-1, -0.5), across = new(-0.5, 0.5), touching = new(-0.0, 0.5), left = new(-2, -1), right = new(1, 2);
        Assert.InRange(Atan2(across, left).Upper - Atan2(across, left).Lower, 6.28, 6.29);
        Assert.InRange(Atan2(touching, left).Lower, 2.67, 2.68);
        Assert.InRange(Atan2(below, left).Lower, -2.9, -2.89);
        Assert.InRange(Atan2(below, left).Upper, -2.36, -2.35);
        Assert.InRange(Atan2(across, right).Upper, 0.46, 0.47);
        Assert.InRange(Atan2(new(-0.0, -0.0), left).Lower, 3.14, 3.15);
        Assert.InRange(Atan2(across, across).Lower, -3.15, -3.14);
        Assert.True(IsCut(new(-1, 0), left));
        Assert.False(IsCut(touching, left));
        Assert.True(IsCut(default, default));
    }

    [Fact]
    public void What_has_no_value_is_undefined_and_stays_so()
    {
        Interval around0 = new(-1, 1);
        Interval[] undefined =
        [
            around0 / around0, new Interval(1, 1) / new Interval(0, 0), around0 / new Interval(0, 1),
            Sqrt(around0), Sqrt(new(-1e-300, 1)), Log(new(0, 1)), Log(around0),
            Asin(new(0, 1.1)), Acos(new(-1.1, 0)), Power(around0, new(0.5, 0.5)), Power(new(0, 1), new(-1, -1)), Power(new(0, 1), default),
            IntegerPower(around0, -2), IntegerPower(new(0, 1), -1), Interval.Of(double.NaN), Interval.Of(double.PositiveInfinity),
        ];
        Assert.All(undefined, a => Assert.True(a.IsUndefined));
        Func<Interval, Interval>[] functions =
        [
            Abs, Sign, Floor, Sqrt, Square, Exp, Log, Sin, Cos, Tan, Asin, Acos, Atan, Sinh, Cosh, Tanh, Erf, a => -a, a => IntegerPower(a, 3),
            a => IntegerPower(a, -2), a => IntegerPower(a, 0),
        ];
        Assert.All(functions, f => Assert.True(f(Unknown) is var a && double.IsNaN(a.Lower) && double.IsNaN(a.Upper)));
        Func<Interval, Interval, Interval>[] pairs =
            [(a, b) => a + b, (a, b) => a - b, (a, b) => a * b, (a, b) => a / b, DivideOrZero, Min, Max, Atan2, Power, Interval.Hull];
        foreach (var f in pairs)
        {
            foreach (var other in new[] { default, around0, new(2, 3), Interval.Whole, Unknown })
            {
                Assert.True(f(Unknown, other) is var a && double.IsNaN(a.Lower) && double.IsNaN(a.Upper));
                Assert.True(f(other, Unknown) is var b && double.IsNaN(b.Lower) && double.IsNaN(b.Upper));
            }
        }
        Assert.False(Unknown.Contains(0));
        Assert.Null(IsAtMost(Unknown, around0));
    }

    [Fact]
    public void Zero_times_anything_real_is_zero()
    {
        Assert.Equal(default, default(Interval) * Interval.Whole);
        Assert.Equal(default, Interval.Whole * default(Interval));
        Assert.Equal(Interval.Whole, DivideOrZero(new(1, 2), new(0, 1)));
        Assert.Equal(default, DivideOrZero(new(1, 2), default));
        Assert.Equal(default, DivideOrZero(default, new(-1, 1)));
    }

    private static Func<double, Big?> BigFunctionsOf(Func<Big, Big> function) => x => function(x);

    private static Big Times(double a, int n)
    {
        Big product = 1;
        for (var i = 0; i < n; i++) product *= a;
        return product;
    }

    private static void Check1(
        string name, Func<Interval, Interval> function, Func<double, Big?> exact, Func<Interval, bool>? defined = null, double? sized = null)
    {
        var numbers = new Numbers(2);
        for (var i = 0; i < 400; i++)
        {
            var a = sized is { } size ? Sized(numbers, size) : numbers.Interval();
            if (defined is not null && !defined(a)) continue;
            var bounds = function(a);
            for (var k = 0; k < 4; k++)
            {
                var x = numbers.In(a);
                if (exact(x) is { } value) Enclosing.Assert($"{name}({x:R}), from {a},", value, bounds);
            }
        }
    }

    private static void Check2(
        string name,
        Func<Interval, Interval, Interval> function,
        Func<double, double, Big> exact,
        Func<Interval, Interval, bool>? defined = null,
        int count = 10_000,
        double? sized = null)
    {
        var numbers = new Numbers(3);
        for (var i = 0; i < count; i++)
        {
            var (a, b) = sized is { } size ? (Sized(numbers, size), Sized(numbers, size)) : (numbers.Interval(), numbers.Interval());
            if (defined is not null && !defined(a, b)) continue;
            var bounds = function(a, b);
            for (var k = 0; k < 4; k++)
            {
                var (x, y) = (numbers.In(a), numbers.In(b));
                Enclosing.Assert($"{x:R} {name} {y:R}, from {a} and {b},", exact(x, y), bounds);
            }
        }
    }

    private static Interval Sized(Numbers numbers, double size)
    {
        var (a, b) = (numbers.Between(-size, size), numbers.Between(-size, size));
        if (Math.Abs(a) > size / 2) return new(a, a);
        return Math.Abs(b) > size / 2 ? new(a, a + size * 1e-9) : new(Math.Min(a, b), Math.Max(a, b));
    }
}
