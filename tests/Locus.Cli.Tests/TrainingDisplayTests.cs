using System.CommandLine;
using System.Text.Json;
using Locus.Cli.Runs;
using Locus.Engine.Workers;
using Locus.Runs;
using Locus.Training;

namespace Locus.Cli.Tests;

/// <summary>What people see of a training, and what its lines become, whatever the method measures.</summary>
public class TrainingDisplayTests(TrainedRuns runs) : IClassFixture<TrainedRuns>
{
    private static readonly RoundInfo Plain = new(1, 2, 10, 640, 1.5, 0.002, 0.25, []);
    private static readonly RoundInfo Rich = Plain with { Measures = [("meanSlack", 0.0125), ("someShare", double.NaN), ("success", 0.75)] };

    [Fact]
    public void Exploring_has_lines_of_its_own_and_training_begins_with_new_ones()
    {
        var lines = Shown(false, (display, trainer) =>
        {
            for (var i = 0; i <= 100; i++) display.Exploring("exploring the set", i / 100.0);
            display.Exploring("spreading the points", 0);
            display.Updated(new TrainingProgress(0.25, 320, 0.5));
            display.RoundEnded(Plain, trainer);
            display.RoundEnded(Rich with { Round = 2 }, trainer);
        }).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(14, lines.Length);
        Assert.Matches(@"^ *0 % exploring the set$", lines[0]);
        Assert.Matches(@"^100 % exploring the set, 0:00 left$", lines[10]);
        Assert.Matches(@"^ *0 % spreading the points$", lines[11]);
        Assert.Matches(@"^round 1/2: +50 % .*, loss 0\.250$", lines[12]);
        Assert.Matches(@"^round 2/2: 100 % .*, loss 0\.250, success at 0\.001: 0\.750, slack 1\.3e-2$", lines[13]);
    }

    [Fact]
    public void On_a_terminal_the_bar_says_what_is_explored() =>
        Assert.Matches(@"^\r\[#{12}\.{12}\] +50 % exploring the set, [^\n]*\n\r\[#+\] 100 % [^\n]*\n$", Shown(true, (display, _) =>
        {
            display.Exploring("exploring the set", 0.5);
            display.Updated(new TrainingProgress(1, 640, 0.5));
        }));

    [Fact]
    public void A_line_holds_what_the_method_measured_and_becomes_curves()
    {
        string[] texts = [Line(Plain, null), Line(Rich with { Round = 2, Loss = 0.0125 }, 0.5)];
        Assert.Equal("""{"round":1,"updates":10,"networkSamples":640,"seconds":1.5,"learningRate":0.002,"loss":0.25,"energyDistance":null}""", texts[0]);
        Assert.EndsWith("""
            "loss":0.0125,"meanSlack":0.0125,"someShare":"NaN","success":0.75,"energyDistance":0.5}
            """, texts[1], StringComparison.Ordinal);
        var curves = RoundLine.Curves([.. texts.Select(text => JsonDocument.Parse(text).RootElement)], "metrics.jsonl");
        // A measure that never was a number has no curve; the loss fell by more than ten.
        Assert.Equal(["loss", "energy distance", "mean slack", "success"], curves.Select(curve => curve.Name));
        Assert.Equal([true, false, false, false], curves.Select(curve => curve.Logarithmic));
        Assert.Equal([double.NaN, 0.5], curves[1].Values);
        Assert.All(curves, curve => Assert.Equal([1, 2], curve.Steps));
        Assert.Empty(RoundLine.Curves([], "metrics.jsonl"));

        static string Line(RoundInfo info, double? distance) => JsonSerializer.Serialize(RoundLine.Of(info, distance).Numbers, Formats.JsonLines.DefaultOptions);
    }

    private string Shown(bool terminal, Action<TrainingDisplay, Trainer> work)
    {
        using var folder = new TemporaryFolder();
        using var team = new Team(1);
        using var error = new StringWriter();
        var context = new CommandContext(new Command("locus") { CommandContext.QuietOption }.Parse([]), TextWriter.Null, error, CancellationToken.None) { IsTerminal = terminal };
        var run = RunFolder.Open(folder.Copy(runs.Hole, "run"));
        using (var recorder = new RunRecorder(run, team))
        using (var display = new TrainingDisplay(context, recorder)) work(display, run.Trainer(team));
        return error.ToString();
    }
}
