using Locus.Engine.Workers;
using Locus.Formats;
using Locus.Runs;
using Locus.Training;

namespace Locus.Cli.Runs;

/// <summary>The two halves of a run: training it to its end, and delivering samples and report.</summary>
internal static class RunTraining
{
    /// <summary>Trains from the last checkpoint until all rounds are done or the user interrupts, which <see cref="Trainer.Finished"/> tells; either way the state is saved.</summary>
    public static void Train(RunFolder run, Trainer trainer, Team team, CommandContext context)
    {
        if (trainer.Finished) return;
        using var recorder = new RunRecorder(run, team);
        using var display = new TrainingDisplay(context, recorder);
        trainer.Run(display, context.Cancellation);
        recorder.Save(trainer);
    }

    /// <summary>Draws samples, measures them, and writes samples.npy, report.json and report.html.</summary>
    public static RunReport Deliver(RunFolder run, int count, ReportScope scope, Team team, CancellationToken cancellation)
    {
        var result = RunReport.Make(run, count, null, null, scope, team, cancellation);
        NpyWriter.Write(run.SamplesFile, new SampleTable(run.Problem, result.Samples, []).Tensor());
        result.Write(run.ReportFile, run.ReportPageFile, team, cancellation);
        return result;
    }
}
