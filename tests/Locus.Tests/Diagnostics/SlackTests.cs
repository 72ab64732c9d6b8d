using Locus.Diagnostics;
using Locus.Problems;

namespace Locus.Tests.Diagnostics;

public sealed class SlackTests
{
    [Fact]
    public void Violations_of_a_sample_add_up()
    {
        var problem = Problem.Define("corner", 2, x => [x[0] <= 1, x[1] == 2]);
        Points samples = new([0, 2, 1.5, 2, 2, 1.5, double.NaN, 0, 0, double.PositiveInfinity], 2);

        var slacks = Slacks.Of(problem.Slack, samples, null, threads: 2);

        Assert.Equal([0, 0.5, 1.5, double.NaN, double.NaN], slacks);
    }

    [Fact]
    public void Slack_is_measured_in_double_precision()
    {
        // In float, 16777216 + 1 would be 16777216 and the point would lie on the line.
        var problem = Problem.Define("line", 1, x => [x[0] + 1 == 16777216]);

        Assert.Equal([1], Slacks.Of(problem.Slack, new Points([16777216], 1), null, threads: 1));
    }

    [Fact]
    public void Wrong_sizes_are_all_named()
    {
        var problem = Problem.Define("line", 1, x => [x[0] == 0]);

        var error = Assert.Throws<ArgumentException>(() => Slacks.Of(problem.Slack, new Points(1, 2), new Points([1], 1), threads: 0));

        Assert.Contains("the points have 2 coordinates, the problem has 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 parameters are given, the problem has 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("threads is 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_parameters_are_said_to_come_with_the_samples()
    {
        var problem = ProblemFile.Parse("name: hole\nvariables:\n  x: { box: [-1, 1] }\nparameters:\n  width: { range: [0, 1] }\nconstraints:\n  - x <= width\n");

        var error = Assert.Throws<ArgumentException>(() => Slacks.Of(problem.Slack, new Points([0], 1), null, threads: 1));

        Assert.Contains("no parameters are given, the problem has 1; the ones that samples were drawn for are in SampleSet.Conditions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_agree_with_a_list_done_by_hand()
    {
        var statistics = SlackStatistics.Of([4, 0, 2, double.NaN, 1, 3, double.PositiveInfinity], [0, 0.5, 0.9, 1]);

        Assert.Equal(2, statistics.Mean, 15);
        Assert.Equal(Math.Sqrt(2.5 / 5), statistics.MeanError, 15);
        Assert.Equal(4, statistics.Max);
        Assert.Equal(2, statistics.NotNumbers);
        Assert.Equal(["0", "0.5", "0.9", "1"], statistics.Quantiles.Keys);
        Assert.Equal([0, 2, 3.6, 4], statistics.Quantiles.Values.Select(q => Math.Round(q, 12)));
    }

    [Fact]
    public void Statistics_of_nothing_are_no_numbers()
    {
        var statistics = SlackStatistics.Of([double.NaN], [0.5]);

        Assert.Equal((double.NaN, double.NaN, 1), (statistics.Mean, statistics.Max, statistics.NotNumbers));
        Assert.Equal(double.NaN, statistics.Quantiles["0.5"]);
    }

    [Fact]
    public void Success_counts_what_is_strictly_below_the_threshold()
    {
        double[] slacks = [0, 0.001, 0.0009, double.NaN];

        Assert.Equal(0.5, Success.Share(slacks, 0.001));
        Assert.Equal(["0.001", "1e-06"], Success.Shares(slacks, [0.001, 1e-6]).Keys);
        Assert.Equal([0.5, 0.25], Success.Shares(slacks, [0.001, 1e-6]).Values);
    }

    [Theory]
    [InlineData(0.01, "0.01")]
    [InlineData(1e-4, "0.0001")]
    [InlineData(2.5e-5, "2.5e-05")]
    [InlineData(1e-12, "1e-12")]
    public void Thresholds_have_the_names_that_others_read(double threshold, string name) => Assert.Equal(name, Success.Name(threshold));
}
