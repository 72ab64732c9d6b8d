using System.Text.Json;
using Locus.Diagnostics;
using Locus.Engine.Random;

namespace Locus.Tests.Diagnostics;

public sealed class ReportJsonTests
{
    private static readonly Report Known = new()
    {
        Problem = "three-rings",
        Dimension = 2,
        Count = 10000,
        Measure = "volume",
        Sampler = new SamplerFacts("heun", 10, 19, 2, 0, true),
        Raw = new SampleQuality
        {
            Success = new Dictionary<string, double> { ["0.001"] = 0.999, ["1e-06"] = 0.998 },
            MeanSlack = 1.5e-7,
            MaxSlack = 0.25,
            EnergyDistance = 0.021,
            EnergyDistanceFloor = 0.019,
            Shares = [0.17, 0.33, 0.5],
            TrueShares = [0.125, 0.375, 0.5],
        },
        Training = new TrainingFacts("locus", 31.5, 4_000_000_000, 2, 1),
        Environment = new Dictionary<string, string>(),
    };

    private static readonly Report Delivered = Known with
    {
        Projected = Known.Raw with { MeanMove = 0.01, Failed = 3, Certificates = new CertificateFacts(0.9997, 9000, 997, 1, 2, 2.5e-16, 1e-9) },
        Chained = Known.Raw with { MeanMove = 0.4, Failed = 3, Steps = 10, Still = 2 },
        Weights = new WeightFacts(new SamplerFacts("euler", 12, 12, 1.5, 0.05, false), 10_000, 0.97, 0.85, 14.5, double.NaN, 2, 1e-5, 1, 3.77, 0.01, 3.7699),
    };

    [Fact]
    public void The_keys_are_the_ones_that_others_read()
    {
        const string golden = """
            {
              "problem": "three-rings",
              "dimension": 2,
              "count": 10000,
              "measure": "volume",
              "sampler": {
                "method": "heun",
                "steps": 10,
                "networkEvaluations": 19,
                "gridPower": 2,
                "clip": 0,
                "guided": true
              },
              "raw": {
                "success": {
                  "0.001": 0.999,
                  "1e-06": 0.998
                },
                "meanSlack": 1.5E-07,
                "maxSlack": 0.25,
                "energyDistance": 0.021,
                "energyDistanceFloor": 0.019,
                "shares": [
                  0.17,
                  0.33,
                  0.5
                ],
                "trueShares": [
                  0.125,
                  0.375,
                  0.5
                ],
                "notNumbers": 0
              },
              "training": {
                "recipe": "locus",
                "seconds": 31.5,
                "networkSamples": 4000000000,
                "threads": 2,
                "seed": 1
              },
              "environment": {}
            }
            """;

        Assert.Equal(golden.ReplaceLineEndings("\n"), ReportJson.Write(Known));
    }

    [Fact]
    public void What_was_projected_has_the_same_keys_and_two_more()
    {
        using var document = JsonDocument.Parse(ReportJson.Write(Known with { Projected = Known.Raw with { MeanMove = 0.01, Failed = 0 } }));

        string[] Keys(string part) => [.. document.RootElement.GetProperty(part).EnumerateObject().Select(p => p.Name)];
        Assert.Equal([.. Keys("raw"), "meanMove", "failed"], Keys("projected"));
    }

    [Fact]
    public void What_was_chained_has_these_keys_and_two_more()
    {
        using var document = JsonDocument.Parse(ReportJson.Write(Delivered));

        string[] Keys(string part) => [.. document.RootElement.GetProperty(part).EnumerateObject().Select(p => p.Name)];
        Assert.Equal([.. Keys("raw"), "meanMove", "failed", "steps", "still"], Keys("chained"));
    }

    [Fact]
    public void Certificates_and_weights_have_keys_of_their_own()
    {
        using var document = JsonDocument.Parse(ReportJson.Write(Delivered));

        string[] Keys(JsonElement part) => [.. part.EnumerateObject().Select(p => p.Name)];
        Assert.Equal(["certified", "inside", "near", "undecided", "outside", "largestRadius", "limit"], Keys(document.RootElement.GetProperty("projected").GetProperty("certificates")));
        var weights = document.RootElement.GetProperty("weights");
        Assert.Equal(
            ["sampler", "count", "insideShare", "effectiveShare", "largestWeight", "tailShape", "folded", "foldedShare", "notNumbers", "volume", "volumeError", "volumeTrue"],
            Keys(weights));
        Assert.Equal(12, weights.GetProperty("sampler").GetProperty("steps").GetInt32());
        Assert.Equal("NaN", weights.GetProperty("tailShape").GetString());
    }

    [Fact]
    public void What_was_projected_certified_and_weighted_reads_back()
    {
        var text = ReportJson.Write(Delivered);

        var back = ReportJson.Read(text, "report.json");

        Assert.Equal(text, ReportJson.Write(back));
        Assert.Equal(Delivered.Projected!.Certificates, back.Projected!.Certificates);
        Assert.Equal((0.01, 3), (back.Projected.MeanMove, back.Projected.Failed));
        Assert.Equal((10, 2), (back.Chained!.Steps, back.Chained.Still));
        Assert.Equal(Delivered.Weights, back.Weights);
        Assert.Equal(Delivered.Sampler, back.Sampler);
    }

    [Fact]
    public void A_report_of_before_says_nothing_of_guidance()
    {
        var text = ReportJson.Write(Known with { Sampler = new SamplerFacts("heun", 10, 19) });

        Assert.DoesNotContain("guided", text, StringComparison.Ordinal);
        Assert.Null(ReportJson.Read(text, "report.json").Sampler.Guided);
    }

    [Fact]
    public void Without_a_truth_its_keys_are_absent()
    {
        var json = ReportJson.Write(Square.Report(new Square().Sample(Key.Seed(1), 100), truth: false));

        foreach (var key in new[] { "energyDistance", "energyDistanceFloor", "shares", "trueShares", "successTrue", "boundaryShare", "projected", "chained", "components", "certificates", "weights" })
            Assert.DoesNotContain($"\"{key}\"", json, StringComparison.Ordinal);
        Assert.Contains("\"success\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_gives_back_what_was_written()
    {
        var report = Square.Report(new Square().Sample(Key.Seed(1), 300), truth: true) with
        {
            Given = new Dictionary<string, double> { ["load"] = 2.5 },
        };
        var text = ReportJson.Write(report);

        var back = ReportJson.Read(text, "report.json");

        Assert.Equal(text, ReportJson.Write(back));
        Assert.Equal(report.Raw.EnergyDistance, back.Raw.EnergyDistance);
        Assert.Equal(report.Training, back.Training);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"problem\": 3}")]
    [InlineData("{\"problem\": \"a\"}")]
    [InlineData("{\"problem\": null, \"dimension\": 1, \"count\": 1, \"measure\": \"volume\"}")]
    public void What_is_no_report_is_refused_with_the_name_of_the_file(string text)
    {
        var error = Assert.Throws<LocusException>(() => ReportJson.Read(text, "runs/a/report.json"));

        Assert.StartsWith("runs/a/report.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("locus report", error.Message, StringComparison.Ordinal);
    }
}
