using Locus.Diagnostics;
using Locus.Diagnostics.Rivals;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;
using Locus.Sampling;
using Locus.Tests.Methods.Markov;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Diagnostics.Rivals;

public sealed class RivalMeasurementTests
{
    [Fact]
    public void Each_rival_gets_the_time_and_stops_with_the_wave_that_ends_it()
    {
        var clock = new Ticking();
        var comparison = Measure(Square.Problem, truth: true, clock, seconds: 200);

        // A second for each look at the clock: one look ends the network's draw, and 200 each rival.
        Assert.Equal(1, comparison.DrawSeconds);
        Assert.Equal(["rejection", "walk", "descent"], comparison.Rivals.Select(rival => rival.Name));
        Assert.All(comparison.Rivals, rival => Assert.Equal(200, rival.Seconds));
        Assert.All(comparison.Rivals, rival => Assert.Equal(rival.Samples / (200 - rival.SetupSeconds), rival.SamplesPerSecond));
        Assert.True(comparison.Rivals[0].SetupSeconds < comparison.Rivals[1].SetupSeconds);
        Assert.Equal(0, comparison.Rivals[2].SetupSeconds);
        Assert.All(comparison.Rivals, rival => Assert.InRange(rival.Quality!.MaxSlack, 0, 0));
        Assert.All(comparison.Rivals, rival => Assert.InRange(rival.Measured, 1, 1000));
        foreach (var rival in comparison.Rivals.Take(2)) Assert.InRange(rival.Quality!.EnergyDistance!.Value, 0, 2 * rival.Quality.EnergyDistanceFloor!.Value);
        Assert.Equal((1000, null), (comparison.Rivals[0].Measured, comparison.Given));
        Assert.StartsWith("The network is ", comparison.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Left_out_the_time_is_that_of_training_and_drawing()
    {
        // Training took 12.5 s, the draw takes 1 s: the wave that ends at 14 is the first beyond.
        Assert.All(Measure(Square.Problem, truth: false, new Ticking(), seconds: null).Rivals, rival => Assert.Equal(14, rival.Seconds));
    }

    [Fact]
    public void Parameters_not_given_are_taken_in_the_middle_and_named()
    {
        var disc = Problem.Define("disc", Variable.Vector("x", 2, -3, 3), [new Parameter("radius", 0.5, 2)], (x, c) => [Norm(x) <= c[0]]);

        var comparison = Measure(disc, truth: false, new Ticking(), seconds: 3);

        Assert.Equal(1.25, comparison.Given!["radius"]);
        Assert.Equal("its time was over before its search and warm-up", comparison.Rivals[1].Reason);
        Assert.Null(comparison.Rivals[1].Quality);
    }

    [Fact]
    public void Rows_and_keys_tell_all()
    {
        var report = Square.Report(new Square().Sample(Key.Seed(1), 1000), truth: true);
        report = report with { Rivals = Measure(Square.Problem, truth: true, new Ticking(), seconds: 200) };

        var rows = ReportTable.Rows(report).Where(row => row.Group == "rivals").ToList();

        Assert.Equal(
            ["samples per second", "in the time of training and drawing", "in the time of drawing", "seconds for 1,000 samples", "success at 0.001", "energy distance"],
            rows.Where(row => row.Name.StartsWith("rejection: ", StringComparison.Ordinal)).Select(row => row.Name["rejection: ".Length..]));
        Assert.All(rows, row => Assert.NotEmpty(row.Reference));
        var text = ReportJson.Write(report);
        Assert.Equal(text, ReportJson.Write(ReportJson.Read(text, "report.json")));
        var content = new ReportPageContent { Report = report, Problem = Square.Problem, Samples = new Square().Sample(Key.Seed(1), 100) };
        Assert.Contains($"<h2>Against classical ways to draw</h2>\n<p>{report.Rivals.Verdict}</p>", ReportPage.Write(content), StringComparison.Ordinal);
        Assert.Contains("\"verdict\": \"The network is ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void For_an_energy_each_rival_gets_the_calls_of_the_training()
    {
        var (problem, clock) = (Laws.Correlated, new Ticking());
        var report = new Report
        {
            Problem = problem.Name,
            Dimension = 2,
            Count = 1000,
            Measure = "volume",
            Sampler = new SamplerFacts("brownian", 4, 4) { EnergyCalls = 4 },
            Raw = QualityMeasurement.Of(problem, new Square().Sample(Key.Seed(1), 1000), null, null, new QualityOptions(), 2),
            Training = new TrainingFacts("tb", 12.5, 1_000_000, 2, 1) { EnergyCalls = 300_000 },
        };

        var comparison = Measure(report, clock, seconds: null);

        Assert.Equal((300_000L, 4L), (comparison.EnergyCalls, comparison.EnergyCallsPerSample));
        Assert.Equal(["smc", "mala", "hmc", "tempering"], comparison.Rivals.Select(rival => rival.Name));
        Assert.All(comparison.Rivals, rival => Assert.InRange(rival.EnergyCalls!.Value, 250_000, 300_000));
        Assert.All(comparison.Rivals, rival => Assert.InRange(rival.SetupCalls!.Value, 1000, 150_000));
        Assert.All(comparison.Rivals, rival => Assert.InRange(rival.Acceptance!.Value, 0.3, 0.95));
        var rows = ReportTable.Rows(report with { Rivals = comparison }).Where(row => row.Name.StartsWith("tempering: ", StringComparison.Ordinal)).Select(row => row.Name["tempering: ".Length..]);
        Assert.Equal(["calls of the energy", "seconds", "steps taken", "exchanges made", "round trips", "log Z", "samples per second", "seconds for 1,000 samples"], rows);
        var text = ReportJson.Write(report with { Rivals = comparison });
        Assert.Equal(text, ReportJson.Write(ReportJson.Read(text, "report.json")));
        // Time that is asked for ends it before: scouts alone take a wave, after which the clock stands at 1.
        Assert.All(Measure(report, new Ticking(), seconds: 1).Rivals, rival => Assert.Equal("its time was over before its search and warm-up", rival.Reason));
        var poor = report with { Training = report.Training with { EnergyCalls = 1000 } };
        Assert.All(Measure(poor, new Ticking(), seconds: null).Rivals, rival => Assert.Equal("its calls of the energy were spent before it gave samples", rival.Reason));
    }

    private static RivalComparison Measure(Report report, TimeProvider clock, double? seconds)
    {
        using var team = new Team(2);
        var shape = new MlpShape(2, 0, [1], ActivationKind.Silu, default, residual: true);
        var sampler = new FlowSampler(Laws.Correlated, shape, new float[shape.ParameterCount], new FlowOptions { Steps = 1 });
        return new RivalMeasurement(sampler, report, null, new QualityOptions(), team, clock).Run(seconds, Key.Seed(2));
    }

    private static RivalComparison Measure(Problem problem, bool truth, TimeProvider clock, double? seconds)
    {
        const int count = 1000;
        using var team = new Team(2);
        var options = new QualityOptions();
        var reference = truth ? ExactReference.Of(problem, new Square(), Key.Seed(7), count, options, 2) : null;
        // A flow that stands still, and so leaves the noise as it is.
        var shape = new MlpShape(2, problem.ConditionCount, [1], ActivationKind.Silu, default, residual: true);
        var sampler = new FlowSampler(problem, shape, new float[shape.ParameterCount], new FlowOptions { Steps = 1 });
        return new RivalMeasurement(sampler, Square.Report(new Square().Sample(Key.Seed(1), count), truth), reference, options, team, clock).Run(seconds, Key.Seed(2));
    }

    /// <summary>A clock that goes on by a second whenever somebody looks.</summary>
    private sealed class Ticking : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => now++;
    }
}
