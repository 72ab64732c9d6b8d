using Locus.Engine.Kernels;

namespace Locus.Problems;

/// <summary>
/// Looks for a point at which exp(-E) grows so fast that it has no integral: like r^-p, p at least D. There E = p log r, and its gradient has the length g = p / r, so that a step of D / 2 g down the slope halves the distance at most;
/// such steps, longer as long as E falls, come ever nearer, and g grows without bound, while p is how much E falls where log g rises by 1. Near a smooth minimum they soon overshoot, and E rises.
/// </summary>
/// <param name="density">log R = -E.</param>
internal sealed class PoleSearch(Density density)
{
    private const int Evaluations = 200;

    // The last part of the descent, over which g has to grow by so much.
    private const double Growth = 1e9;

    // Powers as near to D as they can be told to be.
    private const double Nearly = 0.99;

    private readonly double[] scratch = new double[density.ScratchNumbers];

    /// <summary>Where a descent came to, in the coordinates of the density, and the power p; null where it found no such point.</summary>
    /// <param name="start">Where it begins [D].</param>
    /// <param name="c">Conditions [C].</param>
    public (double[] Place, double Power)? From(ReadOnlySpan<double> start, double[] c)
    {
        var (d, x, score, next, ahead) = (start.Length, start.ToArray(), new double[start.Length], new double[start.Length], new double[start.Length]);
        var (log, stride, path) = (density.Log(x, c, score, scratch), 1.0, new List<(double Log, double Slope)>());
        if (!double.IsFinite(log)) return null;
        for (var evaluation = 0; evaluation < Evaluations && stride >= 1; evaluation++)
        {
            var slope = Math.Sqrt(score.Sum(v => v * v));
            if (!double.IsFinite(slope) || slope == 0) return null;
            path.Add((log, slope));
            if (path.FindLastIndex(p => p.Slope * Growth <= slope) is >= 0 and var first)
            {
                var power = (log - path[first].Log) / ElementaryDouble.Log(slope / path[first].Slope);
                return power > Nearly * d ? (x, power) : null;
            }
            for (var k = 0; k < d; k++) next[k] = x[k] + 0.5 * d * stride * score[k] / (slope * slope);
            var there = density.Log(next, c, ahead, scratch);
            var falls = double.IsFinite(there) && there > log;
            stride *= falls ? 2 : 0.5;
            if (falls) (x, next, score, ahead, log) = (next, x, ahead, score, there);
        }
        return null;
    }
}
