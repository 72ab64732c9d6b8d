using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Training;

public sealed class LearningTests
{
    private static readonly PaperOptions Small = new()
    {
        Rounds = 16, PoolSize = 2048, Passes = 6, Batch = 256, Hidden = [32, 32], PoolSteps = 20, LearningRate = 4e-3, AverageDecay = 0.98, Sampler = new() { Steps = 50, GridPower = 1 },
    };

    [Fact]
    public void A_rectangle_is_learned()
    {
        using var team = new Team(2);
        var trainer = Trainings.Train(Trainings.Rectangle, Small, team);
        var points = trainer.Sampler.Sample(4000, Key.Seed(1), team).Points;
        var inside = Enumerable.Range(0, 4000).Count(i => Math.Abs(points[i][0]) <= 1.001 && Math.Abs(points[i][1]) <= 0.501) / 4000.0;
        // The noise that it begins with is inside with probability 0.68 * 0.38 = 0.26. The paper's network ends at 0.96; a small one that has seen
        // a fiftieth of the samples must at least have left the middle between the two behind.
        Assert.True(inside > 0.7, $"{inside} are inside");
        // And it has not fallen into a point: a uniform law has deviations 0.577 and 0.289.
        Assert.True(Deviation(points, 0) > 0.3 && Deviation(points, 1) > 0.15, $"deviations {Deviation(points, 0)}, {Deviation(points, 1)}");
    }

    [Fact]
    public void A_disc_follows_the_radius_that_it_is_given()
    {
        var disc = Problem.Define("disc", Variable.Vector("x", 2, -2, 2), [new Parameter("radius", 0.3, 1.5)], (x, c) => [Norm(x) <= c[0]]);
        using var team = new Team(2);
        var trainer = Trainings.Train(disc, Small, team);
        foreach (var radius in new[] { 0.4, 0.9, 1.4 })
        {
            var points = trainer.Sampler.Sample(2000, Key.Seed(2), team, new Dictionary<string, double> { ["radius"] = radius }).Points;
            var radii = Enumerable.Range(0, 2000).Select(i => Math.Sqrt(points[i][0] * (double)points[i][0] + points[i][1] * (double)points[i][1])).ToArray();
            // Noise lies within 0.4 with probability 0.08, within 0.9 with 0.33, within 1.4 with 0.62. A network that did not hear the radius
            // could not both stay within 1.1 times the smallest and reach beyond half of the largest.
            Assert.True(radii.Count(r => r <= 1.1 * radius) > 0.8 * 2000, $"radius {radius}: {radii.Count(r => r <= 1.1 * radius) / 2000.0} within");
            Assert.True(radii.Average() > 0.4 * radius, $"radius {radius}: mean {radii.Average()}");
        }
    }

    private static double Deviation(Points points, int coordinate)
    {
        var values = Enumerable.Range(0, points.Count).Select(i => (double)points[i][coordinate]).ToArray();
        var mean = values.Average();
        return Math.Sqrt(values.Average(x => (x - mean) * (x - mean)));
    }
}
