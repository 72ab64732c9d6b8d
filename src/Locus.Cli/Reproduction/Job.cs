using Locus.Cli.Runs;
using Locus.Diagnostics;
using Locus.Problems;
using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>One training that a reproduction needs: a run folder that is made once and found again.</summary>
/// <param name="Study">Which part of the page it belongs to; the first part of the folder's name.</param>
/// <param name="Label">What sets it apart within the study; the second part.</param>
/// <param name="Problem">Name in the gallery, or of a problem that is made from data.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Recipe">What it is trained by.</param>
/// <param name="Settings">Options that differ from those of the recipe.</param>
internal sealed record Job(string Study, string Label, string Problem, long Seed, Recipe Recipe, IReadOnlyList<string> Settings)
{
    /// <summary>Makes the problem from the folder of the public files; null for one of the gallery.</summary>
    public Func<string, Problem>? FromData { get; init; }

    /// <summary>Measures a finished run where its own report has not what the paper has; null to take the report as it is.</summary>
    public Func<RunFolder, Report, Report>? Measure { get; init; }

    /// <summary>Samples that are measured.</summary>
    public int Count { get; init; } = 10_000;

    /// <summary>What names the problem on a command line.</summary>
    public string Source { get; init; } = Problem;

    /// <summary>The run folder's name.</summary>
    public string Folder => $"{Study}-{Label}-{Problem}-{Seed}";

    /// <summary>The command that makes this run by hand.</summary>
    public string Command => $"./locus train {Source} --recipe {Recipe.Name} --seed {Seed}{string.Concat(Settings.Select(s => $" --set {s}"))} --count {Count}";

    /// <summary>The problem itself.</summary>
    /// <param name="data">Folder of the public files; may be null for a problem of the gallery.</param>
    /// <exception cref="LocusException">Its data cannot be read.</exception>
    public Problem Open(string? data) =>
        FromData is { } make ? make(data ?? throw new ArgumentNullException(nameof(data), $"{Folder} is made from data")) : Gallery.Gallery.Find(Problem)!.Problem;
}

/// <summary>What came of a job: its run folder and its measured numbers, or numbers that were kept of it, or why there are none.</summary>
/// <param name="Job">What was asked for.</param>
internal sealed record JobResult(Job Job)
{
    /// <summary>What <see cref="Missing"/> says of a run that was not made.</summary>
    public const string NotRun = "not run";

    /// <summary>The run folder.</summary>
    public RunFolder Run { get => field ?? throw new LocusException($"{Job.Folder}: {Missing ?? "there is no run folder"}"); init; }

    /// <summary>The numbers of its samples.</summary>
    public Report Report { get => field ?? throw new LocusException($"{Job.Folder}: {Missing ?? "there is no report"}"); init; }

    /// <summary>The numbers that were kept; null where there is a report.</summary>
    public IReadOnlyDictionary<Quantity, double>? Numbers { get; init; }

    /// <summary>What it was made on.</summary>
    public required string Machine { get; init; }

    /// <summary>Why there are no numbers, in a word or two; null where there are.</summary>
    public string? Missing { get; init; }

    /// <summary>One of its numbers; NaN where it has none of this kind.</summary>
    public double this[Quantity quantity] => Numbers is { } kept ? kept[quantity] : quantity.Of(Report);

    /// <summary>log Z minus its lower bound, of a problem with an energy.</summary>
    public double BoundError => this[Quantity.LogZ] - this[Quantity.LowerBound];

    /// <summary>log Z minus its estimate by weights.</summary>
    public double WeightsError => this[Quantity.LogZ] - this[Quantity.ByWeights];

    /// <summary>Its upper bound minus log Z.</summary>
    public double UpperExcess => this[Quantity.UpperBound] - this[Quantity.LogZ];

    /// <summary>What the training took, on all its threads together.</summary>
    public double CoreSeconds => Math.Round(this[Quantity.Seconds] * this[Quantity.Threads]);

    /// <summary>A number for a table, or why there is none.</summary>
    public string Number(Func<JobResult, double> number) => Missing ?? PageBuilder.Figure(number(this));

    /// <summary>Share of samples with slack below 0.001.</summary>
    public double Success => Report.Raw.Success["0.001"];

    /// <summary>Mean slack.</summary>
    public double Slack => Report.Raw.MeanSlack;

    /// <summary>Energy distance to exact samples.</summary>
    public double EnergyDistance => Report.Raw.EnergyDistance ?? double.NaN;

    /// <summary>The run's metrics, one line per round.</summary>
    public IReadOnlyList<RoundLine> Rounds => RoundLine.Read(Run.Metrics(), Run.MetricsFile);
}
