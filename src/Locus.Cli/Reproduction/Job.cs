using Locus.Cli.Runs;
using Locus.Diagnostics;
using Locus.Runs;

namespace Locus.Cli.Reproduction;

/// <summary>One training that a reproduction needs: a run folder that is made once and found again.</summary>
/// <param name="Study">Which part of the page it belongs to; the first part of the folder's name.</param>
/// <param name="Label">What sets it apart within the study; the second part.</param>
/// <param name="Problem">Name in the gallery.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Settings">Options that differ from the recipe `paper`.</param>
internal sealed record Job(string Study, string Label, string Problem, long Seed, IReadOnlyList<string> Settings)
{
    /// <summary>The run folder's name.</summary>
    public string Folder => $"{Study}-{Label}-{Problem}-{Seed}";

    /// <summary>The command that makes this run by hand.</summary>
    public string Command => $"./locus train {Problem} --recipe {Recipe.Paper.Name} --seed {Seed}{string.Concat(Settings.Select(s => $" --set {s}"))}";
}

/// <summary>A finished job: its run folder and its measured numbers.</summary>
/// <param name="Job">What was asked for.</param>
/// <param name="Run">The run folder.</param>
/// <param name="Report">The numbers of 10,000 samples.</param>
internal sealed record JobResult(Job Job, RunFolder Run, Report Report)
{
    /// <summary>Share of samples with slack below 0.001.</summary>
    public double Success => Report.Raw.Success["0.001"];

    /// <summary>Mean slack.</summary>
    public double Slack => Report.Raw.MeanSlack;

    /// <summary>Energy distance to exact samples.</summary>
    public double EnergyDistance => Report.Raw.EnergyDistance ?? double.NaN;

    /// <summary>The run's metrics, one line per round.</summary>
    public IReadOnlyList<RoundLine> Rounds => RoundLine.Read(Run.Metrics(), Run.MetricsFile);
}
