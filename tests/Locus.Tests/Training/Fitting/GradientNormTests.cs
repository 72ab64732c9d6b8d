using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Tests.Formats;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Training.Fitting;

/// <summary>A gradient of the fit counts up to three times its usual norm, a mean over the last steps with memory 0.01.</summary>
public sealed class GradientNormTests
{
    private const int Batch = 128;

    // With Beta1 = 0 the first moment after a step is the gradient that took effect.
    private static readonly LocusOptions Options = new() { Batch = Batch, PoolSize = 1024, Hidden = [9, 5], Beta1 = 0, Guidance = Guidance.Off };

    [Theory]
    [InlineData(double.PositiveInfinity)]
    // Where the options allow less, that takes effect; what is usual stays what the gradients are.
    [InlineData(1e-3)]
    public void A_spike_counts_three_times_the_usual_norm_which_follows_slowly(double optionsClip)
    {
        using var team = new Team(2);
        var options = Options with { GradientClip = optionsClip };
        var state = State(options);
        var step = new FitStep(options, state, Key.Seed(8), team.Threads);
        var usual = 0.0;
        for (var i = 0; i < 40; i++)
        {
            // The last points of the pool lie far off.
            var isSpike = i is 12 or 13 or 25;
            var norm = step.Run(team, Enumerable.Range(isSpike ? 1024 - Batch : i * 16, Batch).ToArray(), 1e-3);
            var most = i == 0 ? double.PositiveInfinity : 3 * usual;
            Assert.Equal(isSpike, norm > most);
            var counted = isSpike ? 3 * usual : norm;
            usual = i == 0 ? norm : 0.99 * usual + 0.01 * counted;
            Assert.Equal(usual, state.GradientNorm, 1e-12 * usual);
            // Of floats, scaled by a float.
            var effect = Math.Sqrt(state.Weights.FirstMoment.ToArray().Sum(m => (double)m * m));
            Assert.Equal(Math.Min(counted, optionsClip), effect, 1e-5 * effect);
        }
        Assert.Equal(40, state.Weights.Steps);
    }

    [Fact]
    public void The_usual_norm_survives_a_checkpoint()
    {
        using var folder = new TemporaryFolder();
        using var team = new Team(1);
        var stopped = Trainings.Train(Trainings.Ring, Trainings.Fit, team, until: 7);
        Checkpoint.Write(folder["state"], stopped);
        var state = (LocusState)Trainings.Fit.NewState(Trainings.Ring);
        Checkpoint.Read(folder["state"], Trainings.Ring.ToYaml(), Trainings.Fit, stopped.Seed, state);
        Assert.True(state.GradientNorm > 0);
        Assert.Equal(((LocusState)stopped.State).GradientNorm, state.GradientNorm);
    }

    private static LocusState State(LocusOptions options)
    {
        var state = new LocusState(Problem.Define("disk", 2, x => [Norm(x) <= 1]), options) { Explored = true };
        Mlp.Initialize(state.Shape, Key.Seed(56), 1, state.Weights.Parameters.Span);
        for (var i = 0; i < state.Points.Length; i++)
        {
            var far = i >= 2 * (1024 - Batch) ? 100 : 1;
            (state.Points[i], state.Noise[i]) = ((float)(far * Draws.Normal(Key.Seed(57), (ulong)i, 0)), (float)Draws.Normal(Key.Seed(57), (ulong)i, 1));
        }
        return state;
    }
}
