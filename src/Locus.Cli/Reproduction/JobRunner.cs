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
/// <param name="data">Folder of the public files; null to leave out the runs that are made from them.</param>
/// <param name="team">Workers.</param>
/// <param name="context">Where progress goes.</param>
/// <param name="trains">Whether runs that are missing are made.</param>
internal sealed class JobRunner(string root, string? data, Team team, CommandContext context, bool trains)
{
    /// <summary>Folder of all runs.</summary>
    public string Root => root;

    /// <summary>Whether a run cannot be made because the folder of its data is not known.</summary>
    public bool Lacks(Job job) => job.FromData is not null && data is null;

    /// <summary>Makes the runs that are missing, if that is wanted and their data are there, and gives the results of all.</summary>
    /// <param name="jobs">The runs.</param>
    /// <param name="kept">What was kept of runs, by the folder's name; taken where one is missing and is not made.</param>
    /// <exception cref="OperationCanceledException">Interrupted; call again to go on.</exception>
    public IReadOnlyList<JobResult> Run(IReadOnlyList<Job> jobs, IReadOnlyDictionary<string, JobResult> kept)
    {
        var results = new List<JobResult>();
        if (trains && jobs.Any(Lacks)) context.Note($"without --data {jobs.Count(Lacks)} runs are left out, the first of them {jobs.First(Lacks).Folder}");
        foreach (var job in jobs)
        {
            var makes = trains && !Lacks(job);
            if (makes) context.Note($"[{results.Count + 1}/{jobs.Count}] {job.Folder}: {job.Command}");
            results.Add(makes || IsFinished(job) ? Run(job) : kept.GetValueOrDefault(job.Folder) ?? new JobResult(job) { Machine = "", Missing = JobResult.NotRun });
            if (makes) context.Note($"{PathOf(job)}: {results[^1].Missing ?? "report.json, report.html"}");
        }
        return results;
    }

    private string PathOf(Job job) => Path.Combine(root, job.Folder);

    private bool IsFinished(Job job) => RunFolder.Exists(PathOf(job)) && File.Exists(RunFolder.Open(PathOf(job)).ReportFile);

    private JobResult Run(Job job)
    {
        var path = PathOf(job);
        var made = RunFolder.Exists(path) ? RunFolder.Open(path) : null;
        var problem = made?.Problem ?? job.Open(data);
        var options = OptionTable.Set(job.Recipe.For(problem), job.Settings.Select(s => s.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[1])));
        var run = made ?? RunFolder.Create(path, problem, job.Recipe.Name, options, job.Seed, RunEnvironment.Here(team.Threads));
        if (OptionTable.Differences(run.Options, options) is { Count: > 0 } differences)
            throw new LocusException($"{path}: was made with other options than this reproduction uses, as with another --effort: there and here are {string.Join(", ", differences)}; say the same again, or remove the folder to make it anew");
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
        return $"{environment.Machine}, Locus {environment.Locus}";
    }
}
