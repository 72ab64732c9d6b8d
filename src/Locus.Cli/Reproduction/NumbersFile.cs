using Locus.Formats;

namespace Locus.Cli.Reproduction;

/// <summary>The numbers of all runs in one csv file beside the page: what stays when the run folders are gone, and what another page can be made from. A row is a run: its folder, command, machine, what ended it, numbers.</summary>
internal static class NumbersFile
{
    private static readonly string[] Words = ["run", "command", "machine", "ended"];

    /// <summary>Writes the runs that were made.</summary>
    /// <param name="path">The file.</param>
    /// <param name="results">All results.</param>
    public static void Write(string path, IEnumerable<JobResult> results) => CsvWriter.Write(path, csv =>
    {
        csv.Header([.. Words, .. Quantities.All.Select(q => q.Name())]);
        foreach (var result in results.Where(r => r.Missing != JobResult.NotRun))
            csv.Row([result.Job.Folder, result.Job.Command, result.Machine, result.Missing ?? "", .. Quantities.All.Select(q => result.Missing is null && result[q] is var number && !double.IsNaN(number) ? CsvWriter.Text(number) : "")]);
    });

    /// <summary>Reads what was kept of jobs, by the run folder's name. Rows of other commands are left out: their numbers are not those that the job asks for.</summary>
    /// <param name="path">The file; where there is none, nothing was kept.</param>
    /// <param name="jobs">The jobs.</param>
    /// <exception cref="FileContentException">It is not such a file.</exception>
    public static IReadOnlyDictionary<string, JobResult> Read(string path, IEnumerable<Job> jobs)
    {
        var kept = new Dictionary<string, JobResult>();
        if (!File.Exists(path)) return kept;
        var asked = jobs.ToDictionary(job => job.Folder);
        using var csv = CsvReader.Open(path);
        string[] names = [.. Words, .. Quantities.All.Select(q => q.Name())];
        if (!csv.Names.SequenceEqual(names)) throw FileContentException.AtLine(path, 1, $"the columns are not {string.Join(", ", names)}; move the file away to make it anew");
        while (csv.Read())
        {
            if (!asked.TryGetValue(csv.Cells[0], out var job) || csv.Cells[1] != job.Command) continue;
            kept[job.Folder] = new JobResult(job)
            {
                Machine = csv.Cells[2], Missing = csv.Cells[3] is { Length: > 0 } ended ? ended : null,
                Numbers = Quantities.All.ToDictionary(q => q, q => csv.Cells[Words.Length + (int)q] is "" ? double.NaN : csv.Number(Words.Length + (int)q)),
            };
        }
        return kept;
    }
}
