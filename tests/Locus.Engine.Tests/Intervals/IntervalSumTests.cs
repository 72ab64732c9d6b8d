using Locus.Engine.Intervals;

namespace Locus.Engine.Tests.Intervals;

public sealed class IntervalSumTests
{
    [Fact]
    public void Sums_enclose_theirs()
    {
        var numbers = new Numbers(5);
        for (var i = 0; i < 20_000; i++)
        {
            var (sum, exact) = (default(IntervalSum), (Big)0);
            for (var n = i % 12; n >= 0; n--)
            {
                var (weight, a) = (numbers.Next(), i % 3 == 0 ? Interval.Of(numbers.Next()) : numbers.Interval());
                sum.Add(weight, a);
                exact += (Big)weight * numbers.In(a);
            }
            Enclosing.Assert("a sum", exact, sum.Value);
        }
    }

    [Fact]
    public void Sums_without_rounding_are_points()
    {
        IntervalSum sum = default;
        Assert.Equal(default, sum.Value);
        for (var i = 1; i <= 10; i++) sum.Add(i, new(0.25, 0.25));
        sum.Add(-1, new(13.75, 13.75));
        Assert.Equal(default, sum.Value);
        sum.Add(-3, new(0, 2));
        Assert.Equal(new Interval(-6, 0), sum.Value);
        // A product that underflows is no longer exact.
        sum.Add(1e-200, new(1e-200, 1e-200));
        Assert.InRange(sum.Value.Upper, double.Epsilon, 1e-300);
    }

    [Fact]
    public void Cancellation_costs_no_digits()
    {
        IntervalSum sum = default;
        foreach (var term in new[] { 1e16, 1, -1e16, 0.1 }) sum.Add(term, new(1, 1));
        Assert.True(sum.Value.Contains(1.1));
        // Twice the precision of the largest term, 2^-104 of it, for each of four terms rounded twice, and as much again for the bound's safety.
        Assert.InRange(sum.Value.Upper - sum.Value.Lower, 0, 1e-14);
    }

    [Fact]
    public void A_term_without_bounds_leaves_none_and_an_undefined_one_nothing()
    {
        IntervalSum sum = default;
        sum.Add(2, new(1, double.PositiveInfinity));
        Assert.Equal(2, sum.Value.Lower);
        Assert.Equal(double.PositiveInfinity, sum.Value.Upper);
        sum.Add(-2, new(1, double.PositiveInfinity));
        Assert.Equal(Interval.Whole, sum.Value);
        sum.Add(1, Interval.Undefined);
        Assert.True(sum.Value.IsUndefined);
        IntervalSum overflow = default;
        overflow.Add(1e200, new(1e200, 1e200));
        Assert.Equal(double.PositiveInfinity, overflow.Value.Upper);
        Assert.True(overflow.Value.Lower <= double.MaxValue);
    }
}
