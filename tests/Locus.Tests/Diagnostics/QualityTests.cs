using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Tests.Diagnostics;

public sealed class QualityTests
{
    [Fact]
    public void Exact_samples_look_exact_in_every_measure()
    {
        var quality = Square.Report(new Square().Sample(Key.Seed(1), 4000), truth: true).Raw;

        Assert.Equal([1.0, 1.0], quality.Success.Values);
        Assert.Equal(0, quality.MaxSlack);
        // Four deviations of a single pair.
        var deviations = (quality.EnergyDistance - quality.EnergyDistanceFloor) / quality.EnergyDistanceFloorDeviation;
        Assert.InRange(deviations!.Value, -4, 4);
        Assert.InRange(quality.Shares![0] - 0.5, -4 * quality.ShareErrors![0], 4 * quality.ShareErrors[0]);
        Assert.InRange(((quality.BoundaryShare - quality.BoundaryShareTrue) / quality.BoundaryShareError)!.Value, -4, 4);
        Assert.Equal(1 - 0.99 * 0.99, quality.BoundaryShareTrue!.Value, 1e-2);
    }

    [Fact]
    public void A_pile_on_the_boundary_is_seen_though_success_and_shares_look_right()
    {
        var samples = new Square().Sample(Key.Seed(2), 4000);
        for (var i = 0; i < samples.Values.Length; i++) samples.Values[i] = Math.Clamp(1.3 * samples.Values[i], -1, 1);

        var quality = Square.Report(samples, truth: true).Raw;

        Assert.Equal(1, quality.Success["1e-06"]);
        Assert.InRange(quality.Shares![0] - 0.5, -4 * quality.ShareErrors![0], 4 * quality.ShareErrors[0]);
        Assert.True(quality.BoundaryShare > quality.BoundaryShareTrue + 20 * quality.BoundaryShareError);
        Assert.True(quality.EnergyDistance > 3 * quality.EnergyDistanceFloor);
    }

    [Fact]
    public void The_numbers_are_the_same_for_every_thread_count()
    {
        var samples = new Square().Sample(Key.Seed(3), 3000);
        for (var i = 0; i < samples.Values.Length; i++) samples.Values[i] *= 1.01;

        Assert.Equal(ReportJson.Write(Square.Report(samples, truth: true, threads: 1)), ReportJson.Write(Square.Report(samples, truth: true, threads: 3)));
    }

    [Fact]
    public void Samples_that_are_no_numbers_fail_and_are_counted()
    {
        var samples = new Square().Sample(Key.Seed(4), 1000);
        samples.Row(3)[1] = double.NaN;
        samples.Row(500)[0] = double.NegativeInfinity;

        var quality = Square.Report(samples, truth: true).Raw;

        Assert.Equal(2, quality.NotNumbers);
        Assert.Equal(0.998, quality.Success["0.001"], 12);
        Assert.Equal(998, quality.EnergyDistanceCount);
        Assert.True(double.IsFinite(quality.EnergyDistance!.Value));
    }

    [Fact]
    public void Samples_none_of_which_is_a_number_give_a_report_all_the_same()
    {
        Points samples = new([.. Enumerable.Repeat(double.NaN, 20)], 2);

        var report = Square.Report(samples, truth: true);

        Assert.Equal([0.0, 0.0], report.Raw.Success.Values);
        Assert.Null(report.Raw.EnergyDistance);
        Assert.Equal(double.NaN, ReportJson.Read(ReportJson.Write(report), "test").Raw.MeanSlack);
    }

    [Fact]
    public void Wrong_options_are_all_named()
    {
        QualityOptions options = new() { Thresholds = [0], Quantiles = [2], EnergyCount = 0, FloorPairs = 1, BoundaryDistance = double.NaN };

        var error = Assert.Throws<ArgumentException>(() => QualityMeasurement.Of(Square.Problem, new Points([], 2), null, null, options, threads: 1));

        foreach (var part in new[] { "\"square\"", "threshold 0", "quantile 2", "energy count is 0", "floor pairs is 1", "boundary distance NaN", "no samples" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
