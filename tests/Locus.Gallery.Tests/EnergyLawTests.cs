using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Gallery.Tests;

/// <summary>Exact samplers of energies, and log Z, against the energies themselves.</summary>
public class EnergyLawTests
{
    public static TheoryData<string> Names => [.. Gallery.Energies.Where(entry => entry.Truth is not null).Select(entry => entry.Problem.Name)];

    // Integration by parts: the mean of x . dE/dx under exp(-E) is D. With the squares of single coordinates, x_d dE/dx_d, it is 1 for each of them.
    [Theory]
    [MemberData(nameof(Names))]
    public void Exact_draws_obey_the_virial_theorem_in_each_coordinate(string name)
    {
        var entry = Gallery.Find(name)!;
        ObeysVirialTheorem(entry.Problem, entry.Truth!.Sample(Key.Seed(7), 20_000));
    }

    internal static void ObeysVirialTheorem(Problem problem, Points points)
    {
        var density = Standardization.Of(problem).LogDensity!;
        var (d, count) = (problem.Dimension, points.Count);
        double[] score = new double[d], scratch = new double[density.ScratchNumbers], sums = new double[d], squares = new double[d];
        for (var i = 0; i < count; i++)
        {
            density.Log(points[i], [], score, scratch);
            for (var k = 0; k < d; k++)
            {
                var product = -points[i][k] * score[k];
                sums[k] += product;
                squares[k] += product * product;
            }
        }
        for (var k = 0; k < d; k++)
        {
            var (mean, error) = (sums[k] / count, Math.Sqrt(squares[k] / count) / Math.Sqrt(count));
            // Of 272 coordinates in all one is beyond 4.5 deviations with a probability of 0.002.
            Assert.InRange(mean, 1 - 4.5 * error, 1 + 4.5 * error);
        }
    }

    [Theory]
    [InlineData("gmm-9", 14)]
    [InlineData("gmm-25", 14)]
    [InlineData("gmm-40", 48)]
    public void The_mixtures_are_normalised(string name, double end)
    {
        var density = Gallery.Find(name)!.Problem.Energy!;
        // The trapezoid rule is exact to all digits for what is smooth and falls off: 11 points a deviation of the narrow ones, 6 of the others.
        var h = end / 280;
        var scratch = new double[density.ScratchNumbers];
        var sum = 0.0;
        for (var x = -end; x < end; x += h)
            for (var y = -end; y < end; y += h)
            {
                sum += Math.Exp(density.Log([x, y], [], [], scratch)) * h * h;
            }
        Assert.Equal(1, sum, 1e-9);
    }

    [Theory]
    [InlineData("funnel", 3)]
    [InlineData("funnel-easy", 1)]
    public void The_funnels_are_normalised(string name, double deviation)
    {
        var problem = Gallery.Find(name)!.Problem;
        var scratch = new double[problem.Energy!.ScratchNumbers];
        for (var i = 0; i < 20; i++)
        {
            double[] x = [.. Enumerable.Range(0, 10).Select(d => Draws.Normal(Key.Seed(8), (ulong)i, (uint)d))];
            double Log(double z, double variance) => -z * z / (2 * variance) - 0.5 * Math.Log(2 * Math.PI * variance);
            Assert.Equal(Log(x[0], deviation * deviation) + x.Skip(1).Sum(z => Log(z, Math.Exp(x[0]))), problem.Energy.Log(x, [], [], scratch), 1e-9);
        }
    }

    [Fact]
    public void Log_Z_and_shares_of_the_wells_are_those_of_quadrature()
    {
        const double h = 1e-3;
        double all = 0, right = 0;
        for (var i = -6000; i <= 6000; i++)
        {
            var a = i * h;
            var density = Math.Exp(-Math.Pow(a, 4) + 6 * a * a + 0.5 * a) * h;
            all += density;
            // The point at 0 lies on the border.
            right += i > 0 ? density : i == 0 ? density / 2 : 0;
        }
        foreach (var (dimension, logZ) in new[] { (8, 41.1739), (32, 164.695675), (64, 329.3914), (128, 658.7828) })
        {
            var entry = Gallery.Find($"many-well-{dimension}")!;
            Assert.Equal(logZ, entry.LogZ!.Value, dimension == 32 ? 1e-6 : 1e-4);
            Assert.Equal(dimension / 2 * (Math.Log(all) + 0.5 * Math.Log(2 * Math.PI)), entry.LogZ.Value, 1e-6);
            Assert.Equal(Math.Pow(right / all, dimension / 2), entry.Truth!.Shares[0], 1e-5);
            Assert.Equal(1, entry.Truth!.Shares.Sum(), 1e-12);
        }
    }

    // 20,000 draws: a share has an error of at most 0.0036.
    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_fall_into_the_parts_by_their_shares(string name)
    {
        const int count = 20_000;
        var truth = Gallery.Find(name)!.Truth!;
        var points = truth.Sample(Key.Seed(9), count);
        var counts = new int[truth.Components.Count + 1];
        for (var i = 0; i < count; i++) counts[truth.Component(points[i]) + 1]++;
        // Four and a half deviations of a mixture's part are half of the way to the next centre.
        Assert.InRange(counts[0], 0, 20);
        for (var part = 0; part < truth.Components.Count; part++)
        {
            var share = truth.Shares[part];
            Assert.InRange((double)counts[part + 1] / count, share - 4.5 * Math.Sqrt(share * (1 - share) / count) - 1e-3, share + 4.5 * Math.Sqrt(share * (1 - share) / count) + 1e-3);
        }
        Assert.Equal(-1, name.StartsWith("funnel", StringComparison.Ordinal) ? -1 : truth.Component([.. Enumerable.Repeat(double.NaN, truth.Dimension)]));
    }
}
