using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Methods.OffPolicy;
using Locus.Problems;
using Locus.Training;

namespace Locus.Tests.Sampling;

/// <summary>Parameters of which an energy says how they occur are drawn by rows, in training and after it, and estimates of log Z are means over them.</summary>
public sealed class ObservationTests
{
    // What a file of data would hold: far from uniform in the ranges, and the two numbers of a row belong together.
    private static readonly Points rows = new([0.9, -0.9, 0.8, -0.8, -0.7, 0.7], 2);

    [Fact]
    public void Samples_come_for_rows_each_as_often()
    {
        using var team = new Team(2);
        var samples = Trained(200, team).Sample(6000, Key.Seed(4), team);
        var counts = new int[rows.Count];
        for (var i = 0; i < 6000; i++)
        {
            var row = Enumerable.Range(0, rows.Count).Single(k => Math.Abs(samples.Conditions![i][0] - rows[k][0]) < 1e-6 && Math.Abs(samples.Conditions[i][1] - rows[k][1]) < 1e-6);
            counts[row]++;
            // The law is N(c_0 - c_1, 0.25).
            Assert.InRange(samples.Points[i][0] - rows[row][0] + rows[row][1], -3.5, 3.5);
        }
        // Four standard errors of a third.
        Assert.All(counts, count => Assert.InRange(count, 2000 - 147, 2000 + 147));
        var given = Trained(200, team).Sample(64, Key.Seed(4), team, new Dictionary<string, double> { ["c[0]"] = 0.1 });
        Assert.All(Enumerable.Range(0, 64), i => Assert.Equal(0.1, given.Conditions![i][0]));
    }

    [Fact]
    public void Estimates_of_log_Z_are_means_over_rows_and_not_the_logarithm_of_a_mean()
    {
        using var team = new Team(2);
        var facts = EnergyMeasurement.Of(Trained(2000, team), 3200, Key.Seed(5), null, null, team)!;
        Assert.Equal(32, facts.Conditions);
        // log Z(c) = 5 c_0 + log(sqrt(2 pi) / 2): 4.73, 4.23 and -3.27. The mean of 32 draws has an error of 0.66; the logarithm of the mean of Z would be 3.9 whatever is drawn.
        Assert.InRange(facts.LogZ, 1.67 + 0.226 - 2.2, 1.67 + 0.226 + 2.2);
        // Of the same paths.
        Assert.InRange(facts.LogZ - facts.LowerBound, 0, 0.5);
        Assert.InRange(facts.EffectiveShare, 0.5, 1);
        var one = EnergyMeasurement.Of(Trained(2000, team), 3200, Key.Seed(5), null, null, team, new Dictionary<string, double> { ["c[0]"] = 0.9, ["c[1]"] = -0.9 })!;
        Assert.Null(one.Conditions);
        Assert.Equal(4.5 + 0.2258, one.LogZ, 0.1);
    }

    [Fact]
    public void What_is_said_of_them_must_fit()
    {
        var mistake = Assert.Throws<ProblemException>(() => new Problem("wrong", [new("x")], [], [new Parameter("c", -1, 1)], density: new Shifted(1)));
        Assert.Contains("the energy's observations are 3 rows of 2 numbers; there must be one at least, a finite number for each of 1 parameter", mistake.Message, StringComparison.Ordinal);
    }

    private static Locus.Sampling.Sampler Trained(int updates, Team team)
    {
        Problem problem = new("shifted", [new("x")], [], Parameter.Vector("c", 2, -1, 1), density: new Shifted(2));
        var options = new OffPolicyOptions { Batch = 128, Hidden = [16, 16], Loss = PathLossKind.VarGrad, Updates = updates, Rounds = 1, LearningRate = 3e-3, Sampler = new() { Steps = 8, Variance = 2, NoiseUnits = true } };
        var trainer = options.Trainer(problem, 1, team);
        trainer.Run(new TrainingObserver(), CancellationToken.None);
        return trainer.Sampler;
    }

    /// <summary>exp(5 c_0) N(x; c_0 - c_1, 0.25), without the norm of the normal law.</summary>
    private sealed class Shifted(int conditions) : Density
    {
        public override int Dimension => 1;

        public override int Conditions => conditions;

        public override Points? Observations => rows;

        public override double Log(ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> score, Span<double> scratch)
        {
            var off = x[0] - c[0] + c[1];
            if (!score.IsEmpty) score[0] = -4 * off;
            return 5 * c[0] - 2 * off * off;
        }
    }
}
