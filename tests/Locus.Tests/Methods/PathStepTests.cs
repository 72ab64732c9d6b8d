using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Expressions;
using Locus.Flows;
using Locus.Methods.OffPolicy;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Methods;

public sealed class PathStepTests : IDisposable
{
    private static readonly Key key = Key.Seed(11);

    // Slopes of order 1, so that no score is clipped.
    private static readonly Problem wells = new(
        "wells", [new("x"), new("y")], [], [new("shift", -1, 1)], energy: Square(Expr.Variable(0) - Expr.Parameter(0)) / 2 + Square(Expr.Variable(1)) / 3 + Cos(Expr.Variable(0)));

    private readonly Team team = new(2);

    public void Dispose() => team.Dispose();

    // Paths back do not depend on the drift, so that the loss is a function of its parameters alone. Single precision leaves three digits of a difference.
    [Theory]
    [InlineData(PathLossKind.TrajectoryBalance, false, 1e4)]
    [InlineData(PathLossKind.TrajectoryBalance, true, 1e4)]
    [InlineData(PathLossKind.TrajectoryBalance, true, 0.3)]
    [InlineData(PathLossKind.VarGrad, true, 1e4)]
    [InlineData(PathLossKind.MaximumLikelihood, false, 1e4)]
    public void The_gradient_of_each_loss_is_that_of_differences(PathLossKind loss, bool langevin, double limit)
    {
        var options = new OffPolicyOptions { Batch = 128, Hidden = [8, 6], Replay = true, BufferSize = 1024, BackwardLoss = loss, Langevin = langevin, Sampler = new DiffusionOptions { Steps = 7, Variance = 2, Limit = limit } };
        var state = State(options);
        var step = new PathStep(options, state, key, team.Threads);
        step.Backward(team, 0, state.Found!);
        // Adam's first moment after the first step is a tenth of the gradient.
        double[] gradient = [.. state.Weights.FirstMoment[..state.Weights.Count].ToArray().Select(m => m / 0.1)];
        for (var direction = 0; direction < 6; direction++)
        {
            double[] v = [.. Enumerable.Range(0, gradient.Length).Select(i => Draws.Normal(key.Fold((ulong)direction), (ulong)i, 0) / Math.Sqrt(gradient.Length))];
            const double h = 0.02;
            var difference = (Loss(options, v, h) - Loss(options, v, -h)) / (2 * h);
            var slope = gradient.Zip(v, (g, d) => g * d).Sum();
            Assert.Equal(slope, difference, 2e-2 * Math.Sqrt(gradient.Sum(g => g * g)) / Math.Sqrt(gradient.Length) + 2e-3);
        }
    }

    [Fact]
    public void Log_Z_goes_where_the_mean_residual_drives_it()
    {
        var options = new OffPolicyOptions { Batch = 64, Hidden = [8], Sampler = new DiffusionOptions { Steps = 5 } };
        var state = State(options);
        state.LogZ.Parameters.Span[0] = 50;
        new PathStep(options, state, key, team.Threads).Forward(team, 0, 0);
        Assert.Equal(50 - 0.1f, state.LogZ.Parameters.Span[0], 1e-4);
        var variance = options with { Loss = PathLossKind.VarGrad };
        state = State(variance);
        new PathStep(variance, state, key, team.Threads).Forward(team, 0, 0);
        Assert.Equal(0, state.LogZ.Parameters.Span[0]);
    }

    private double Loss(OffPolicyOptions options, double[] v, double h)
    {
        var state = State(options);
        for (var i = 0; i < v.Length; i++) state.Weights.Parameters.Span[i] += (float)(h * v[i]);
        var step = new PathStep(options, state, key, team.Threads);
        step.Backward(team, 0, state.Found!);
        return step.Loss;
    }

    private static OffPolicyState State(OffPolicyOptions options)
    {
        var state = new OffPolicyState(wells, options);
        state.Shape.Initialize(key.Fold("weights"), 1, state.Weights.Parameters.Span[..state.Weights.Count]);
        state.LogZ.Parameters.Span[0] = 0.5f;
        if (options.Loss == PathLossKind.VarGrad) state.LogZ.Parameters.Span[0] = 0;
        var arena = new Arena(3 * Block.Lanes);
        var (position, condition) = (arena.Rows(2), arena.Rows(1));
        Draws.Normal(key, 0, 0, position);
        Draws.Uniform(key, 0, 1, condition);
        if (state.Found is { } found)
        {
            for (var lane = 0; lane < Block.Lanes; lane++) found.Add(position, condition, lane, -0.5 * position[0][lane] * position[0][lane]);
            found.Rank();
        }
        return state;
    }
}
