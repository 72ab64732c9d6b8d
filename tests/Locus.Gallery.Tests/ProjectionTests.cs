using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Projection;

namespace Locus.Gallery.Tests;

public class ProjectionTests
{
    private const int Count = 2000;

    public static TheoryData<string, double> Noises()
    {
        var cases = new TheoryData<string, double>();
        foreach (var entry in Gallery.All)
            foreach (var noise in new[] { 1e-6, 0.01, 0.1, 1 }) cases.Add(entry.Problem.Name, noise);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Noises))]
    public void Exact_samples_with_noise_come_back_to_the_set(string name, double noise)
    {
        var entry = Gallery.Find(name)!;
        var points = entry.Truth.Sample(Key.Seed(3), Count);
        for (var i = 0; i < Count; i++)
        {
            for (var d = 0; d < points.Dimension; d++) points.Row(i)[d] += noise * Draws.Normal(Key.Seed(4), (ulong)i, (uint)d);
        }

        using var team = new Team(2);
        var projected = new Projector(entry.Problem).Project(points, null, team);
        // The spiral ends at its cut: a point that slides past an end finds no direction. It happens to 3 in 10,000.
        Assert.InRange(projected.Succeeded, Count * 0.999, Count);
        var residuals = projected.Residuals.Where((_, i) => projected.Outcomes[i] <= ProjectionOutcome.Projected);
        Assert.All(residuals, residual => Assert.InRange(residual, 0, 1e-9));
        // Small noise is taken back, not carried off to another part of the set: the move is no longer than the noise, in D coordinates.
        if (noise <= 0.01) Assert.InRange(projected.Moves.Average(), 0, 1.1 * noise * Math.Sqrt(points.Dimension));
    }
}
