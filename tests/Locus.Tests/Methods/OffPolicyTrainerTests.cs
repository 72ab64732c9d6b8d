using Locus.Diagnostics;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.OffPolicy;
using Locus.Problems;
using Locus.Tests.Formats;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Methods;

public sealed class OffPolicyTrainerTests
{
    // Two normal laws, at -1 with a quarter and at 1.5 with the rest, times exp(3): log Z = 3 + log sqrt(2 pi 0.16).
    private static readonly Problem pair = Problem.OfEnergy(
        "pair", 1, x => -3 - LogSumExp(Math.Log(0.25) - Square(x[0] + 1) / 0.32, Math.Log(0.75) - Square(x[0] - 1.5) / 0.32));

    private static readonly double logZ = 3 + 0.5 * Math.Log(2 * Math.PI * 0.16);

    private static readonly OffPolicyOptions small = new()
    {
        Batch = 128, Hidden = [32, 32], Updates = 1500, Rounds = 5, LearningRate = 5e-3, LogZRate = 0.1, Exploration = 0.3, Replay = true, LocalSearch = true, BufferSize = 20_000, SearchSteps = 40, SearchBurnIn = 20,
        Activation = ActivationKind.Silu, Sampler = new DiffusionOptions { Steps = 20, Variance = 2, GridPower = 1.5 },
    };

    // These losses are noisier: a rate that falls settles them.
    private static readonly OffPolicyOptions settled = small with { Updates = 3000, LearningRate = 3e-3, LearningRateDecay = LearningRateDecay.Cosine };

    private static readonly OffPolicyOptions alone = settled with { Replay = false, LocalSearch = false, Exploration = 0 };

    private static readonly Dictionary<string, OffPolicyOptions> kinds = new()
    {
        ["trajectories"] = small,
        ["variance, scores"] = small with { Loss = PathLossKind.VarGrad, BackwardLoss = PathLossKind.VarGrad, Langevin = true },
        ["parts, looking forward"] = settled with { Loss = PathLossKind.SubTrajectoryBalance, BackwardLoss = PathLossKind.SubTrajectoryBalance, ForwardLooking = true },
        ["steps"] = small with { Loss = PathLossKind.DetailedBalance, BackwardLoss = PathLossKind.DetailedBalance },
        ["pathwise"] = alone with { Loss = PathLossKind.Pathwise },
        ["gate, learned variance"] = settled with { Langevin = true, Gate = true, LearnVariance = true },
        ["random grids of half the steps"] = settled with { RandomGrids = true, TrainingSteps = 10, Langevin = true, Sampler = small.Sampler with { NoiseUnits = true, Limit = 10 } },
        ["annealed"] = small with { LocalSearch = false, Anneal = true, Imitation = 0.3, Particles = 8192, LearnVariance = true },
    };

