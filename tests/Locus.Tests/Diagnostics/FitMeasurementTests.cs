using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Tests.Training;
using Locus.Training;

namespace Locus.Tests.Diagnostics;

public class FitMeasurementTests
{
    private const int Count = 1000;

    // Two variables of very different size.
    private static readonly Problem Sheet = Problem.Define("sheet", [new Variable("x", -1000, 1000), new("y", 4, 4.001)], [], (x, _) => [x[0] <= 500]);

    private static readonly LocusOptions Options = Trainings.Fit with { PoolSize = 16384 };

    [Fact]
    public void Samples_of_the_law_that_was_learned_are_as_near_as_its_points_among_each_other()
    {
        var fit = Measure(Drawn(y => y), Drawn(y => y))!;
        Assert.Equal(Count, fit.Count);
        // Pairs of sets scatter by about a third about their mean; a mean over five by a sixth.
        Assert.InRange(fit.Distance / fit.Floor, 0.5, 1.6);
        Assert.Equal(fit.Distance, fit.Projected);
        Assert.Null(fit.Verdict);
        // Two sets of 2000 and 16384 differ by 0.04 with a probability of 0.006.
        Assert.InRange(fit.FaceGap!.Value, 1e-4, 0.04);
        Assert.Equal("x <= 500", fit.Face);
        Assert.Null(fit.FaceVerdict);
    }

    // The middle half of a layer whose thickness is a thousandth of its length: next to nothing for a distance between points.
    [Fact]
    public void Samples_that_keep_off_the_faces_of_a_thin_layer_are_told_with_the_way_out()
    {
        var layer = Problem.Define("layer", [new Variable("x", -1, 1), new("y", -1, 1)], [], (x, _) => [x[1] - x[0] >= 0, x[1] - x[0] <= 0.002]);
        using var team = new Team(2);
        Points Layer(double from, double to)
        {
            var points = new Points(2 * Count, 2);
            for (var i = 0; i < points.Count; i++)
            {
                points.Row(i)[0] = -1 + 1.998 * Draws.Uniform(Key.Seed(2), (ulong)i, 0);
                points.Row(i)[1] = points[i][0] + 0.002 * (from + (to - from) * Draws.Uniform(Key.Seed(2), (ulong)i, 1));
            }
            return points;
        }
        var state = Trainings.Train(layer, Options, team, until: 1).State;
        var middle = FitMeasurement.Of(state, Layer(0.25, 0.75), null, Key.Seed(1), Quality, 2)!;
        Assert.Null(middle.Verdict);
        // The half between 0.25 and 0.75 leaves a gap of 0.25.
        Assert.InRange(middle.FaceGap!.Value, 0.2, 0.3);
        Assert.EndsWith("Even them out by --exact 20, or by weights (locus sample --resample).", middle.FaceVerdict, StringComparison.Ordinal);
        Assert.EndsWith("Even them out by --exact 20.", (middle with { Weighable = false }).FaceVerdict, StringComparison.Ordinal);
        Assert.InRange(FitMeasurement.Of(state, Layer(0, 1), null, Key.Seed(1), Quality, 2)!.FaceGap!.Value, 0, 0.05);
    }

    [Fact]
    public void A_law_that_is_missed_in_the_smallest_variable_is_told_with_the_way_out()
    {
        // In y alone, and by less than a thousandth: the lower half holds all.
        var fit = Measure(Drawn(y => 4 + (y - 4) / 2), null)!;
        Assert.True(fit.Distance > FitFacts.Far * fit.Floor);
        Assert.Null(fit.Projected);
        Assert.Contains("--minutes", fit.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_before_points_are_drawn_nor_where_parameters_decide_about_the_set_nor_of_samples_that_are_no_numbers()
    {
        using var team = new Team(1);
        Assert.Null(FitMeasurement.Of(new LocusState(Sheet, Options), Drawn(y => y), null, Key.Seed(1), Quality, 1));
        Assert.Null(FitMeasurement.Of(Trainings.Train(Trainings.Ring, Trainings.Fit, team, until: 1).State, Drawn(y => y), null, Key.Seed(1), Quality, 1));
        Assert.Null(Measure(Drawn(_ => double.NaN), null));
    }

    private static QualityOptions Quality => new() { EnergyCount = Count };

    private static FitFacts? Measure(Points raw, Points? projected)
    {
        using var team = new Team(2);
        return FitMeasurement.Of(Trainings.Train(Sheet, Options, team, until: 1).State, raw, projected, Key.Seed(1), Quality, 2);
    }

    private static Points Drawn(Func<double, double> y)
    {
        var points = new Points(2 * Count, 2);
        for (var i = 0; i < points.Count; i++)
        {
            points.Row(i)[0] = -1000 + 1500 * Draws.Uniform(Key.Seed(2), (ulong)i, 0);
            points.Row(i)[1] = y(4 + 0.001 * Draws.Uniform(Key.Seed(2), (ulong)i, 1));
        }
        return points;
    }
}
