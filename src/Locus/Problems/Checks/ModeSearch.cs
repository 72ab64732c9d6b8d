namespace Locus.Problems;

/// <summary>
/// Looks for where a density is highest, by descents of E with steps of Barzilai and Borwein (1988, "Two-point step size gradient methods"): what lies far from the origin, a training finds slowly or not at all, because it looks for it from there.
/// </summary>
/// <param name="density">log R = -E.</param>
internal sealed class ModeSearch(Density density)
{
    private const int Steps = 300, Memory = 10;

    private readonly double[] scratch = new double[density.ScratchNumbers];

    /// <summary>Where a descent came to, [D]: a minimum of E, or on the way to one.</summary>
    /// <param name="start">Where it begins [D].</param>
    /// <param name="c">Conditions [C].</param>
    public double[] From(ReadOnlySpan<double> start, double[] c)
    {
        var (x, score, next, ahead) = (start.ToArray(), new double[start.Length], new double[start.Length], new double[start.Length]);
        var (log, recent) = (density.Log(x, c, score, scratch), new Queue<double>());
        var length = 1 / Math.Max(1e-12, Math.Sqrt(Dot(score, score)));
        for (var step = 0; step < Steps && double.IsFinite(log) && Dot(score, score) is > 1e-12 and < double.PositiveInfinity; step++)
        {
            for (var k = 0; k < x.Length; k++) next[k] = x[k] + length * score[k];
            var there = density.Log(next, c, ahead, scratch);
            recent.Enqueue(log);
            if (recent.Count > Memory) recent.Dequeue();
            // Not every step has to lead down, but none above the last ones.
            if (!(there >= recent.Min()))
            {
                length /= 4;
                continue;
            }
            double square = 0, bend = 0;
            for (var k = 0; k < x.Length; k++)
            {
                var moved = next[k] - x[k];
                square += moved * moved;
                bend += moved * (score[k] - ahead[k]);
            }
            length = bend > 0 ? square / bend : 4 * length;
            (x, next, score, ahead, log) = (next, x, ahead, score, there);
        }
        return x;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