    public static TheoryData<string> Kinds => [.. kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_short_training_finds_both_parts_and_brackets_log_Z(string kind)
    {
        using var team = new Team(2);
        var trainer = kinds[kind].Trainer(pair, 1, team);
        var last = new LastRound();
        trainer.Run(last, CancellationToken.None);
        var samples = trainer.Sampler.Sample(4000, Key.Seed(2), team).Points;
        // The share has an error of 0.007; the network is small and its training short.
        Assert.InRange(Enumerable.Range(0, samples.Count).Count(i => samples[i][0] < 0.25) / 4000.0, 0.18, 0.32);
        var exact = new Points(4000, 1);
        for (var i = 0; i < exact.Count; i++) exact.Row(i)[0] = (Draws.Uniform(Key.Seed(3), (ulong)i, 0) < 0.25 ? -1 : 1.5) + 0.4 * Draws.Normal(Key.Seed(3), (ulong)i, 1);
        var facts = EnergyMeasurement.Of(trainer.Sampler, 4000, Key.Seed(4), exact, logZ, team)!;
        Assert.InRange(facts.LowerBound, logZ - 0.5, logZ + 3 * facts.LowerBoundError);
        Assert.InRange(facts.UpperBound!.Value, logZ - 3 * facts.UpperBoundError!.Value, logZ + 0.5);
        Assert.InRange(facts.LogZ, logZ - 4 * facts.LogZError - 0.01, logZ + 4 * facts.LogZError + 0.01);
        Assert.InRange(facts.EffectiveShare, 0.5, 1);
        Assert.InRange(facts.ForwardEffectiveShare!.Value, 0.3, 1);
        // What a loss has learned, whether it is one number or the network's at the start; the other losses take a mean over paths for it.
        if (kinds[kind].Loss is PathLossKind.VarGrad or PathLossKind.Pathwise) Assert.Equal(double.NaN, last.LogZ);
        else Assert.InRange(last.LogZ, logZ - 0.5, logZ + 0.5);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_bits_come_out_of_any_number_of_threads_and_of_a_training_that_was_interrupted(string kind)
    {
        var options = kinds[kind] with { Updates = 60, Rounds = 6, SearchEvery = 20, Particles = 1024 };
        var whole = Weights(options, 1, null);
        Assert.Equal(whole, Weights(options, 3, null));
        foreach (var stop in new[] { 1, 22, 41 }) Assert.Equal(whole, Weights(options, 2, stop));
    }

    [Fact]
    public void Levels_may_wait_until_imitation_is_over()
    {
        using var team = new Team(1);
        var options = small with
        {
            Updates = 20, Rounds = 2, LocalSearch = false, Anneal = true, Particles = 1024, Imitation = 0.5, Loss = PathLossKind.SubTrajectoryBalance, BackwardLoss = PathLossKind.SubTrajectoryBalance, ForwardLooking = true,
        };
        var trainer = options.Trainer(pair, 1, team);
        trainer.Run(new TrainingObserver(), CancellationToken.None);
        Assert.Equal(10, ((OffPolicyState)trainer.State).Flow!.Steps);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    public void Calls_of_the_energy_are_those_of_paths_ends_scores_and_searches(bool replay, bool search, bool langevin)
    {
        var options = small with { Updates = 50, Rounds = 5, SearchEvery = 20, Replay = replay, LocalSearch = search, Langevin = langevin };
        // A path of the drift needs the reward at its end, with a score in the drift one more for each step; a path back has its end from the buffer.
        var (forward, back, searches) = (replay ? 25 : 50, replay ? 25 : 0, search ? 3 : 0);
        var expected = 128L * (forward + (langevin ? 20 * (forward + back) : 0) + searches * (1 + 40));
        foreach (var (threads, stop) in new[] { (1, (int?)null), (3, null), (2, 22) }) Assert.Equal(expected, Trained(options, threads, stop).EnergyCalls);
    }

    [Fact]
    public void Calls_of_annealing_are_counted_once()
    {
        var options = small with { Updates = 10, Rounds = 1, LocalSearch = false, Anneal = true, Particles = 2048, AnnealMoves = 3 };
        var whole = Trained(options, 1, null).EnergyCalls!.Value;
        // Five sets of 128 scouts and the particles: one call at the start, and 3 after each of 3 rises or more.
        Assert.InRange(whole - 5 * 128, (5 * 128 + 2048) * (1 + 3 * 3L), (5 * 128 + 2048) * (1 + 3 * 100L));
        Assert.Equal(0, whole % 64);
        Assert.Equal(whole, Trained(options, 3, 4).EnergyCalls);

        using var team = new Team(2);
        var trainer = options.Trainer(pair, 7, team);
        using var source = new CancellationTokenSource();
        trainer.Run(new StopExploring(source), source.Token);
        Assert.Equal(0, trainer.State.EnergyCalls);
        trainer.Run(new TrainingObserver(), CancellationToken.None);
        Assert.Equal(whole, trainer.State.EnergyCalls);
    }

    [Fact]
    public void An_energy_that_is_no_number_ends_training_with_the_place()
    {
        var root = Problem.OfEnergy("root", 2, x => Square(x[0]) + Sqrt(x[1] + 0.5));
        using var team = new Team(2);
        var trainer = (small with { Replay = false, LocalSearch = false }).Trainer(root, 1, team);
        var message = Assert.Throws<LocusException>(() => trainer.Run(new TrainingObserver(), CancellationToken.None)).Message;
        Assert.Matches(@"^the energy of 'root' is NaN at x\[0\] = -?[\d.E-]+, x\[1\] = -[\d.]+; it must be a finite number", message);
    }

    [Fact]
    public void Problems_without_an_energy_and_options_that_contradict_each_other_are_refused()
    {
        using var team = new Team(1);
        Assert.Contains("has no energy", Assert.Throws<LocusException>(() => small.Trainer(Problem.Define("disc", 2, x => [Norm(x) <= 1]), 1, team)).Message, StringComparison.Ordinal);
        Assert.Contains("has an energy on all of space", Assert.Throws<LocusException>(() => new LocusOptions().Trainer(pair, 1, team)).Message, StringComparison.Ordinal);
        Assert.Contains("which this recipe does not follow", Assert.Throws<LocusException>(() => new PaperOptions().Trainer(pair, 1, team)).Message, StringComparison.Ordinal);
        Assert.Contains("has boxes beside its energy", Assert.Throws<LocusException>(() => small.Trainer(Problem.OfEnergy("boxed", 1, x => x[0], 0, 1), 1, team)).Message, StringComparison.Ordinal);
        Assert.Contains("has no finite integral: the energy does not use x[1]", Assert.Throws<LocusException>(() => small.Trainer(Problem.OfEnergy("flat", 2, x => Square(x[0])), 1, team)).Message, StringComparison.Ordinal);
        var findings = (small with { Replay = false, SearchBurnIn = 50, Loss = PathLossKind.MaximumLikelihood, Updates = 2 }).Validate();
        Assert.Equal(4, findings.Count);
        findings = (small with { Priority = ReplayPriority.Importance, Loss = PathLossKind.SubTrajectoryBalance, SubTrajectoryLambda = 2, Sampler = small.Sampler with { Steps = 1000, GridPower = 10 } }).Validate();
        Assert.Equal(3, findings.Count);
        Assert.Contains("'gridPower' 10 leaves 1.0E-30 of the time", findings[0], StringComparison.Ordinal);
        Assert.Contains("set exploration=0", findings[1], StringComparison.Ordinal);
        Assert.Contains("at most 1.916", findings[2], StringComparison.Ordinal);
    }

    private static float[] Weights(OffPolicyOptions options, int threads, int? stop)
    {
        var state = Trained(options, threads, stop);
        return state.Weights.Parameters[..state.Weights.Count].ToArray();
    }

    private static TrainingState Trained(OffPolicyOptions options, int threads, int? stop)
    {
        using var team = new Team(threads);
        var trainer = options.Trainer(pair, 7, team);
        if (stop is { } updates)
        {
            using var folder = new TemporaryFolder();
            using var source = new CancellationTokenSource();
            trainer.Run(new Stop(updates, source), source.Token);
            Checkpoint.Write(folder["last"], trainer);
            var state = options.NewState(pair);
            Checkpoint.Read(folder["last"], pair.ToYaml(), options, 7, state);
            trainer = options.Trainer(pair, 7, team, state);
        }
        trainer.Run(new TrainingObserver(), CancellationToken.None);
        Assert.True(trainer.Finished);
        return trainer.State;
    }

    private sealed class LastRound : TrainingObserver
    {
        public double LogZ { get; private set; }

        public override void RoundEnded(RoundInfo info, Trainer trainer) => LogZ = info.Measure("logZ");
    }

    private sealed class StopExploring(CancellationTokenSource source) : TrainingObserver
    {
        public override void Exploring(string what, double fraction)
        {
            if (fraction > 0.3) source.Cancel();
        }
    }

    private sealed class Stop(int updates, CancellationTokenSource source) : TrainingObserver
    {
        private int seen;

        public override void Updated(in TrainingProgress progress)
        {
            if (++seen == updates) source.Cancel();
        }
    }
}
