using Locus.Engine.Random;
using Locus.Formats;
using Locus.Problems;

namespace Locus.Cli.Reproduction;

/// <summary>The pictures of a reproduction page.</summary>
internal static class Pictures
{
    private const int Shown = 3000;
    private const int GridSide = 200;
    private const double Reach = 2;

    /// <summary>Samples of a two-dimensional run over its set.</summary>
    public static Plot Samples(JobResult result, string title)
    {
        var plot = new Plot { Title = title, X = new Axis("x[0]", -Reach, Reach), Y = new Axis("x[1]", -Reach, Reach), EqualScale = true };
        if (result.Run.Problem.Measure == Measure.Surface)
            plot.Scatter(Gallery.Gallery.TruthOf(result.Run.Problem)!.Sample(Key.Seed(1), Shown).Values, name: "set", color: SvgPalette.Region, diameter: 3);
        else plot.Region(Set(result.Run.Problem), 1e-9, "set");
        var samples = NpyReader.Read(result.Run.SamplesFile).ToArray<double>();
        return plot.Scatter(samples.AsSpan(0, 2 * Shown), name: "samples", color: SvgPalette.Blue);
    }

    /// <summary>One quantity over the rounds of several runs.</summary>
    public static Plot Curves(string title, IEnumerable<(string Name, JobResult Result)> runs, Func<Runs.RoundLine, double> value, bool logarithmic)
    {
        var plot = new Plot { Title = title, X = new Axis("round"), Y = new Axis(Logarithmic: logarithmic) };
        foreach (var (name, result) in runs)
        {
            var rounds = result.Rounds.Where(r => double.IsFinite(value(r))).ToList();
            plot.Line(rounds.Select(r => r.Round).ToArray(), rounds.Select(value).ToArray(), name);
        }
        return plot;
    }

    private static PlotGrid Set(Problem problem)
    {
        var values = new float[GridSide * GridSide];
        double[] slack = [0];
        var scratch = new double[problem.Slack.ScratchRows];
        for (var row = 0; row < GridSide; row++)
            for (var column = 0; column < GridSide; column++)
            {
                problem.Slack.Run([At(column), At(row)], [], slack, scratch);
                values[row * GridSide + column] = (float)slack[0];
            }
        return new PlotGrid(values, GridSide, GridSide, -Reach, Reach, -Reach, Reach);

        static double At(int i) => -Reach + 2 * Reach * i / (GridSide - 1);
    }
}
