using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;
using Xunit.Abstractions;

namespace Locus.Tests.Projection;

public sealed class FalseCertificateTests(ITestOutputHelper output)
{
    private const int Trials = 1_000_000;

    [Fact]
    public void Not_one_of_a_million_certificates_is_false()
    {
        Family[] families = [.. SmoothFamilies.All(), .. HardFamilies.All()];
        using var team = new Team(2);
        var (near, outside, far) = (0, 0, 0);
        for (var i = 0; i < families.Length; i++)
        {
            // Shares that add up to the whole.
            var count = Trials / families.Length + (i < Trials % families.Length ? 1 : 0);
            var (family, points) = (families[i], new Points(count, families[i].Problem.Dimension));
            var distances = Fill(family, points, new Random(100 + i));
            var certifier = new Certifier(family.Problem);
            var isThin = family.Problem.Constraints.Any(Subjects.Thin);
            var certificates = certifier.Check(points, family.Condition is { } c ? new Points([c], 1) : null, team);
            for (var k = 0; k < count; k++)
            {
                var (verdict, proven) = certificates[k];
                if (verdict == Certificate.Inside || (verdict == Certificate.Near && !((distances[k] - proven).High <= 0)))
                    Fail(verdict, proven, k);
                if (verdict == Certificate.Outside && family.IsExact && isThin && (distances[k] - certifier.Reach.Max()).High <= 0)
                    Fail(verdict, certifier.Reach.Max(), k);
                if (verdict == Certificate.Near) near++;
                if (verdict == Certificate.Outside) outside++;
                if (distances[k].High > certifier.Reach.Max()) far++;
            }

            void Fail(Certificate verdict, double proven, int k) => Assert.Fail(
                $"{Text(family.Problem)}: ({string.Join(", ", points[k].ToArray().Select(x => x.ToString("R")))}) is {verdict} {proven:R}, "
                + $"but the distance is {distances[k].High:R}");
        }
        output.WriteLine($"{near} near, {outside} outside, {far} beyond the radius");

        // The trials say something only if there is much to be claimed, and much that must not be.
        Assert.InRange(near, 100_000, Trials);
        Assert.InRange(outside, 100_000, Trials);
        Assert.InRange(far, 300_000, Trials);
    }

    // Points that are not on the set, with their distances.
    private static Twice[] Fill(Family family, Points points, Random random)
    {
        var distances = new Twice[points.Count];
        var x = new double[points.Dimension];
        for (var k = 0; k < points.Count;)
        {
            family.Draw(random, x);
            distances[k] = family.Distance(x);
            if (!(distances[k].High > 0)) continue;
            x.CopyTo(points.Row(k++));
        }
        return distances;
    }

    private static string Text(Problem problem) => string.Join("; ", new Subjects(problem).Names);
}
