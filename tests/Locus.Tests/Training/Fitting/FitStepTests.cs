using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Training;

namespace Locus.Tests.Training.Fitting;

/// <summary>The losses of the fit and their gradient against a plain twin in double precision.</summary>
public sealed class FitStepTests
{
    private const int Batch = 256, Pool = 500;

    // With Beta1 = 0 the first moment after a step is the gradient of the step.
    private static readonly LocusOptions Small = new() { Batch = Batch, PoolSize = Pool, Hidden = [9, 5], Beta1 = 0, PositionFrequencies = 1 };

    private static readonly Dictionary<string, (Problem Problem, double Margin, LocusOptions Options)> Steps = new()
    {
        ["as usual"] = (FitTwin.Disk, 0, Small),
        ["a margin away"] = (FitTwin.Disk, 0.3, Small with { ProjectorShare = 0.75 }),
        ["the way back alone"] = (FitTwin.Disk, 0, Small with { ProjectorShare = 1, Anchor = 0.7, ProjectorStart = 0.5, ProjectorDecades = 1, ProjectorReach = 1 }),
        ["the flow alone"] = (FitTwin.Disk, 0, Small with { ProjectorShare = 0, Clip = 0.3 }),
        ["beside equalities"] = (FitTwin.Chord, 0, Small with { Guidance = Guidance.Off, Clip = 0.01, ProjectorShare = 0.25 }),
        ["guided"] = (FitTwin.Chord, 0, Small with { Anchor = 0 }),
        ["guided, a margin away"] = (FitTwin.Chord, 0.1, Small with { ProjectorNearest = 0.1, Clip = 1 }),
    };

    public static TheoryData<string> Names => [.. Steps.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Losses_and_gradient_are_those_of_the_formula(string name)
    {
        using var team = new Team(2);
        var (problem, margin, options) = Steps[name];
        var state = State(problem, options);
        state.Margin = margin;
        // Not the first step: its number names the draws.
        state.Weights.Steps = 41;
        var parameters = state.Weights.Parameters.Span[..state.Weights.Count].ToArray().Select(p => (double)p).ToArray();
        var (key, points) = (Key.Seed(7), Enumerable.Range(0, Batch).Select(i => (i * 77 + 5) % Pool).ToArray());
        var step = new FitStep(options, state, key, team.Threads);
        var norm = step.Run(team, points, 1e-3);

        var twin = new FitTwin(options, state, key, points, 41);
        var (flow, projector) = twin.Losses(parameters);
        // Most points are moved by less than c, some, where c is not 1, by more.
        if (options.ProjectorShare > 0) Assert.True(twin.Moved.Near >= 10 && (twin.Moved.Far >= 5 || options.Clip == 1), $"{twin.Moved}");
        Assert.Equal(flow, step.FlowLoss, 1e-5 * flow);
        Assert.Equal(projector, step.ProjectorLoss, 1e-5 * projector);
        var gradient = twin.Gradient(parameters, 1e-5);
        // Float sums over 256 samples, of which some weigh thousands of times others: measured by the largest entry.
        var bound = 3e-5 * gradient.Max(Math.Abs);
        for (var i = 0; i < gradient.Length; i++) Assert.Equal(gradient[i], state.Weights.FirstMoment.Span[i], bound);
        Assert.Equal(1, norm / Math.Sqrt(gradient.Sum(g => g * g)), 1e-4);
    }

    /// <summary>A state that was given its pool: points about the set, their noise, and conditions in [-1, 1].</summary>
    private static LocusState State(Problem problem, LocusOptions options)
    {
        var state = new LocusState(problem, options) { Explored = true };
        Mlp.Initialize(state.Shape, Key.Seed(54), 1, state.Weights.Parameters.Span);
        for (var i = 0; i < state.Points.Length; i++)
            (state.Points[i], state.Noise[i]) = ((float)(0.7 * Draws.Normal(Key.Seed(55), (ulong)i, 0)), (float)Draws.Normal(Key.Seed(55), (ulong)i, 1));
        for (var i = 0; i < Pool; i++) state.Conditions[0][i] = (float)(2 * Draws.Uniform(Key.Seed(55), (ulong)i, 2) - 1);
        return state;
    }
}
