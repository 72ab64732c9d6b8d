using Locus.Diagnostics;
using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Expressions;
using Locus.Flows;
using Locus.Methods.OffPolicy;
using Locus.Problems;
using Locus.Sampling;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Problems;

/// <summary>Energies by code beside the same energies by a formula: nothing downstream may tell them apart.</summary>
public class CodedDensityTests
{
    /// <summary>log R = -50 (|x| - c)^2 - sin x_0, c = 1 without parameters.</summary>
    private class Ring(int conditions = 0) : Density
    {
        public override int Dimension => 2;

        public override int Conditions => conditions;

        public override double Log(ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> score, Span<double> scratch)
        {
            var (r, radius) = (Math.Sqrt(x[0] * x[0] + x[1] * x[1]), c.IsEmpty ? 1 : c[0]);
            for (var d = 0; d < score.Length; d++) score[d] = -100 * (r - radius) * x[d] / r - (d == 0 ? Math.Cos(x[0]) : 0);
            return -50 * (r - radius) * (r - radius) - Math.Sin(x[0]);
        }
    }

    private sealed class WrongScore : Ring
    {
        public override double Log(ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> score, Span<double> scratch)
        {
            var log = base.Log(x, c, score, scratch);
            if (!score.IsEmpty) score[1] *= 1.01;
            return log;
        }
    }

    private sealed class WrongBlocks : Ring
    {
        public override void Run(Block x, Block c, Block values, Block scratch)
        {
            base.Run(x, c, values, scratch);
            values[2][17] += 20;
        }
    }

    [Theory]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(-1.5, 4)]
    public void Code_and_formula_give_the_same_in_the_coordinates_of_the_network(double lower, double upper)
    {
        Variable[] x = [new("x", lower, upper), new("y", lower, upper)];
        Parameter[] c = [new("radius", 0.5, 2)];
        var (a, b, r) = (Expr.Variable(0), Expr.Variable(1), Expr.Parameter(0));
        Problem coded = new("ring", x, [], c, density: new Ring(1)), formula = new("ring", x, [], c, energy: 50 * Square(Norm(a, b) - r) + Sin(a));
        var (one, two) = (Rewards(coded), Rewards(formula));
        // Log R reaches -600, the score 450: a few roundings of single precision.
        Assert.All(one.Zip(two), pair => Assert.Equal(pair.Second, pair.First, 2e-3));
        var points = new Points([0.3, -0.4, 1, 1, -1.2, 0.9], 2);
        var given = new Points([0.7, 1, 1.9], 1);
        Assert.Equal(LogTargets.Of(formula, new SampleSet(points, given), 2)!, LogTargets.Of(coded, new SampleSet(points, given), 2)!, (p, q) => Math.Abs(p - q) < 1e-10);
    }

    [Fact]
    public void A_sound_density_by_code_is_found_sound()
    {
        var result = ProblemCheck.Run(Problem.OfEnergy("ring", new Ring()), Key.Seed(1));
        Assert.DoesNotContain(result.Findings, finding => finding.Level != CheckLevel.Ok);
        Assert.Null(result.Instructions);
        Assert.True(result.SecondsPerPoint > 0);
        Assert.InRange(result.EnergyDerivativeError!.Value, 0, 1e-6);
    }

    [Fact]
    public void A_score_that_is_not_the_gradient_is_told_with_its_coordinate()
    {
        var finding = Assert.Single(ProblemCheck.Run(Problem.OfEnergy("ring", new WrongScore()), Key.Seed(1)).Findings, f => f.Level == CheckLevel.Error);
        Assert.Equal("energy derivatives", finding.Subject);
        Assert.Contains("worst in the energy, d/d x[1] at x[0] = ", finding.Message, StringComparison.Ordinal);
        Assert.Equal("check the score that your density writes: the gradient of log R = -E", finding.Advice);
    }

    [Fact]
    public void Blocks_that_are_not_what_single_points_are_are_told()
    {
        var finding = Assert.Single(ProblemCheck.Run(Problem.OfEnergy("ring", new WrongBlocks()), Key.Seed(1)).Findings, f => f.Level == CheckLevel.Error);
        Assert.Equal("training gradient", finding.Subject);
        Assert.Contains("differ from double precision by", finding.Message, StringComparison.Ordinal);
        Assert.Contains("d/d x[1] at x[0] = ", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drift_is_trained_on_code_to_the_same_bits_by_any_number_of_threads()
    {
        var problem = Problem.OfEnergy("ring", new Ring());
        var options = new OffPolicyOptions
        {
            Batch = 128, Hidden = [32, 32], Updates = 60, Rounds = 2, Langevin = true, LocalSearch = false, Particles = 4096, Activation = Engine.Networks.ActivationKind.Silu, Sampler = new DiffusionOptions { Steps = 20, Variance = 1 },
        };
        using Team one = new(1), two = new(2);
        Assert.Equal(Weights(one), Weights(two));

        float[] Weights(Team team)
        {
            var trainer = options.Trainer(problem, 1, team);
            trainer.Run(new TrainingObserver(), CancellationToken.None);
            return trainer.State.Weights.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        var mistake = Assert.Throws<ProblemException>(() => new Problem("ring", Variable.Vector("x", 3, -1, 1), [], [new("c", 0, 1)], density: new Ring()));
        Assert.Equal(
            ["the energy is one of 2 coordinates, the problem has 3 variables", "the energy is one of 0 parameters, the problem has 1"], mistake.Findings.Select(finding => finding.Message));
        Assert.Throws<ArgumentException>(() => new Problem("ring", Variable.Vector("x", 2, -1, 1), [], energy: Expr.Variable(0), density: new Ring()));
        Assert.Contains("exists in code only", Assert.Throws<LocusException>(() => Problem.OfEnergy("ring", new Ring()).ToYaml()).Message, StringComparison.Ordinal);
    }

    private static float[] Rewards(Problem problem)
    {
        var reward = new Reward(problem, Standardization.Of(problem));
        var arena = new Arena((3 + reward.ScratchRows) * Block.Lanes);
        var (x, c) = (arena.Rows(2), arena.Rows(1));
        Draws.Normal(Key.Seed(3), 0, 0, x);
        Draws.Uniform(Key.Seed(4), 0, 0, c);
        return reward.Run(x, c, arena.Rows(reward.ScratchRows)).Values.ToArray();
    }
}
