using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Tests.Networks;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Training;

/// <summary>
/// The loss of Algorithm 1 with both terms clipped as printed (Burghoff, Braun and Toussaint 2025), written again in double precision with the set's
/// violations by hand, and its gradient by central differences.
/// </summary>
public sealed class LossGradientTests
{
    private const double Step = 1e-5;

    // x from -3 to 5, y from -1 to 1.5; a disk of radius c about 0 and a line that crosses it.
    private static readonly Problem Chord = Problem.Define(
        "chord", [new Variable("x", -3, 5), new("y", -1, 1.5)], [new Parameter("radius", 0.5, 2)], (x, c) => [Square(x[0]) + Square(x[1]) <= Square(c[0]), x[1] == 0.3 * x[0]]);

    public static TheoryData<VelocityLoss, double, double, double, TimeLaw> Losses => new()
    {
        { VelocityLoss.Mean, 1, 1, 0.05, TimeLaw.Uniform },
        { VelocityLoss.Sum, 1, 1, 0.05, TimeLaw.Uniform },
        { VelocityLoss.Mean, 0, 1, 0.05, TimeLaw.Uniform },
        { VelocityLoss.Sum, 1, 0, 0.05, TimeLaw.Uniform },
        { VelocityLoss.Mean, 0.3, 2.5, 0.2, TimeLaw.Uniform },
        { VelocityLoss.Mean, 1, 1, 0.05, TimeLaw.LogitNormal },
        { VelocityLoss.Sum, 1, 1, 1, TimeLaw.Uniform },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void Losses_and_gradient_are_those_of_the_printed_formula(VelocityLoss kind, double alphaVelocity, double alphaConstraint, double clip, TimeLaw law)
    {
        // With Beta1 = 0 the first moment after a step is the gradient of the step.
        var options = Trainings.Short with
        {
            Batch = 192, PoolSize = 500, Hidden = [9, 5], VelocityLoss = kind, AlphaVelocity = alphaVelocity, AlphaConstraint = alphaConstraint, Clip = clip, TimeLaw = law, Beta1 = 0,
            TimeEmbedding = TimeEmbeddingKind.Harmonic, TimeFrequencies = 2, Residual = true, Activation = ActivationKind.Gelu,
        };
        using var team = new Team(2);
        var state = (SelfTrainingState)options.Trainer(Chord, 6, team).State;
        // Not the first step: its number names the draws.
        state.Weights.Steps = 41;
        var parameters = state.Weights.Parameters.Span[..state.Weights.Count].ToArray().Select(p => (double)p).ToArray();
        var (shape, key, points) = (options.Shape(2, 1), Key.Seed(7), Enumerable.Range(0, 192).Select(i => (i * 77 + 5) % 500).ToArray());
        var step = new SelfTrainingStep(options, shape, Standardization.Of(Chord), state.Weights, state.Pool, key, team.Threads);
        var norm = step.Run(team, points, 1e-3);

        var batch = Batch(law, key, points, state.Pool, 41);
        var (velocity, constraint) = Mean(options, shape, parameters, batch);
        Assert.Equal(1, step.VelocityLoss / velocity, 1e-5);
        Assert.Equal(1, step.ConstraintLoss / constraint, 1e-5);
        var gradient = new double[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var kept = parameters[i];
            parameters[i] = kept + Step;
            var above = Total(parameters);
            parameters[i] = kept - Step;
            gradient[i] = (above - Total(parameters)) / (2 * Step);
            parameters[i] = kept;
        }
        // Float sums over 192 samples, of which those near t = 1 weigh 400 times those at 0: measured by the largest entry.
        var bound = 3e-5 * gradient.Max(Math.Abs);
        for (var i = 0; i < gradient.Length; i++) Assert.Equal(gradient[i], state.Weights.FirstMoment.Span[i], bound);
        Assert.Equal(1, norm / Math.Sqrt(gradient.Sum(g => g * g)), 1e-4);

        double Total(double[] p) => Mean(options, shape, p, batch) is var (v, c) ? alphaVelocity * v + alphaConstraint * c : 0;
    }

    /// <summary>The samples of a step: end point u, noise e, time and condition c'.</summary>
    private static List<Sample> Batch(TimeLaw law, Key key, int[] points, TrainingPool pool, uint step)
    {
        var arena = new Arena(6 * Block.Lanes);
        Block noise = arena.Rows(2), uniform = arena.Rows(1), logit = arena.Rows(1);
        var batch = new List<Sample>();
        for (var first = 0; first < points.Length; first += Block.Lanes)
        {
            Draws.Normal(key.Fold("noise"), (ulong)first, step, noise);
            Draws.Uniform(key.Fold("time"), (ulong)first, step, uniform);
            Draws.Normal(key.Fold("time").Fold("logit"), (ulong)first, step, logit);
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                double u = uniform[0][lane];
                var t = law == TimeLaw.Uniform ? u : u < 0.1f ? u / 0.1f : 1 / (1 + Math.Exp(0.8 - 0.8 * logit[0][lane]));
                var point = points[first + lane];
                batch.Add(new Sample([pool.Column(0)[point], pool.Column(1)[point]], [noise[0][lane], noise[1][lane]], t, pool.Column(2)[point]));
            }
        }
        return batch;
    }

    private static (double Velocity, double Constraint) Mean(PaperOptions options, MlpShape shape, double[] parameters, List<Sample> batch)
    {
        double velocity = 0, constraint = 0;
        foreach (var sample in batch)
        {
            var t = sample.Time;
            double[] z = [t * sample.End[0] + (1 - t) * sample.Noise[0], t * sample.End[1] + (1 - t) * sample.Noise[1]];
            var u = MlpTwin.Value(shape, parameters, z, t, [sample.Condition]);
            var clipped = Math.Max(1 - t, options.Clip);
            var error = Math.Pow(u[0] - sample.End[0], 2) + Math.Pow(u[1] - sample.End[1], 2);
            velocity += error / (options.VelocityLoss == VelocityLoss.Mean ? 2 : 1) / (clipped * clipped);
            constraint += Penalty(1 + 2 * u[0], 0.25 + 0.625 * u[1], 1.25 + 0.75 * sample.Condition) / (clipped * clipped);
        }
        return (velocity / batch.Count, constraint / batch.Count);
    }

    private static double Penalty(double x, double y, double radius)
    {
        static double Squared(double violation) => Math.Pow(Math.Max(0, violation), 2);
        return Squared(-3 - x) + Squared(x - 5) + Squared(-1 - y) + Squared(y - 1.5) + Squared(x * x + y * y - radius * radius) + Math.Pow(y - 0.3 * x, 2);
    }

    private sealed record Sample(double[] End, double[] Noise, double Time, double Condition);
}
