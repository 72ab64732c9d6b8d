using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;

namespace Locus.Gallery.Tests;

public sealed class CertificateTests
{
    public static TheoryData<string> Names => [.. Gallery.Sets.Select(entry => entry.Problem.Name)];

    // Of 100 samples at most one may lie so close to an edge or a cut that rounding leaves it open.
    [Theory]
    [MemberData(nameof(Names))]
    public void Exact_samples_are_certified(string name)
    {
        var entry = Gallery.Find(name)!;
        // The proofs of 48 equalities take a millisecond each.
        var count = entry.Problem.Dimension > 20 ? 300 : 5000;
        var points = new Points(count, entry.Problem.Dimension);
        for (var i = 0; i < count; i++) entry.Truth!.Draw(Key.Seed(11), (ulong)i, points.Row(i));
        using var team = new Team(2);

        var certificates = new Certifier(entry.Problem).Check(points, null, team);

        var certified = certificates.Where(c => c.Verdict is Certificate.Inside or Certificate.Near).ToList();
        Assert.InRange(certified.Count, 0.99 * count, count);
        // A true point lies within a few roundings of D coordinates, or a step inward away.
        Assert.InRange(certified.Max(c => c.Distance), 0, 1e-11);
    }
}
