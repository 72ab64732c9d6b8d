using Locus.Cli.Runs;
using Locus.Diagnostics;
using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>One training that a reproduction needs: a run folder that is made once and found again.</summary>
/// <param name="Study">Which part of the page it belongs to; the first part of the folder's name.</param>
/// <param name="Label">What sets it apart within the study; the second part.</param>
/// <param name="Problem">Name in the gallery.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Recipe">What it is trained by.</param>
/// <param name="Settings">Options that differ from those of the recipe.</param>
internal sealed record Job(string Study, string Label, string Problem, long Seed, Recipe Recipe, IReadOnlyList<string> Settings)
{
    /// <summary>The run folder's name.</summary>
    public string Folder => $"{Study}-{Label}-{Problem}-{Seed}";

    /// <summary>The command that makes this run by hand.</summary>
    public string Command => $"./locus train {Problem} --recipe {Recipe.Name} --seed {Seed}{string.Concat(Settings.Select(s => $" --set {s}"))}";
}

/// <summary>A finished job: its run folder and its measured numbers.</summary>
/// <param name="Job">What was asked for.</param>
/// <param name="Run">The run folder.</param>
internal sealed record JobResult(Job Job, RunFolder Run)
{
    /// <summary>The numbers of 10,000 samples; there are none of a training that diverged.</summary>
    public Report Report { get => field ?? throw new LocusException($"{Run.Path}: {Failure ?? "there is no report"}"); init; }

    /// <summary>Why training ended early; null where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>log Z minus its lower bound, of a problem with an energy.</summary>
    public double BoundError => LogZ - Report.Energy!.LowerBound;

    /// <summary>log Z minus its estimate by weights.</summary>
    public double WeightsError => LogZ - Report.Energy!.LogZ;

    /// <summary>Its upper bound minus log Z.</summary>
    public double UpperExcess => (Report.Energy!.UpperBound ?? double.NaN) - LogZ;

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
