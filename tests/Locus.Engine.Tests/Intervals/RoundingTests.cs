using Locus.Engine.Intervals;

namespace Locus.Engine.Tests.Intervals;

/// <summary>Rounding down gives the largest double not above the exact result, up the smallest not below it; only tiny results may be a step further away.</summary>
public sealed class RoundingTests
{
    private const int Count = 200_000;

    [Fact]
    public void Sums_are_rounded_to_the_side_asked_for() => Check("+", Rounding.AddDown, Rounding.AddUp, (a, b) => (Big)a + b);

    [Fact]
    public void Products_are_rounded_to_the_side_asked_for() => Check("*", Rounding.MultiplyDown, Rounding.MultiplyUp, (a, b) => (Big)a * b);

    [Fact]
    public void Quotients_are_rounded_to_the_side_asked_for() =>
        Check("/", Rounding.DivideDown, Rounding.DivideUp, (a, b) => b == 0 ? null : (Big)a / b);

    [Fact]
    public void Roots_are_rounded_to_the_side_asked_for() => Check(
        "root", (a, _) => Rounding.SqrtDown(Math.Abs(a)), (a, _) => Rounding.SqrtUp(Math.Abs(a)), (a, _) => Big.Sqrt(Math.Abs(a)), Count / 10);

    private static void Check(string name, Func<double, double, double> down, Func<double, double, double> up, Func<double, double, Big?> exact, int count = Count)
    {
        var numbers = new Numbers(1);
        for (var i = 0; i < count; i++) One(numbers.Next(), numbers.Next());
        foreach (var a in Numbers.Special)
            foreach (var b in Numbers.Special) One(a, b);

        void One(double a, double b)
        {
            if (exact(a, b) is not { } value) return;
            var (lower, upper) = (down(a, b), up(a, b));
            Enclosing.Assert($"{a:R} {name} {b:R}", value, new(lower, upper));
            // Tight: the neighbours of the bounds are on the wrong side.
            if (Math.Abs(lower) < 1e-280 || Math.Abs(a) < 1e-280 || double.IsInfinity(lower) || double.IsInfinity(upper)) return;
            if (lower == double.MaxValue || upper == double.MinValue) return;
            if (value > Math.BitIncrement(lower) || value < Math.BitDecrement(upper)) Assert.Fail($"{a:R} {name} {b:R} in [{lower:R}, {upper:R}] is not tight");
            if (lower != upper && value.CompareTo(lower) == 0) Assert.Fail($"{a:R} {name} {b:R} is exact");
        }
    }
}
