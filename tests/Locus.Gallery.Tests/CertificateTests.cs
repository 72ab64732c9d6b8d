using System.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;

namespace Locus.Gallery.Tests;

public sealed class CertificateTests(Xunit.Abstractions.ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Gallery.All.Select(entry => entry.Problem.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Exact_samples_are_certified(string name)
    {
        var entry = Gallery.Find(name)!;
        var count = entry.Problem.Dimension > 20 ? 300 : 5000;
        var points = new Points(count, entry.Problem.Dimension);
        for (var i = 0; i < count; i++) entry.Truth.Draw(Key.Seed(11), (ulong)i, points.Row(i));
        var certifier = new Certifier(entry.Problem);
        using var team = new Team(1);
        certifier.Check(points, null, team);
        var watch = Stopwatch.StartNew();
        var certificates = certifier.Check(points, null, team);
        output.WriteLine($"{name}: {watch.Elapsed.TotalMicroseconds / count:F2} us per sample");
        foreach (var verdict in certificates.GroupBy(c => c.Verdict)) output.WriteLine($"{verdict.Key} {verdict.Count()} {verdict.Max(c => c.Distance)}");
        for (var i = 0; i < count; i++)
            if (certificates[i].Verdict is Certificate.Undecided or Certificate.Outside)
            {
                output.WriteLine(certifier.Explain(points[i]));
                break;
            }

        Assert.InRange(certificates.Count(c => c.Verdict is Certificate.Inside or Certificate.Near), 0.99 * count, count);
    }
}
