using Locus.Cli.Runs;
using Locus.Diagnostics;
using Locus.Diagnostics.Transport;
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
    /// <summary>Makes the problem from data; null for one of the gallery.</summary>
    public Func<Problem>? FromData { get; init; }

    /// <summary>Samples that are measured.</summary>
    public int Count { get; init; } = 10_000;

    /// <summary>What names the problem on a command line.</summary>
    public string Source { get; init; } = Problem;

    /// <summary>The run folder's name.</summary>
    public string Folder => $"{Study}-{Label}-{Problem}-{Seed}";

    /// <summary>The command that makes this run by hand.</summary>
    public string Command => $"./locus train {Source} --recipe {Recipe.Name} --seed {Seed}{string.Concat(Settings.Select(s => $" --set {s}"))} --count {Count}";

    /// <summary>The problem itself.</summary>
    /// <exception cref="LocusException">Its data cannot be read.</exception>
    public Problem Open() => FromData?.Invoke() ?? Gallery.Gallery.Find(Problem)!.Problem;
}

/// <summary>What came of a job: its run folder and its measured numbers, or why there are none.</summary>
/// <param name="Job">What was asked for.</param>
internal sealed record JobResult(Job Job)
{
    /// <summary>The run folder.</summary>
    public RunFolder Run { get => field ?? throw new LocusException($"{Job.Folder}: {Missing}"); init; }

    /// <summary>The numbers of its samples.</summary>
    public Report Report { get => field ?? throw new LocusException($"{Job.Folder}: {Missing ?? "there is no report"}"); init; }

    /// <summary>Why there are no numbers, in a word or two; null where there are.</summary>
    public string? Missing { get; init; }

    /// <summary>log Z minus its lower bound, of a problem with an energy.</summary>
    public double BoundError => LogZ - Report.Energy!.LowerBound;

    /// <summary>log Z minus its estimate by weights.</summary>
    public double WeightsError => LogZ - Report.Energy!.LogZ;

    /// <summary>Its upper bound minus log Z.</summary>
    public double UpperExcess => (Report.Energy!.UpperBound ?? double.NaN) - LogZ;

    /// <summary>W2 to exact samples.</summary>
    public FlooredDistance Transport => Report.Transport!.Wasserstein2;

    /// <summary>A number for a table, or why there is none.</summary>
    public string Number(Func<JobResult, double> number) => Missing ?? PageBuilder.Figure(number(this));

    private double LogZ => Report.Energy!.LogZTrue ?? double.NaN;

    /// <summary>Share of samples with slack below 0.001.</summary>
    public double Success => Report.Raw.Success["0.001"];

    /// <summary>Mean slack.</summary>
    public double Slack => Report.Raw.MeanSlack;

    /// <summary>Energy distance to exact samples.</summary>
    public double EnergyDistance => Report.Raw.EnergyDistance ?? double.NaN;

    /// <summary>The run's metrics, one line per round.</summary>
    public IReadOnlyList<RoundLine> Rounds => RoundLine.Read(Run.Metrics(), Run.MetricsFile);
}
