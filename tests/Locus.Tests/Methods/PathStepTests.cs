using Locus.Engine.Blocks;
using Locus.Engine.Networks;
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
    [InlineData(PathLossKind.TrajectoryBalance, false, 1e4, false)]
    [InlineData(PathLossKind.TrajectoryBalance, true, 1e4, false)]
    [InlineData(PathLossKind.TrajectoryBalance, true, 0.3, true)]
    [InlineData(PathLossKind.TrajectoryBalance, false, 1e4, true)]
    [InlineData(PathLossKind.VarGrad, true, 1e4, false)]
    [InlineData(PathLossKind.MaximumLikelihood, false, 1e4, true)]
    [InlineData(PathLossKind.DetailedBalance, false, 1e4, false)]
    [InlineData(PathLossKind.SubTrajectoryBalance, true, 1e4, true)]
    public void The_gradient_of_each_loss_is_that_of_differences(PathLossKind loss, bool langevin, double limit, bool variance)
    {
        var options = Back(loss) with { Langevin = langevin, LearnVariance = variance };
        HoldsDifferences(options with { Gate = langevin && variance, Sampler = options.Sampler with { Limit = limit, NoiseUnits = variance } }, forward: false, state => state.Weights);
    }

    [Theory]
    [InlineData(PathLossKind.TrajectoryBalance, false)]
    [InlineData(PathLossKind.DetailedBalance, true)]
    [InlineData(PathLossKind.SubTrajectoryBalance, false)]
    [InlineData(PathLossKind.SubTrajectoryBalance, true)]
    public void The_gradient_by_the_levels_is_that_of_differences(PathLossKind loss, bool forwardLooking) =>
        HoldsDifferences(Back(loss) with { ForwardLooking = forwardLooking }, forward: false, state => state.Flow!);

    // Here the paths themselves move with the parameters.
    [Theory]
    [InlineData(false, DiffusionKind.Brownian)]
    [InlineData(true, DiffusionKind.Brownian)]
    [InlineData(true, DiffusionKind.VariancePreserving)]
    public void The_gradient_through_the_path_is_that_of_differences(bool variance, DiffusionKind process) =>
        HoldsDifferences(
            new OffPolicyOptions { Batch = 128, Hidden = [8, 6], Loss = PathLossKind.Pathwise, LearnVariance = variance, Sampler = new DiffusionOptions { Process = process, Steps = 7, Variance = 2 } },
            forward: true, state => state.Weights);

    // The drift's own paths do not depend on the way back, and paths back are as they are for the drift: each has its share of the parameters.
    [Theory]
    [InlineData(PathLossKind.TrajectoryBalance, false, DiffusionKind.Brownian)]
    [InlineData(PathLossKind.TrajectoryBalance, true, DiffusionKind.Brownian)]
    [InlineData(PathLossKind.VarGrad, true, DiffusionKind.VariancePreserving)]
    [InlineData(PathLossKind.DetailedBalance, true, DiffusionKind.Brownian)]
    [InlineData(PathLossKind.SubTrajectoryBalance, true, DiffusionKind.VariancePreserving)]
    [InlineData(PathLossKind.SubTrajectoryBalance, false, DiffusionKind.Brownian)]
    public void The_gradient_with_a_learned_way_back_is_that_of_differences(PathLossKind loss, bool forward, DiffusionKind process)
    {
        var options = Back(loss) with { Loss = loss, LearnBack = true, LearnVariance = forward };
        options = options with { Sampler = options.Sampler with { Process = process, BackRange = 0.9 } };
        HoldsDifferences(options, forward, state => state.Weights, state =>
        {
            var (all, back) = (state.Shape.ParameterCount, state.Shape.Back!.ParameterCount);
            return forward ? (all - back)..all : ..(all - back);
        });
    }

    [Fact]
    public void To_follow_points_by_likelihood_leaves_the_way_back_alone()
    {
        var options = Back(PathLossKind.MaximumLikelihood) with { LearnBack = true };
        var state = State(options);
        Run(options, state, forward: false);
        Assert.All(state.Shape.BackOf(state.Weights.FirstMoment.Span[..state.Weights.Count]).ToArray(), moment => Assert.Equal(0, moment));
    }

    // Two parameters: what they have in common is log Z, and what log Z does not know is what the loss keeps.
    [Fact]
    public void Log_Z_follows_the_parameters_of_the_problem()
    {
        // log Z(shift) = shift + log(2 pi): of a normal law whose height is a parameter.
        Problem heights = new("heights", [new("x"), new("y")], [], [new("shift", -3, 3)], energy: (Square(Expr.Variable(0)) + Square(Expr.Variable(1))) / 2 - Expr.Parameter(0));
        foreach (var loss in new[] { PathLossKind.TrajectoryBalance, PathLossKind.VarGrad })
        {
            var options = new OffPolicyOptions { Batch = 256, Hidden = [16], Loss = loss, Updates = 400, Rounds = 1, Sampler = new DiffusionOptions { Steps = 4, Variance = 1 } };
            var state = new OffPolicyState(heights, options);
            state.Initialize(key);
            var step = new PathStep(options, state, key, team.Threads);
            var first = 0.0;
            for (var update = 0; update < options.Updates; update++)
            {
                step.Forward(team, 1e-3, 0);
                if (update == 0) first = step.Loss;
            }
            // The process without drift is the law itself: only log Z is to be learned, whose variance over the shifts is 3; a variance over paths of one shift knows nothing of it.
            if (loss == PathLossKind.VarGrad) Assert.InRange(first, 0, 1e-6);
            else Assert.InRange(first, 1.5, 4);
            Assert.InRange(step.Loss, 0, 0.01);
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

    private static OffPolicyOptions Back(PathLossKind loss) =>
        new() { Batch = 128, Hidden = [8, 6], Replay = true, BufferSize = 1024, BackwardLoss = loss, Sampler = new DiffusionOptions { Steps = 7, Variance = 2 } };

    private void HoldsDifferences(OffPolicyOptions options, bool forward, Func<OffPolicyState, ParameterState> part, Func<OffPolicyState, Range>? slice = null)
    {
        var state = State(options);
        Run(options, state, forward);
        // Adam's first moment after the first step is a tenth of the gradient.
        var learned = part(state);
        var own = slice?.Invoke(state) ?? ..learned.Count;
        double[] gradient = [.. learned.FirstMoment.Span[own].ToArray().Select(m => m / 0.1)];
        var norm = Math.Sqrt(gradient.Sum(g => g * g));
        Assert.True(norm > 0.01, $"a gradient of norm {norm} tells nothing");
        for (var direction = 0; direction < 6; direction++)
        {
            double[] v = [.. Enumerable.Range(0, gradient.Length).Select(i => Draws.Normal(key.Fold((ulong)direction), (ulong)i, 0) / Math.Sqrt(gradient.Length))];
            double Loss(double h)
            {
                var moved = State(options);
                for (var i = 0; i < v.Length; i++) part(moved).Parameters.Span[own][i] += (float)(h * v[i]);
                return Run(options, moved, forward);
            }
            const double h = 0.02;
            var slope = gradient.Zip(v, (g, d) => g * d).Sum();
            Assert.Equal(slope, (Loss(h) - Loss(-h)) / (2 * h), 2e-2 * norm / Math.Sqrt(gradient.Length) + 2e-3 * Math.Min(1, norm));
        }
    }

    private double Run(OffPolicyOptions options, OffPolicyState state, bool forward)
    {
        var step = new PathStep(options, state, key, team.Threads);
        if (forward) step.Forward(team, 0, 0);
        else step.Backward(team, 0, state.Found!);
        return step.Loss;
    }

    private static OffPolicyState State(OffPolicyOptions options)
    {
        var state = new OffPolicyState(wells, options);
        // A drift far from 0, so that all losses have slopes.
        state.Shape.Initialize(key.Fold("weights"), 4, state.Weights.Parameters.Span[..state.Weights.Count]);
        state.FlowShape?.Initialize(key.Fold("flow"), 1, state.Flow!.Parameters.Span[..state.Flow.Count]);
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
