using Locus.Diagnostics;
using Locus.Engine.Random;

namespace Locus.Tests.Diagnostics;

public sealed class ReportTableTests
{
    [Fact]
    public void Every_number_stands_beside_its_reference()
    {
        var rows = ReportTable.Rows(Square.Report(new Square().Sample(Key.Seed(1), 1000), truth: true));

        Assert.All(rows, row => Assert.NotEmpty(row.Reference));
        Assert.Equal(
            ["success at 0.001", "success at 1e-06", "mean slack", "slack, quantile 0.5", "slack, quantile 0.9", "slack, quantile 0.99", "largest slack",
                "energy distance", "share of left", "share of right", "share of no component", "within 0.01 of the boundary"],
            rows.Select(row => row.Name));
        Assert.EndsWith("x floor, n = 1,000", rows.Single(row => row.Name == "energy distance").Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_that_is_off_says_by_how_much()
    {
        var samples = new Square().Sample(Key.Seed(1), 1000);
        for (var i = 0; i < 1000; i++) samples.Row(i)[0] = i < 600 ? 0.5 : -0.5;

        var row = ReportTable.Rows(Square.Report(samples, truth: true)).Single(r => r.Name == "share of right");

        Assert.Equal(new ReportRow("raw samples", "share of right", "0.600", "0.500 ± 0.016", "+0.1, 6.3 standard errors"), row);
    }

    [Fact]
    public void Projected_and_chained_samples_certificates_and_weights_are_groups_of_their_own()
    {
        var report = Square.Report(new Square().Sample(Key.Seed(1), 1000), truth: true);
        report = report with
        {
            Sampler = report.Sampler with { Guided = true },
            Projected = report.Raw with { MeanMove = 0.01, Failed = 3, Certificates = new CertificateFacts(0.997, 900, 97, 1, 2, 2.5e-16, 1e-9) },
            Chained = report.Raw with { MeanMove = 0.4, Failed = 3, Steps = 10, Still = 2 },
            Weights = new WeightFacts(new SamplerFacts("euler", 12, 12, 1.5, 0.05, false), 1000, 0.97, 0.4, 14.5, 0.8, 2, 1e-5, 1, 3.99, 0.01, 4),
        };

        var rows = ReportTable.Rows(report);

        Assert.Equal(["raw samples", "projected samples", "chained samples", "weighted samples"], rows.Select(row => row.Group).Distinct());
        Assert.Equal(
            ["mean move", "not brought onto the set", "certified", "certified inside", "certified near", "largest radius", "certified outside", "undecided"],
            rows.Where(row => row.Group == "projected samples").Select(row => row.Name).TakeLast(8));
        Assert.Equal(
            ["effective share", "share on the set", "largest weight", "shape of the tail", "volume of the set", "folded", "without a weight"],
            rows.Where(row => row.Group == "weighted samples").Select(row => row.Name));
        Assert.Contains(new ReportRow("projected samples", "certified", "0.997", "1.000", "share with a proof that they, or a point next to them, satisfy every constraint"), rows);
        Assert.Contains(new ReportRow("chained samples", "never moved", "2", "0", "chains, whose samples keep what bias they had"), rows);
        Assert.Contains(new ReportRow("chained samples", "mean move", "0.4", "", "by 10 steps of a chain"), rows);
        Assert.Contains(new ReportRow("weighted samples", "volume of the set", "3.99 ± 0.01", "4", "within 2 standard errors"), rows);
        Assert.Contains(new ReportRow("weighted samples", "shape of the tail", "0.8", "below 0.7", "averages may move by more than their errors"), rows);
        var facts = ReportTable.Facts(report).ToDictionary();
        Assert.StartsWith("yes", facts["guided"], StringComparison.Ordinal);
        Assert.Equal("10 reversible steps from each projected sample", facts["chained"]);
        Assert.Equal("1,000 samples drawn anew: euler, 12 steps, grid power 1.5, clip 0.05", facts["weighted"]);
    }

    [Theory]
    [InlineData(0.98, 10_000, "0.9800")]
    [InlineData(0.999999, 1_000_000, "0.999999")]
    [InlineData(1, 1, "1.00")]
    public void Shares_have_the_decimals_of_one_sample(double share, int count, string text) => Assert.Equal(text, ReportTable.Share(share, count));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.99312345, "0.9931")]
    [InlineData(12345.678, "12346")]
    [InlineData(-0.0123456, "-0.01235")]
    [InlineData(3.2111e-4, "3.21e-4")]
    [InlineData(1.5e9, "1.5e9")]
    [InlineData(double.NaN, "NaN")]
    public void Figures_have_the_digits_that_count(double value, string text) => Assert.Equal(text, ReportTable.Figure(value));
}
