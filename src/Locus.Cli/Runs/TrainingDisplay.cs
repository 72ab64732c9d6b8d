using System.Diagnostics;
using System.Globalization;
using Locus.Training;

namespace Locus.Cli.Runs;

/// <summary>
/// Shows training to people: on a terminal one bar with rate, time left, loss and success, redrawn in place; elsewhere a line per tenth of the way.
/// Passes every event on to the recorder first.
/// </summary>
internal sealed class TrainingDisplay : TrainingObserver, IDisposable
{
    private const int BarWidth = 24;
    private const int Milestones = 10;
    private static readonly TimeSpan BetweenDrawings = TimeSpan.FromMilliseconds(100);

    private readonly CommandContext context;
    private readonly RunRecorder recorder;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private double startFraction = double.NaN;
    private long startSamples;
    private TimeSpan drawn = TimeSpan.MinValue;
    private int milestone;
    private double success = double.NaN;
    private bool lineOpen;

    /// <summary>A display for one training.</summary>
    public TrainingDisplay(CommandContext context, RunRecorder recorder) => (this.context, this.recorder) = (context, recorder);

    /// <inheritdoc/>
    public override void Updated(in TrainingProgress progress)
    {
        if (context.Quiet) return;
        if (double.IsNaN(startFraction)) (startFraction, startSamples) = (progress.Fraction, progress.NetworkSamples);
        if (!context.IsTerminal || clock.Elapsed - drawn < BetweenDrawings) return;
        drawn = clock.Elapsed;
        var filled = (int)(progress.Fraction * BarWidth);
        // Carriage return and "erase to the end of the line": one line, redrawn.
        context.Error.Write($"\r[{new string('#', filled)}{new string('.', BarWidth - filled)}] {Status(progress)}\u001b[K");
        lineOpen = true;
    }

    /// <inheritdoc/>
    public override void RoundEnded(RoundInfo info, Trainer trainer)
    {
        recorder.RoundEnded(info, trainer);
        success = info.Pool.Success;
        if (context.Quiet || context.IsTerminal) return;
        var fraction = (double)info.Round / info.Rounds;
        if ((int)(fraction * Milestones) <= milestone && info.Round > 1) return;
        milestone = (int)(fraction * Milestones);
        context.Error.WriteLine($"round {info.Round}/{info.Rounds}: {Status(new TrainingProgress(fraction, info.NetworkSamples, info.Loss))}"
            + string.Create(CultureInfo.InvariantCulture, $", slack {info.Pool.MeanSlack:0.0e-0}{(recorder.EnergyDistance is { } e ? $", energy distance {e:0.000}" : "")}"));
    }

    /// <summary>Ends the bar's line.</summary>
    public void Dispose()
    {
        if (lineOpen) context.Error.WriteLine();
    }

    private string Status(in TrainingProgress progress)
    {
        var seconds = clock.Elapsed.TotalSeconds;
        var rate = (progress.NetworkSamples - startSamples) / Math.Max(seconds, 1e-9);
        var done = progress.Fraction - startFraction;
        var left = done > 0 ? TimeSpan.FromSeconds(Math.Ceiling(seconds * (1 - progress.Fraction) / done)) : TimeSpan.Zero;
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Fraction,4:P0} {rate / 1e6:0.00} M samples/s, {left:m\\:ss} left, loss {progress.Loss:0.000}{(double.IsNaN(success) ? "" : $", success {success:0.000}")}");
    }
}
