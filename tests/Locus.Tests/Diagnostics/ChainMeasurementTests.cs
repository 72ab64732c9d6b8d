using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;
using Locus.Projection;
using Locus.Sampling;
using Locus.Tests.Flows;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Diagnostics;

public sealed class ChainMeasurementTests
{
    private static readonly QualityOptions Options = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Noise_piled_up_on_the_edges_of_a_square_becomes_uniform(int threads)
    {
        const int count = 4000;
        using var team = new Team(threads);
        var sampler = Standing(Square.Problem);
        var reference = ExactReference.Of(Square.Problem, new Square(), Key.Seed(7), count, Options, 2);
        var projection = ProjectionMeasurement.Of(Square.Problem, sampler.Sample(count, Key.Seed(8), team), reference, Options, team);
        // Of normal noise 1 - 0.683^2 lies beside the square and ends on an edge; of the square itself 0.02 lie next to one.
        Assert.InRange(projection.Quality.BoundaryShare!.Value, 0.4, 0.6);

        var measured = ChainMeasurement.Of(sampler, projection.Projected, null, 20, Key.Seed(9), reference, Options, team);

        var quality = measured.Quality;
        Assert.Equal((20, 0, 0), (quality.Steps, quality.Still, quality.Failed));
        Assert.Equal(0, quality.MaxSlack);
        Assert.Equal(new CertificateFacts(1, count, 0, 0, 0, 0, 1e-9), quality.Certificates);
        Assert.InRange(quality.BoundaryShare!.Value - quality.BoundaryShareTrue!.Value, -4 * quality.BoundaryShareError!.Value, 4 * quality.BoundaryShareError.Value);
        Assert.InRange(quality.EnergyDistance!.Value, 0, quality.EnergyDistanceFloor!.Value + 4 * quality.EnergyDistanceFloorDeviation!.Value);
        var moves = Enumerable.Range(0, count).Select(i => Distance(measured.Points[i], projection.Projected.Points[i]));
        Assert.Equal(moves.Average(), quality.MeanMove!.Value, 1e-9);
    }

    [Fact]
    public void Samples_that_were_not_brought_onto_the_set_begin_no_chain()
    {
        // Left of 0 the constraint is flat. Right of it the set is a point, which no step leaves.
        var cliff = Problem.Define("cliff", 1, x => [1 - Max(x[0], 0) <= 0, x[0] <= 1]);
        using var team = new Team(1);
        var projected = new Projector(cliff).Project(new Points([-1, 0.5, -3], 1), null, team);
        Assert.Equal(2, projected.Failed);

        var quality = ChainMeasurement.Of(Standing(cliff), projected, null, 5, Key.Seed(1), null, Options, team).Quality;

        Assert.Equal((2, 1), (quality.Failed, quality.Still));
        Assert.Equal(0, quality.MeanMove);
    }

    private static FlowSampler Standing(Problem problem)
    {
        var (shape, parameters) = KnownNetworks.Standing(problem.Dimension);
        return new FlowSampler(problem, shape, parameters, new FlowOptions { Steps = 1 });
    }

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Math.Sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]));
}
