using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using Locus.Sampling;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Diagnostics;

public sealed class ProjectionMeasurementTests
{
    private static readonly QualityOptions Options = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Samples_beside_a_square_are_moved_onto_it_and_proven_to_be_there(int threads)
    {
        // Twice the square: three quarters of the samples lie beside it.
        var samples = new Square().Sample(Key.Seed(5), 1000);
        for (var i = 0; i < samples.Values.Length; i++) samples.Values[i] *= 2;
        using var team = new Team(threads);
        var reference = ExactReference.Of(Square.Problem, new Square(), Key.Seed(7), 1000, Options, 2);

        var measured = ProjectionMeasurement.Of(Square.Problem, new SampleSet(samples, null), reference, Options, team);

        // The nearest point of a square is the clamped one.
        double Distance(int i) => Math.Sqrt(Enumerable.Range(0, 2).Sum(d => Math.Pow(Math.Max(Math.Abs(samples[i][d]) - 1, 0), 2)));
        var quality = measured.Quality;
        Assert.Equal(Enumerable.Range(0, 1000).Average(Distance), quality.MeanMove!.Value, 1e-9);
        Assert.Equal(0, quality.Failed);
        Assert.Equal(1, quality.Success["1e-09"]);
        Assert.Equal(0, quality.MaxSlack);
        Assert.Equal(new CertificateFacts(1, 1000, 0, 0, 0, 0, 1e-9), quality.Certificates);
        // What was beside the square lies on its edge now, and the measures of evenness tell.
        Assert.InRange(quality.BoundaryShare!.Value, 0.7, 0.8);
        Assert.True(quality.EnergyDistance > 5 * quality.EnergyDistanceFloor);
    }

    [Fact]
    public void Samples_that_fail_count_as_what_they_are()
    {
        // Left of 0 the constraint is flat: nothing says where the set is.
        var cliff = Problem.Define("cliff", 1, x => [1 - Max(x[0], 0) <= 0]);
        using var team = new Team(1);

        var measured = ProjectionMeasurement.Of(cliff, new SampleSet(new Points([-1, 0.5, 2, -3], 1), null), null, Options, team);

        Assert.Equal([ProjectionOutcome.Stalled, ProjectionOutcome.Projected, ProjectionOutcome.OnSet, ProjectionOutcome.Stalled], measured.Projected.Outcomes);
        Assert.Equal(2, measured.Quality.Failed);
        Assert.Equal(0.5, measured.Quality.Success["0.001"]);
        Assert.Equal(0.25, measured.Quality.MeanMove!.Value, 1e-9);
        Assert.Equal((0.5, 2, 2), (measured.Quality.Certificates!.Certified, measured.Quality.Certificates.Inside, measured.Quality.Certificates.Outside));
    }

    [Fact]
    public void What_cannot_be_certified_is_projected_all_the_same()
    {
        // Eleven choices of two equalities each make 2048 branches, more than can be told apart.
        var many = Problem.Define("many", 11, x => [.. Enumerable.Range(0, 11).Select(i => Any(x[i] == 1, x[i] == -1))]);
        Assert.Contains("more than 1024", Certifier.WhyNot(many), StringComparison.Ordinal);
        Assert.Null(Certifier.WhyNot(Square.Problem));
        using var team = new Team(1);

        var measured = ProjectionMeasurement.Of(many, new SampleSet(new Points([.. Enumerable.Repeat(0.75, 22)], 11), null), null, Options, team);

        Assert.Null(measured.Quality.Certificates);
        Assert.Equal(0, measured.Quality.Failed);
    }

    [Fact]
    public void Verdicts_are_counted()
    {
        PointCertificate[] certificates =
        [
            new(Certificate.Inside, 0), new(Certificate.Near, 3e-12), new(Certificate.Near, 1e-12), new(Certificate.Outside, double.NaN), new(Certificate.Undecided, double.NaN),
        ];
        Assert.Equal(new CertificateFacts(0.6, 1, 2, 1, 1, 3e-12, 1e-9), CertificateFacts.Of(certificates, 1e-9));
        Assert.Equal(new CertificateFacts(0, 0, 0, 1, 0, null, 1e-9), CertificateFacts.Of(certificates[4..], 1e-9));
    }
}
