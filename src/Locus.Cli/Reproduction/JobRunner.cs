using Locus.Cli.Runs;
using Locus.Diagnostics;
using Locus.Engine.Workers;
using Locus.Formats;
using Locus.Options;
using Locus.Runs;
using Locus.Training;

namespace Locus.Cli.Reproduction;

/// <summary>Makes the runs of a reproduction one after the other; a run that is finished is taken as it is, one that was interrupted goes on.</summary>
/// <param name="root">Folder of all runs.</param>
/// <param name="team">Workers.</param>
/// <param name="context">Where progress goes.</param>
/// <param name="trains">Whether runs that are missing are made; without it their numbers are those that were kept, if any.</param>
internal sealed class JobRunner(string root, Team team, CommandContext context, bool trains)
{
    /// <summary>What was kept of runs, by the folder's name; taken where runs are missing and are not made.</summary>
    public IReadOnlyDictionary<string, JobResult> Kept { get; set; } = new Dictionary<string, JobResult>();

    /// <summary>Makes the runs that are missing, if that is wanted, and gives the results of all.</summary>
    /// <exception cref="OperationCanceledException">Interrupted; call again to go on.</exception>
    public IReadOnlyList<JobResult> Run(IReadOnlyList<Job> jobs)
    {
        var results = new List<JobResult>();
        foreach (var job in jobs)
        {
            if (trains) context.Note($"[{results.Count + 1}/{jobs.Count}] {job.Folder}: {job.Command}");
            results.Add(Run(job));
        }
        return results;
    }

    private JobResult Run(Job job)
    {
        var path = Path.Combine(root, job.Folder);
        if (!trains && !(RunFolder.Exists(path) && File.Exists(RunFolder.Open(path).ReportFile))) return Kept.GetValueOrDefault(job.Folder) ?? new JobResult(job) { Machine = "", Missing = JobResult.NotRun };
        var problem = job.Open();
        var options = OptionTable.Set(job.Recipe.For(problem), job.Settings.Select(s => s.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[1])));
        var run = RunFolder.Exists(path) ? RunFolder.Open(path) : RunFolder.Create(path, problem, job.Recipe.Name, options, job.Seed, RunEnvironment.Here(team.Threads));
        if (OptionTable.ToJson(run.Options).ToJsonString() != OptionTable.ToJson(options).ToJsonString())
            throw new LocusException($"{path}: was made with other options than this reproduction uses; remove the folder to make it anew");
        if (File.Exists(run.ReportFile)) return Measured(job, run, ReportJson.Read(InputFile.Read(run.ReportFile, s => new StreamReader(s).ReadToEnd()), run.ReportFile));
        try
        {
            RunTraining.Train(run, run.Trainer(team), team, context);
        }
        catch (TrainingException ended)
        {
            context.Note(ended.Message);
            return new JobResult(job) { Run = run, Machine = Machine(run), Missing = "diverged" };
        }
        catch (LocusException mistake) when (mistake is not FileAccessException)
        {
            run.Discard();
            throw;
        }
        context.Cancellation.ThrowIfCancellationRequested();
        return Measured(job, run, RunTraining.Deliver(run, job.Count, new ReportScope(), team, context.Cancellation).Report);
    }

    private static JobResult Measured(Job job, RunFolder run, Report report) => new(job) { Run = run, Machine = Machine(run), Report = job.Measure is { } measure ? measure(run, report) : report };

    private static string Machine(RunFolder run)
    {
        var environment = RunEnvironment.Read(run.EnvironmentFile);
        return $"{environment.Processor}, {environment.Cores} cores, {environment.Vectors}, {environment.Runtime}, Locus {environment.Locus}";
    }
}
