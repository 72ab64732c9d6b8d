using Locus.Engine.Blocks;
using Locus.Problems;

namespace Locus.Walks;

/// <summary>How walks weigh the points of a set: by exp(-b E), E the energy of its problem and b from 0, where all count the same, to 1. In single precision, as training has it.</summary>
internal sealed class Tilt
{
    private readonly Density density;
    private readonly Block point;
    private readonly Block condition;
    private readonly Block values;
    private readonly Block scratch;

    /// <summary>Memory for 64 points of a set.</summary>
    /// <param name="set">A set whose problem has an energy.</param>
    public Tilt(StandardSet set)
    {
        density = set.Standard.LogDensity!;
        var arena = new Arena(checked((1 + 2 * density.Dimension + density.Conditions + density.ScratchRows) * Block.Lanes));
        (point, condition, values, scratch) = (arena.Rows(density.Dimension), arena.Rows(density.Conditions), arena.Rows(1 + density.Dimension), arena.Rows(density.ScratchRows));
    }

    /// <summary>b.</summary>
    public double Power { get; set; }

    /// <summary>-b E at 64 points; minus infinity where the energy is not a number.</summary>
    /// <param name="u">Points [E][64].</param>
    /// <param name="c">Conditions [C][64].</param>
    /// <param name="logs">Receives it, [64].</param>
    public void Run(DoubleBlock u, DoubleBlock c, Span<double> logs)
    {
        if (Power == 0)
        {
            logs.Clear();
            return;
        }
        Narrow(u, point);
        Narrow(c, condition);
        density.Run(point, condition, values, scratch);
        for (var lane = 0; lane < logs.Length; lane++)
        {
            logs[lane] = float.IsNaN(values[0][lane]) ? double.NegativeInfinity : Power * values[0][lane];
        }
    }

    private static void Narrow(DoubleBlock from, Block to)
    {
        for (var row = 0; row < to.Rows; row++)
            for (var lane = 0; lane < Block.Lanes; lane++) to[row][lane] = (float)from[row][lane];
    }
}
