using System.Globalization;
using Locus.Diagnostics;
using Locus.Training;

namespace Locus.Cli.Runs;

/// <summary>Shows training to people, with rate, time left, loss and success. Passes every event on to the recorder first.</summary>
internal sealed class TrainingDisplay : TrainingObserver, IDisposable
{
    private static readonly string SuccessName = Success.Name(RoundInfo.SuccessSlack);

    private readonly RunRecorder recorder;
    private readonly CommandContext context;
    private ProgressLine line;

    // What the line is about; null for the training itself.
    private string? exploring;
    private double startFraction = double.NaN;
    private long startSamples;
    private double success = double.NaN;

    /// <summary>A display for one training.</summary>
    public TrainingDisplay(CommandContext context, RunRecorder recorder) => (this.context, this.recorder, line) = (context, recorder, new ProgressLine(context));

    /// <inheritdoc/>
    public override void Exploring(string what, double fraction)
    {
        Enter(what);
        if (line.BarIsDue(fraction)) line.DrawBar(fraction, Status());
        if (line.LineIsDue(fraction)) line.WriteLine(Status());

        string Status() => string.Create(CultureInfo.InvariantCulture, $"{fraction,4:P0} {what}{line.Left(fraction, 1 - fraction)}");
    }

    /// <inheritdoc/>
    public override void Explored(ExplorationFacts facts)
    {
        Enter(null);
        foreach (var verdict in facts.Verdicts) context.Note($"{verdict.Name}: {verdict.Text}");
    }

    /// <inheritdoc/>
    public override void Updated(in TrainingProgress progress)
    {
        Enter(null);
        if (double.IsNaN(startFraction)) (startFraction, startSamples) = (progress.Fraction, progress.NetworkSamples);
        if (line.BarIsDue(progress.Fraction)) line.DrawBar(progress.Fraction, Status(progress));
    }

    /// <inheritdoc/>
    public override void RoundEnded(RoundInfo info, Trainer trainer)
    {
        recorder.RoundEnded(info, trainer);
        success = info.Measure(RoundInfo.Success);
        var fraction = (double)info.Round / info.Rounds;
        if (!line.LineIsDue(fraction)) return;
        var slack = info.Measure(RoundInfo.MeanSlack);
        line.WriteLine($"round {info.Round}/{info.Rounds}: {Status(new TrainingProgress(fraction, info.NetworkSamples, info.Loss))}"
            + string.Create(CultureInfo.InvariantCulture, $"{(double.IsNaN(slack) ? "" : $", slack {slack:0.0e-0}")}{(recorder.EnergyDistance is { } e ? $", energy distance {e:0.000}" : "")}"));
    }

    /// <summary>Ends the bar's line.</summary>
    public void Dispose() => line.Dispose();

    /// <summary>Begins a line of its own for each thing that is done before training, and for training, whose rate and time left then are of it alone.</summary>
    private void Enter(string? what)
    {
        if (what == exploring) return;
        exploring = what;
        line.Dispose();
        line = new ProgressLine(context);
    }

    private string Status(in TrainingProgress progress)
    {
        var rate = (progress.NetworkSamples - startSamples) / Math.Max(line.Elapsed.TotalSeconds, 1e-9);
        var left = line.Left(progress.Fraction - startFraction, 1 - progress.Fraction);
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Fraction,4:P0} {rate / 1e6:0.00} M samples/s{left}, loss {progress.Loss:0.000}{(double.IsNaN(success) ? "" : $", success at {SuccessName}: {success:0.000}")}");
    }
}
