using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Problems;
using Locus.Sampling;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Diagnostics;

/// <summary>Weights of given densities; those of samplers are in <see cref="WeightedSamplerTests"/>.</summary>
public sealed class ImportanceWeightsTests
{
    private static readonly Problem Line = Problem.Define("line", 1, x => [Abs(x[0]) <= 1]);

    [Fact]
    public void Weights_and_what_is_made_of_them_are_those_of_a_calculation_by_hand()
    {
        // 1 / q is 1, 2, 5 and, outside, 8: weights 1/8, 2/8, 5/8, 0.
        var weights = Of([1, 0.5, 0.2, 0.125], [0, 0, 0, 0.1]);
        Equal([0.125, 0.25, 0.625, 0], weights.Values);
        Assert.Equal((3, 0), (weights.Inside, weights.NotNumbers));
        Assert.Equal(64 / 30.0, weights.EffectiveCount, 1e-14);
        Assert.Equal(16 / 30.0, weights.EffectiveShare, 1e-14);
        Assert.Equal(0.625, weights.LargestShare, 1e-15);
        Assert.Equal(0, weights.FoldedShare);
        Assert.Equal(double.NaN, weights.TailShape);
        // The mean of 1, 2, 5 and 0 is 2, their variance (1 + 0 + 9 + 4) / 3, and the error of the mean a half of its root.
        Assert.Equal(Math.Log(2), weights.LogMass, 1e-14);
        Assert.Equal(Math.Sqrt(14 / 3.0) / 2 / 2, weights.MassError, 1e-14);
        // 10, 20 and 40 average to 31.25; the last is not read.
        var (mean, error) = weights.Mean([10, 20, 40, double.NaN]);
        Assert.Equal(31.25, mean, 1e-13);
        Assert.Equal(Math.Sqrt(Square(21.25 / 8) + Square(11.25 * 2 / 8) + Square(8.75 * 5 / 8)), error, 1e-13);
    }

    [Fact]
    public void A_tolerance_and_a_target_change_what_counts()
    {
        Equal([1 / 16.0, 2 / 16.0, 5 / 16.0, 8 / 16.0], Of([1, 0.5, 0.2, 0.125], [0, 0, 0, 0.1], tolerance: 0.1).Values);
        // Targets 4, 2, 1: 4, 4, 5 of 13.
        var weights = Of([1, 0.5, 0.2], [0, 0, 0], logTarget: [Math.Log(4), Math.Log(2), 0]);
        Equal([4 / 13.0, 4 / 13.0, 5 / 13.0], weights.Values);
        Assert.Equal(Math.Log(13 / 3.0), weights.LogMass, 1e-14);
        Equal([0, 2 / 7.0, 5 / 7.0], Of([1, 0.5, 0.2], [0, 0, 0], logTarget: [double.NegativeInfinity, 0, 0]).Values);
    }

    [Fact]
    public void Densities_far_beyond_the_range_of_numbers_are_weighted()
    {
        var near = Weights([1, 2, 3], [0, 0, 0], [0, 0, 0]);
        foreach (var shift in new[] { -1e5, 1e5 })
        {
            var far = Weights([1 + shift, 2 + shift, 3 + shift], [0, 0, 0], [0, 0, 0]);
            for (var i = 0; i < 3; i++) Assert.Equal(near.Values[i], far.Values[i], 1e-10);
            Assert.Equal(near.LogMass - shift, far.LogMass, 1e-9);
        }
    }

    [Fact]
    public void A_sample_that_was_turned_over_counts_against_the_others()
    {
        // Terms 1, 2 and 5; the way of the second turned over once and that of the third twice.
        var weights = Weights([0, -Math.Log(2), -Math.Log(5)], [0, 1, 2], [0, 0, 0]);
        Equal([0.25, -0.5, 1.25], weights.Values);
        Assert.Equal(0.25, weights.FoldedShare, 1e-15);
        Assert.Equal(Math.Log(4 / 3.0), weights.LogMass, 1e-14);
        Assert.Equal(0.25 * 8 - 0.5 * 4 + 1.25 * 2, weights.Mean([8, 4, 2]).Mean, 1e-14);
        var drawn = weights.Resample(60, Key.Seed(1));
        Assert.Equal((10, 0, 50), (drawn.Count(i => i == 0), drawn.Count(i => i == 1), drawn.Count(i => i == 2)));
    }

    [Fact]
    public void Samples_without_a_number_weigh_nothing_and_are_counted()
    {
        var weights = Weights([0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, double.NaN]);
        Equal([1, 0, 0, 0, 0], weights.Values);
        // Not a number, and a density of nothing; a flattened space has a density without bound and a weight of 0; the last is not inside.
        Assert.Equal((4, 2), (weights.Inside, weights.NotNumbers));
    }

    [Fact]
    public void Without_any_weight_all_is_no_number_and_nothing_is_drawn()
    {
        foreach (var weights in new[] { Of([1, 1], [1, 1]), Weights([0, 0], [1, 1], [0, 0]) })
        {
            Assert.All(weights.Values, w => Assert.Equal(double.NaN, w));
            Assert.Equal(double.NaN, weights.EffectiveCount);
            Assert.Equal(double.NaN, weights.LargestShare);
            Assert.Equal(double.NaN, weights.FoldedShare);
            Assert.Equal(double.NaN, weights.TailShape);
            Assert.Equal((double.NaN, double.NaN), weights.Mean([1, 2]));
            Assert.Throws<InvalidOperationException>(() => weights.Resample(3, Key.Seed(1)));
        }
        Assert.Equal(double.NegativeInfinity, Of([1, 1], [1, 1]).LogMass);
    }

