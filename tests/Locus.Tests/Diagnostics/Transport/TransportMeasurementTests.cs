using Locus.Diagnostics;
using Locus.Diagnostics.Transport;
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Diagnostics.Transport;

public sealed class TransportMeasurementTests
{
    private static readonly Key Key = Key.Seed(94);
    private static readonly Problem Energy = Problem.OfEnergy("bowl", 2, x => (Square(x[0]) + Square(x[1])) / 2);
    private static readonly QualityOptions Options = new() { TransportCount = 120, FloorPairs = 3, SinkhornEpsilon = 0.1 };

    [Fact]
    public void Each_distance_is_the_mean_over_second_sets_beside_that_of_pairs()
    {
        var samples = NormalSets.Of(Key.Fold("samples"), 200, 2, center: 1);

        var facts = TransportMeasurement.Of(Energy, samples, new Bowl(), Key, Options, threads: 2)!;

        Points Set(int number) => new Bowl().Sample(Key.Fold((ulong)number), 120);
        var first = samples.Pick([.. Enumerable.Range(0, 120)]);
        TransportDistances[] own = [.. Enumerable.Range(0, 3).Select(pair => TransportDistances.Between(first, Set(2 * pair + 1), 0.1, default))];
        TransportDistances[] floors = [.. Enumerable.Range(0, 3).Select(pair => TransportDistances.Between(Set(2 * pair), Set(2 * pair + 1), 0.1, default))];
        Assert.Equal((120, 3, 0.1), (facts.Count, facts.Pairs, facts.SinkhornEpsilon));
        void Same(Func<TransportDistances, double> distance, FlooredDistance fact)
        {
            var mean = floors.Average(distance);
            Assert.Equal(own.Average(distance), fact.Value, 1e-14);
            Assert.Equal(mean, fact.Floor, 1e-14);
            Assert.Equal(Math.Sqrt(floors.Sum(f => Math.Pow(distance(f) - mean, 2)) / 2), fact.FloorDeviation, 1e-14);
            // The samples are off by sqrt(2).
            Assert.InRange(fact.Value, 2 * fact.Floor, double.PositiveInfinity);
        }
        Same(d => d.Wasserstein1, facts.Wasserstein1);
        Same(d => d.Wasserstein2, facts.Wasserstein2);
        Same(d => d.Sinkhorn, facts.Sinkhorn);
        Same(d => d.MeanDiscrepancy, facts.MeanDiscrepancy);
        Assert.Equal(facts, TransportMeasurement.Of(Energy, samples, new Bowl(), Key, Options, threads: 1));
    }

    [Fact]
    public void Only_finite_samples_count_and_the_sets_are_as_large()
    {
        var samples = NormalSets.Of(Key.Fold("some"), 60, 2);
        samples.Row(7)[1] = double.NaN;
        samples.Row(8)[0] = double.PositiveInfinity;
        var kept = samples.Pick([.. Enumerable.Range(0, 60).Where(i => i is not (7 or 8))]);

        var facts = TransportMeasurement.Of(Energy, samples, new Bowl(), Key, Options, threads: 2);

        Assert.Equal(58, facts!.Count);
        Assert.Equal(TransportMeasurement.Of(Energy, kept, new Bowl(), Key, Options, threads: 2), facts);
        Assert.Null(TransportMeasurement.Of(Energy, samples.Pick([7]), new Bowl(), Key, Options, threads: 2));
    }

    [Fact]
    public void Sets_and_energies_without_a_truth_are_not_measured()
    {
        var samples = NormalSets.Of(Key, 10, 2);
        Assert.Null(TransportMeasurement.Of(Energy, samples, null, Key, Options, threads: 1));
        Assert.Null(TransportMeasurement.Of(Tests.Diagnostics.Square.Problem, samples, new Tests.Diagnostics.Square(), Key, Options, threads: 1));
    }

    [Fact]
    public void What_does_not_fit_is_told_at_once()
    {
        var error = Assert.Throws<ArgumentException>(() => TransportMeasurement.Of(Energy, new Points(5, 3), new Bowl(), Key, Options with { TransportCount = 0, SinkhornEpsilon = double.NaN, FloorPairs = 1 }, threads: 0));
        foreach (var part in new[] { "\"bowl\"", "3 coordinates", "transport count is 0", "sinkhorn epsilon NaN", "floor pairs is 1", "threads is 0" }) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_stand_beside_their_floors_and_say_what_lies_below()
    {
        var report = Tests.Diagnostics.Square.Report(new Tests.Diagnostics.Square().Sample(Key, 100), truth: true) with
        {
            Transport = new TransportFacts(2000, 5, 0.001, new(1.5, 0.5, 0.05), new(8.9, 9.4, 0.02), new(88, 88.1, 0.4), new(0.02, 0.019, 0.001)),
        };

        var rows = ReportTable.Rows(report).Where(row => row.Group == "distances from exact samples").ToList();

        Assert.Equal(
            [
                new("distances from exact samples", "W1", "1.5", "0.5 ± 0.05", "3 x floor, n = 2,000"),
                new("distances from exact samples", "W2", "8.9", "9.4 ± 0.02", "0.95 x floor, n = 2,000; below it: narrower than exact samples"),
                new("distances from exact samples", "Sinkhorn divergence", "88", "88.1 ± 0.4", "1 x floor, n = 2,000, epsilon 0.001"),
                new("distances from exact samples", "MMD", "0.02", "0.019 ± 0.001", "1.05 x floor, n = 2,000"),
            ],
            rows);
        Assert.Equal(report.Transport, ReportJson.Read(ReportJson.Write(report), "report.json").Transport);
    }

    /// <summary>The normal law in the plane.</summary>
    private sealed class Bowl : Truth
    {
        public override int Dimension => 2;

        public override IReadOnlyList<string> Components { get; } = ["bowl"];

        public override IReadOnlyList<double> Shares { get; } = [1];

        public override void Draw(Key key, ulong index, Span<double> x)
        {
            for (var d = 0; d < 2; d++) x[d] = Draws.Normal(key, index, (uint)d);
        }

        public override int Component(ReadOnlySpan<double> x) => 0;
    }
}
