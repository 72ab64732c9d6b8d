using System.Globalization;
using Locus.Diagnostics;
using Locus.Training;

namespace Locus.Cli.Runs;

/// <summary>Shows training to people, with rate, time left, loss and success. Passes every event on to the recorder first.</summary>
internal sealed class TrainingDisplay : TrainingObserver, IDisposable
{
    private static readonly string SuccessName = Success.Name(PoolInfo.SuccessSlack);

    private readonly RunRecorder recorder;
    private readonly ProgressLine line;
    private double startFraction = double.NaN;
    private long startSamples;
    private double success = double.NaN;

    /// <summary>A display for one training.</summary>
    public TrainingDisplay(CommandContext context, RunRecorder recorder) => (line, this.recorder) = (new ProgressLine(context), recorder);

    /// <inheritdoc/>
    public override void Updated(in TrainingProgress progress)
    {
        if (double.IsNaN(startFraction)) (startFraction, startSamples) = (progress.Fraction, progress.NetworkSamples);
        if (line.BarIsDue(progress.Fraction)) line.DrawBar(progress.Fraction, Status(progress));
    }

    /// <inheritdoc/>
    public override void RoundEnded(RoundInfo info, Trainer trainer)
    {
        recorder.RoundEnded(info, trainer);
        success = info.Pool.Success;
        var fraction = (double)info.Round / info.Rounds;
        if (!line.LineIsDue(fraction)) return;
        line.WriteLine($"round {info.Round}/{info.Rounds}: {Status(new TrainingProgress(fraction, info.NetworkSamples, info.Loss))}"
            + string.Create(CultureInfo.InvariantCulture, $", slack {info.Pool.MeanSlack:0.0e-0}{(recorder.EnergyDistance is { } e ? $", energy distance {e:0.000}" : "")}"));
    }

    /// <summary>Ends the bar's line.</summary>
    public void Dispose() => line.Dispose();

    private string Status(in TrainingProgress progress)
    {
        var rate = (progress.NetworkSamples - startSamples) / Math.Max(line.Elapsed.TotalSeconds, 1e-9);
        var left = line.Left(progress.Fraction - startFraction, 1 - progress.Fraction);
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Fraction,4:P0} {rate / 1e6:0.00} M samples/s, {left}, loss {progress.Loss:0.000}{(double.IsNaN(success) ? "" : $", success at {SuccessName}: {success:0.000}")}");
    }
}
