using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Problems;

/// <summary>
/// Looks for places at which exp(-E) grows so fast that it has no integral: like r^-p, r the distance from a point, where p is D at least, or from a surface with k directions across it, where p is k at least. There E = p log r, and its gradient
/// has the length g = p / r, so that a step of 1 / 2 g down the slope goes half of the way at most; such steps, longer as long as E falls, come ever nearer, and g grows without bound, while p is how much E falls where log g rises by 1.
/// Near a smooth minimum they soon overshoot, and E rises. Slopes around the place, as far from it as it has come to, show in how many directions they lead.
/// </summary>
/// <param name="density">log R = -E.</param>
internal sealed class PoleSearch(Density density)
{
    private const int Evaluations = 300;

    // How much g has to grow, over all of the descent; the last part of it, over which the power is measured; and how near it then is: elsewhere E falls without end.
    private const double Growth = 1e9, Last = 1e6, Near = 1e-3;

    // Powers as near to k as they can be told to be.
    private const double Nearly = 0.99;

    // Slopes in a row that lead in no new direction, and the share of a slope that is one.
    private const int Alike = 16;
    private const double Across = 0.03;

    private static readonly Key around = Key.Seed(0).Fold("around");

    private readonly double[] scratch = new double[density.ScratchNumbers];

    /// <summary>Where a descent came to, in the coordinates of the density, and the power p; null where it found no such place.</summary>
    /// <param name="start">Where it begins [D].</param>
    /// <param name="c">Conditions [C].</param>
    public (double[] Place, double Power)? From(ReadOnlySpan<double> start, double[] c)
    {
        var (d, x, score, next, ahead) = (start.Length, start.ToArray(), new double[start.Length], new double[start.Length], new double[start.Length]);
        var (log, stride, path) = (density.Log(x, c, score, scratch), 1.0, new List<(double Log, double Slope)>());
        if (!double.IsFinite(log)) return null;
        for (var evaluation = 0; evaluation < Evaluations && stride >= 1; evaluation++)
        {
            var slope = Length(score);
            if (!double.IsFinite(slope) || slope == 0) return null;
            path.Add((log, slope));
            if (path.Exists(p => p.Slope * Growth <= slope))
            {
                // Over the last part of the way, where nothing else in E counts.
                var from = path.Last(p => p.Slope * Last <= slope);
                var power = (log - from.Log) / ElementaryDouble.Log(slope / from.Slope);
                return power / slope < Near && IsPole(x, c, power, power / slope) ? (x, power) : null;
            }
            for (var k = 0; k < d; k++) next[k] = x[k] + 0.5 * stride * score[k] / (slope * slope);
            var there = density.Log(next, c, ahead, scratch);
            // By a quarter at least of what the slope promises, so that no step leads across to the other side.
            var falls = double.IsFinite(there) && there > log + 0.25 * 0.5 * stride;
            stride *= falls ? 2 : 0.5;
            if (falls) (x, next, score, ahead, log) = (next, x, ahead, score, there);
        }
        return null;
    }

    private static double Length(double[] v) => Math.Sqrt(v.Sum(a => a * a));

    /// <summary>Whether the power is that of a pole: at least the number of directions in which slopes lead around it.</summary>
    private bool IsPole(double[] x, double[] c, double power, double radius)
    {
        var (point, score, directions) = (new double[x.Length], new double[x.Length], new List<double[]>());
        for (int draw = 0, alike = 0; alike < Alike; draw++)
        {
            for (var k = 0; k < x.Length; k++) point[k] = x[k] + radius * Draws.Normal(around, (ulong)draw, (uint)k);
            density.Log(point, c, score, scratch);
            double[] left = [.. score.Select(s => s / Length(score))];
            foreach (var direction in directions)
            {
                var part = left.Zip(direction, (a, b) => a * b).Sum();
                for (var k = 0; k < left.Length; k++) left[k] -= part * direction[k];
            }
            var length = Length(left);
            if (!(length > Across))
            {
                alike++;
                continue;
            }
            alike = 0;
            directions.Add([.. left.Select(a => a / length)]);
            if (power <= Nearly * directions.Count) return false;
        }
        return directions.Count > 0;
    }
}