    [Fact]
    public void Equal_weights_count_in_full()
    {
        var weights = Of([.. Enumerable.Repeat(0.25, 100)], new double[100]);
        Assert.Equal(100, weights.EffectiveCount, 1e-10);
        Assert.Equal(0.01, weights.LargestShare, 1e-15);
        Assert.Equal(0, weights.MassError, 1e-12);
        double[] f = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
        // The plain mean and its error, with the variance by N.
        var (mean, error) = weights.Mean(f);
        Assert.Equal(49.5, mean, 1e-12);
        Assert.Equal(Math.Sqrt(f.Average(x => Square(x - 49.5)) / 100), error, 1e-12);
        Assert.Equal(Enumerable.Range(0, 100), weights.Resample(100, Key.Seed(5)));
    }

    [Fact]
    public void Resampling_takes_each_sample_by_its_share_up_to_one_and_right_on_average()
    {
        double[] shares = [0.05, 0, 0.33, 0.02, 0.6, 0];
        var weights = Of([.. shares.Select(w => 1 / Math.Max(w, 1e-300))], [.. shares.Select(w => w > 0 ? 0.0 : 1)]);
        const int Keys = 2000, Count = 7;
        var counts = new double[shares.Length];
        var ways = new HashSet<string>();
        for (var seed = 0; seed < Keys; seed++)
        {
            var drawn = weights.Resample(Count, Key.Seed(seed));
            Assert.Equal(drawn.Order(), drawn);
            ways.Add(string.Join(' ', drawn));
            for (var i = 0; i < shares.Length; i++)
            {
                var count = drawn.Count(k => k == i);
                Assert.InRange(count, Math.Floor(Count * shares[i]), Math.Ceiling(Count * shares[i]));
                counts[i] += count;
            }
        }
        // Each count is one of two neighbours, with a deviation of at most a half: four standard errors of 2000.
        for (var i = 0; i < shares.Length; i++) Assert.Equal(Count * shares[i], counts[i] / Keys, 4 * 0.5 / Math.Sqrt(Keys));
        Assert.InRange(ways.Count, 3, 8);
        Assert.Equal(weights.Resample(50, Key.Seed(3)), weights.Resample(50, Key.Seed(3)));
        Assert.Empty(weights.Resample(0, Key.Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => weights.Resample(-1, Key.Seed(1)));
    }

    [Fact]
    public void Problems_whose_law_is_not_one_by_volume_are_refused_with_the_reason()
    {
        var circle = Problem.Define("circle", 2, x => [Norm(x) == 1]);
        var points = Problem.Define("points", 1, x => [Any(x[0] == 1, x[0] == 2)]);
        foreach (var thin in new[] { circle, points })
        {
            Assert.Contains($"samples of '{thin.Name}' cannot be weighted: an equality leaves its set no volume", ImportanceWeights.WhyNot(thin), StringComparison.Ordinal);
            Assert.Throws<LocusException>(() => ImportanceWeights.Of(thin, Samples([0, 0], [0, 0]), [0, 0]));
        }
        var byComponent = Problem.Define("two", 1, x => [Any(Abs(x[0] - 1) <= 0.1, Abs(x[0]) <= 0.2)], measure: Measure.Component);
        Assert.Contains("uniform means by component there", ImportanceWeights.WhyNot(byComponent), StringComparison.Ordinal);
        Assert.Null(ImportanceWeights.WhyNot(Line));
        // One member has a volume, beside which the other has none.
        Assert.Null(ImportanceWeights.WhyNot(Problem.Define("mixed", 1, x => [Any(Abs(x[0]) <= 1, x[0] == 2)])));
    }

    [Fact]
    public void All_wrong_arguments_are_named_at_once()
    {
        var samples = new SampleSet(new Points([1.0], 1), null);
        var message = Assert.Throws<ArgumentException>(() => ImportanceWeights.Of(Line, samples, [0, 0], double.NaN, [1, 2, 3])).Message;
        foreach (var part in new[] { "no densities", "there are 1 samples; give at least 2", "1 samples and 2 slacks", "1 samples and 3 values", "the tolerance is NaN" })
            Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Of([1, 1], [0, 0]).Mean([1]));
    }

    private static double Square(double x) => x * x;

    private static void Equal(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-15);
    }

    private static ImportanceWeights Of(double[] densities, double[] slacks, double tolerance = 0, double[]? logTarget = null) =>
        ImportanceWeights.Of(Line, Samples([.. densities.Select(q => Math.Log(q))], new int[densities.Length]), slacks, tolerance, logTarget);

    private static ImportanceWeights Weights(double[] logs, int[] folds, double[] slacks) => ImportanceWeights.Of(Line, Samples(logs, folds), slacks);

    private static SampleSet Samples(double[] logs, int[] folds) => new(new Points(logs.Length, 1), null, new SampleDensities(logs, folds));
}
