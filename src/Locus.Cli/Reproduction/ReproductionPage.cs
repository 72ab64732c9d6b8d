using System.Globalization;
using Locus.Formats;

namespace Locus.Cli.Reproduction;

/// <summary>The experiments of a paper, published beside measured: the runs, and the page about them.</summary>
/// <param name="effort">Factor on the training of every run.</param>
internal abstract class ReproductionPage(double effort)
{
    /// <summary>All papers: the name on the command line, which is that of the page too, and the page for an effort.</summary>
    public static IReadOnlyDictionary<string, Func<double, ReproductionPage>> All { get; } = new Dictionary<string, Func<double, ReproductionPage>>
    {
        [Burghoff2025.Name] = effort => new Burghoff2025(effort),
        [Sendera2024.Name] = effort => new Sendera2024(effort),
    };

    private const int MostNamed = 5;

    private static readonly IReadOnlyDictionary<string, JobResult> noNumbers = new Dictionary<string, JobResult>();

    /// <summary>All runs, in the order in which they are made.</summary>
    public IReadOnlyList<Job> Jobs => [.. Studies.SelectMany(study => study.Jobs)];

    /// <summary>The page's parts, in order.</summary>
    protected abstract IReadOnlyList<Study> Studies { get; }

    /// <summary>Whether the numbers of all runs are kept in a <see cref="NumbersFile"/> beside the page. A page with pictures needs the run folders themselves.</summary>
    protected virtual bool KeepsNumbers => false;

    /// <summary>Makes all runs that are missing and writes the page.</summary>
    /// <param name="folder">Where the page and its pictures go.</param>
    /// <param name="name">The page's name.</param>
    /// <param name="runner">Makes the runs.</param>
    public (string File, string Text) Write(string folder, string name, JobRunner runner)
    {
        var page = new PageBuilder();
        var numbers = Path.Combine(folder, $"{name}.csv");
        var kept = KeepsNumbers ? NumbersFile.Read(numbers, Jobs) : noNumbers;
        var parts = Studies.Select(study => (study, results: runner.Run(study.Jobs, kept))).ToList();
        List<JobResult> all = [.. parts.SelectMany(part => part.results)], made = [.. all.Where(result => result.Missing != JobResult.NotRun)];
        if (made.Count == 0) throw new LocusException($"there is nothing to write: none of the runs is finished in {runner.Root}{(KeepsNumbers ? $", and {numbers} keeps none of their numbers" : "")}");
        Directory.CreateDirectory(folder);
        Introduction(page, string.Join(" and ", made.Select(result => result.Machine).Distinct()));
        if (effort != 1) page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"**Made with `--effort {effort}`: every run was trained {effort} times as long as is said here.**"));
        if (made.Count < all.Count) page.Paragraph($"**{all.Count - made.Count} of {all.Count} runs are not made yet.**");
        if (KeepsNumbers) NumbersFile.Write(numbers, all);
        foreach (var (study, results) in parts) study.Write(page, results, folder);
        var file = Path.Combine(folder, $"{name}.md");
        var text = page.ToString();
        AtomicFile.Write(file, text);
        return (file, text);
    }

    /// <summary>Makes those runs whose folder's name has a text in it, and no page.</summary>
    /// <param name="text">Part of a name; small and capital letters are the same.</param>
    /// <param name="runner">Makes the runs.</param>
    /// <exception cref="LocusException">No run has it, or one needs data that are not there.</exception>
    public void Make(string text, JobRunner runner)
    {
        List<Job> jobs = [.. Jobs.Where(job => job.Folder.Contains(text, StringComparison.OrdinalIgnoreCase))];
        if (jobs.Count == 0)
        {
            var groups = Jobs.GroupBy(job => $"{job.Study}-{job.Label}").Select(group => $"  {group.Key}: {string.Join(", ", group.Select(job => job.Problem).Distinct().Take(MostNamed))}{(group.Select(job => job.Problem).Distinct().Count() > MostNamed ? ", ..." : "")}");
            throw new LocusException($"no run has '{text}' in its name{Suggestion.For(text, Jobs.Select(job => job.Folder))}; names are STUDY-ROW-PROBLEM-SEED, of these studies, rows and problems:{Environment.NewLine}{string.Join(Environment.NewLine, groups)}");
        }
        if (jobs.Find(runner.Lacks) is { } lacking) throw new LocusException($"{lacking.Folder} is made from data: say --data DIR, the folder of the public files that 'locus list' names");
        runner.Run(jobs, noNumbers);
    }

    /// <summary>Writes what comes before the parts.</summary>
    /// <param name="page">The page.</param>
    /// <param name="machine">What the runs were made on.</param>
    protected abstract void Introduction(PageBuilder page, string machine);

    /// <summary>The setting for a number that stands for the length of a training, at this effort.</summary>
    /// <param name="option">The option's name.</param>
    /// <param name="full">Its value at full effort.</param>
    protected string Effort(string option, int full) => string.Create(CultureInfo.InvariantCulture, $"{option}={Math.Max(1, (int)Math.Round(full * effort))}");
}
