using System.Diagnostics;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Formats;
using Locus.Runs;
using Locus.Training;

namespace Locus.Cli.Runs;

/// <summary>
/// Writes a run down while it is trained: a line of metrics per round, a checkpoint every few seconds. A line may be ahead of the checkpoint; the rounds
/// after it are done and written again when the run is resumed.
/// </summary>
internal sealed class RunRecorder : TrainingObserver, IDisposable
{
    private const int MeasuredSamples = 1000;

    // Between two checkpoints: at least so long, and so many times as long as the last one took, for those of large buffers.
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromSeconds(5);
    private const int CheckpointShare = 50;

    private readonly RunFolder run;
    private readonly Team team;
    private readonly JsonLinesWriter metrics;
    private readonly Stopwatch sinceCheckpoint = Stopwatch.StartNew();
    private readonly ExactSamples? exact;
    private TimeSpan pause = BetweenCheckpoints;

    /// <summary>A recorder of a run.</summary>
    public RunRecorder(RunFolder run, Team team)
    {
        this.run = run;
        this.team = team;
        metrics = new JsonLinesWriter(run.MetricsFile);
        if (Gallery.Gallery.TruthOf(run.Problem) is { } truth) exact = new ExactSamples(truth.Sample(Key.Seed(run.Seed).Fold("metrics truth"), MeasuredSamples));
    }

    /// <summary>The energy distance after the last round; null before, or without truth.</summary>
    public double? EnergyDistance { get; private set; }

    /// <inheritdoc/>
    public override void RoundEnded(RoundInfo info, Trainer trainer)
    {
        if (exact is not null)
        {
            var samples = trainer.Sampler.With(trainer.Options.RoundSampler).Sample(MeasuredSamples, Key.Seed(run.Seed).Fold("metrics"), team);
            EnergyDistance = Diagnostics.EnergyDistance.Of(samples.Points, exact.Points, team.Threads, run.Problem.Variables);
        }
        metrics.Append(RoundLine.Of(info, EnergyDistance).Numbers);
        // The first one early, so that a place that cannot be written shows before much time is spent.
        if ((sinceCheckpoint.Elapsed > pause || !run.HasCheckpoint) && !trainer.Finished) Save(trainer);
    }

    /// <summary>Writes a checkpoint.</summary>
    public void Save(Trainer trainer)
    {
        metrics.Flush();
        var clock = Stopwatch.StartNew();
        Checkpoint.Write(run.CheckpointFile, trainer);
        pause = TimeSpan.FromTicks(Math.Max(BetweenCheckpoints.Ticks, CheckpointShare * clock.Elapsed.Ticks));
        sinceCheckpoint.Restart();
    }

    /// <inheritdoc/>
    public void Dispose() => metrics.Dispose();

    private sealed record ExactSamples(Problems.Points Points);
}
