using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.Markov;
using Locus.Methods.OffPolicy;
using Locus.Problems;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Methods.Markov;

public sealed class AnnealingTests : IDisposable
{
    // Two normal laws of deviation 0.5 with the shares 0.3 and 0.7, eight deviations apart, in two coordinates, times exp(5).
    private static readonly Problem pair = Problem.OfEnergy("pair", 2, x => -5 - LogSumExp(Part(x, -2, 0.3), Part(x, 2, 0.7)));

    private readonly Team team = new(2);

    public void Dispose() => team.Dispose();

    [Fact]
    public void Particles_reach_both_parts_by_their_shares_and_give_Z()
    {
        var annealing = Annealed(team, 16_384, 9);
        // Z = exp(5) 2 pi 0.25; the estimate's error is about 0.02 with so many.
        Assert.InRange(annealing.LogZ, 5 + Math.Log(2 * Math.PI * 0.25) - 0.08, 5 + Math.Log(2 * Math.PI * 0.25) + 0.08);
        var (left, square, n) = (0, 0.0, annealing.Rewards.Length);
        for (var i = 0; i < n; i++)
        {
            if (annealing.Positions[2 * i] < 0) left++;
            square += annealing.Positions[2 * i + 1] * (double)annealing.Positions[2 * i + 1] / n;
        }
        // Redrawn a dozen times, the particles have a share with an error of some 0.01, and a variance of 0.25 with 0.004.
        Assert.InRange((double)left / n, 0.26, 0.34);
        Assert.InRange(square, 0.235, 0.265);
    }

    [Fact]
    public void Particles_are_the_same_for_any_number_of_threads()
    {
        using var one = new Team(1);
        var (a, b) = (Annealed(team, 1024, 4), Annealed(one, 1024, 4));
        Assert.Equal(a.Positions.ToArray(), b.Positions.ToArray());
        Assert.Equal(a.LogZ, b.LogZ);
    }

    [Fact]
    public void An_energy_that_is_finite_nowhere_is_told()
    {
        var nowhere = Problem.OfEnergy("nowhere", 1, x => Sqrt(-1 - Square(x[0])));
        Assert.False(new Annealing(new Reward(nowhere, Standardization.Of(nowhere)), 1, [], 1024, 2, 1, team.Threads).Run(team, Key.Seed(1), null, CancellationToken.None));
        var options = new OffPolicyOptions { Replay = true, Anneal = true, Particles = 1024 };
        Assert.Contains("no finite number at any of", Assert.Throws<LocusException>(() => options.Trainer(nowhere, 1, team).Run(new TrainingObserver(), CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_takes_coordinates_and_log_Z_from_the_particles_and_goes_on_from_a_checkpoint()
    {
        var shifted = Problem.OfEnergy("shifted", 2, x => Square(x[0] - 30) / (2 * 4) + Square(x[1]) / (2 * 0.01));
        var options = new OffPolicyOptions { Batch = 64, Hidden = [8], Updates = 12, Rounds = 3, Replay = true, Anneal = true, Particles = 4096, Sampler = new DiffusionOptions { Steps = 5, Variance = 1 } };
        var trainer = options.Trainer(shifted, 3, team);
        using var source = new CancellationTokenSource();
        trainer.Run(new OneUpdate(source), source.Token);
        var state = (OffPolicyState)trainer.State;
        Assert.InRange(state.Standard.Center[0], 29.5, 30.5);
        Assert.InRange(state.Standard.Scale[0], 1.8, 2.2);
        Assert.InRange(state.Standard.Scale[1], 0.09, 0.11);
        // In coordinates in which both deviations are 1, Z is 2 pi.
        Assert.InRange(state.LogZ.Parameters.Span[0], Math.Log(2 * Math.PI) - 0.3, Math.Log(2 * Math.PI) + 0.3);
        using var folder = new Formats.TemporaryFolder();
        Checkpoint.Write(folder["last"], trainer);
        var read = options.NewState(shifted);
        Checkpoint.Read(folder["last"], shifted.ToYaml(), options, 3, read);
        var again = options.Trainer(shifted, 3, team, read);
        again.Run(new TrainingObserver(), CancellationToken.None);
        var whole = options.Trainer(shifted, 3, team);
        whole.Run(new TrainingObserver(), CancellationToken.None);
        Assert.Equal(whole.State.Weights.Parameters.ToArray(), again.State.Weights.Parameters.ToArray());
    }

    private static Annealing Annealed(Team team, int count, double variance)
    {
        var annealing = new Annealing(new Reward(pair, Standardization.Of(pair)), 2, [], count, 8, variance, team.Threads);
        Assert.True(annealing.Run(team, Key.Seed(6), null, CancellationToken.None));
        return annealing;
    }

    private static Locus.Expressions.Expr Part(Locus.Expressions.Vector x, double center, double share) => Math.Log(share) - (Square(x[0] - center) + Square(x[1])) / 0.5;

    private sealed class OneUpdate(CancellationTokenSource source) : TrainingObserver
    {
        public override void Updated(in TrainingProgress progress) => source.Cancel();
    }
}
