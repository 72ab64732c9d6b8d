using System.Text.Json;
using Locus.Diagnostics;
using Locus.Formats;
using Locus.Training;

namespace Locus.Cli.Runs;

/// <summary>One line of metrics.jsonl.</summary>
/// <param name="Round">Rounds done.</param>
/// <param name="Updates">Gradient steps done.</param>
/// <param name="NetworkSamples">Training samples seen.</param>
/// <param name="Seconds">Seconds of training.</param>
/// <param name="LearningRate">Learning rate at the end of the round.</param>
/// <param name="Loss">Weighted loss, mean of the round.</param>
/// <param name="VelocityLoss">Velocity loss, mean of the round.</param>
/// <param name="ConstraintLoss">Constraint loss, mean of the round.</param>
/// <param name="Gamma">Noise share asked for.</param>
/// <param name="NoiseShare">Noise share reached.</param>
/// <param name="Drawn">Samples drawn to rebuild the pool.</param>
/// <param name="Kept">Samples that passed the filter.</param>
/// <param name="MeanSlack">Mean slack of the samples drawn.</param>
/// <param name="Success">Share of the samples drawn with slack below 0.001.</param>
/// <param name="EnergyDistance">Energy distance of 1000 samples to 1000 exact ones; null without truth.</param>
internal sealed record RoundLine(
    int Round, long Updates, long NetworkSamples, double Seconds, double LearningRate, double Loss, double VelocityLoss, double ConstraintLoss,
    double Gamma, double NoiseShare, long Drawn, int Kept, double MeanSlack, double Success, double? EnergyDistance)
{
    /// <summary>The line of a round.</summary>
    public static RoundLine Of(RoundInfo info, double? energyDistance) => new(
        info.Round, info.Updates, info.NetworkSamples, info.Seconds, info.LearningRate, info.Loss, info.VelocityLoss, info.ConstraintLoss,
        info.Pool.Gamma, info.Pool.NoiseShare, info.Pool.Drawn, info.Pool.Kept, info.Pool.MeanSlack, info.Pool.Success, energyDistance);

    /// <summary>The lines of metrics.jsonl.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="file">Their file, for messages.</param>
    /// <exception cref="FileContentException">A line is none of a round.</exception>
    public static IReadOnlyList<RoundLine> Read(IReadOnlyList<JsonElement> lines, string file) => [.. lines.Select((line, i) => Read(line, file, i + 1))];

    /// <summary>The curves of the report page.</summary>
    /// <param name="lines">The lines of metrics.jsonl.</param>
    /// <param name="file">Their file, for messages.</param>
    /// <exception cref="FileContentException">A line is none of a round.</exception>
    public static IReadOnlyList<TrainingCurve> Curves(IReadOnlyList<JsonElement> lines, string file)
    {
        var rounds = Read(lines, file);
        if (rounds.Count == 0) return [];
        var steps = rounds.Select(r => (double)r.Round).ToList();
        TrainingCurve Curve(string name, Func<RoundLine, double> value, bool logarithmic) => new(name, steps, [.. rounds.Select(value)], "round", logarithmic);
        List<TrainingCurve> curves = [Curve("mean slack", r => r.MeanSlack, true), Curve("noise share", r => r.NoiseShare, false), Curve("loss", r => r.Loss, true)];
        if (rounds[^1].EnergyDistance is not null) curves.Insert(1, Curve("energy distance", r => r.EnergyDistance ?? double.NaN, true));
        return curves;
    }

    private static RoundLine Read(JsonElement line, string file, int number)
    {
        try
        {
            return line.Deserialize<RoundLine>(JsonLines.DefaultOptions)!;
        }
        catch (JsonException error)
        {
            throw FileContentException.AtLine(file, number, "this is not what Locus wrote about a round; remove the line", cause: error);
        }
    }
}
