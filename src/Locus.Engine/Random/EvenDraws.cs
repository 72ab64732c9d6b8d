namespace Locus.Engine.Random;

/// <summary>
/// Points that fill the unit cube more evenly than random ones: x_i = s + i a, taken modulo 1, a Kronecker sequence (Niederreiter 1992, chapter 3) with a random shift s,
/// so that each point by itself is uniform. What N random points estimate to 1 / sqrt(N) these do to about 1 / N, as long as few coordinates act together.
/// </summary>
/// <remarks>
/// The steps a are chosen one coordinate after the other, from a fixed list of candidates: the one whose waves cos 2 pi (h x_j + k x_l), |h| and |k| up to 12, average out best over
/// 65,536 points, together with those coordinates before it that are compared. They are the same for every key.
/// </remarks>
public sealed class EvenDraws
{
    private const int Candidates = 64, Compared = 32, Highest = 12;
    private const double Length = 65536;
    private const double Unit = 1.0 / (1L << 53);
    private readonly ulong[] steps;
    private readonly ulong[] shifts;

    /// <summary>A sequence of points.</summary>
    /// <param name="key">Draws the shift.</param>
    /// <param name="dimension">Coordinates, D.</param>
    public EvenDraws(Key key, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        steps = Steps(dimension);
        shifts = [.. Enumerable.Range(0, dimension).Select(d => Word(key, (ulong)d))];
    }

    /// <summary>A coordinate of a point: uniform in [0, 1), a multiple of 2^-53.</summary>
    /// <param name="index">Which point.</param>
    /// <param name="coordinate">Which of its coordinates.</param>
    public double Uniform(ulong index, int coordinate) => (At(index, coordinate) >> 11) * Unit;

    /// <summary>A coordinate of a point that is spread like the standard normal law: the quantile of its uniform number, so that the points stay as even; magnitude below 8.5.</summary>
    /// <param name="index">Which point.</param>
    /// <param name="coordinate">Which of its coordinates.</param>
    public double Normal(ulong index, int coordinate) => NormalLaw.Quantile(Uniform(index, coordinate) + 0.5 * Unit);

    private ulong At(ulong index, int coordinate) => unchecked(shifts[coordinate] + index * steps[coordinate]);

    private static ulong Word(Key key, ulong index) => (ulong)(Draws.Uniform(key, index, 0) / Unit) << 11;

    private static ulong[] Steps(int count)
    {
        var key = Key.Seed(0).Fold("even draws");
        var chosen = new ulong[count];
        for (var d = 0; d < count; d++)
        {
            var least = double.PositiveInfinity;
            for (var candidate = 0; candidate < Candidates; candidate++)
            {
                // Odd, so that no point comes again.
                var step = Word(key, (ulong)(d * Candidates + candidate)) | 1;
                var error = Error(step, chosen.AsSpan(Math.Max(0, d - Compared), Math.Min(d, Compared)), least);
                if (error < least) (least, chosen[d]) = (error, step);
            }
        }
        return chosen;
    }

    /// <summary>How far the waves of a coordinate, and of it with others, are from their mean, those of long waves counting most; no number worth knowing above the least so far.</summary>
    private static double Error(ulong step, ReadOnlySpan<ulong> others, double least)
    {
        var error = 0.0;
        for (var h = 1; h <= Highest; h++) error += Wave(unchecked((ulong)h * step)) / (h * h);
        foreach (var other in others)
        {
            for (var h = 1; h <= Highest; h++)
            {
                for (var k = 1; k <= Highest; k++)
                {
                    var (one, two) = unchecked(((ulong)h * step, (ulong)k * other));
                    error += (Wave(unchecked(one + two)) + Wave(unchecked(one - two))) / (h * h * k * k);
                }
            }
            if (error >= least) return error;
        }
        return error;
    }

    // The square of 1 / (N pi times the distance to a whole number), which bounds the mean of a wave over N points; 1 at most.
    private static double Wave(ulong turn)
    {
        var distance = Math.Abs((double)unchecked((long)turn)) / ulong.MaxValue;
        var mean = 1 / (Length * Math.PI * distance);
        return Math.Min(1, mean * mean);
    }
}
