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
