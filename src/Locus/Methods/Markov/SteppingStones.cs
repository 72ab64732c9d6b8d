using Locus.Engine.Kernels;

namespace Locus.Methods.Markov;

/// <summary>
/// log Z by stepping stones (Xie et al. 2011): log Z = sum_k log E_k exp((b_{k+1} - b_k) g), g = log R - log N(0, v) and E_k the mean over the chains at b_k. Ladders are independent, so that their spread gives the error: with m_kj the mean of
/// ladder j and m_k that of all, log Z is off by the mean over j of sum_k (m_kj / m_k - 1), to first order.
/// </summary>
internal sealed class SteppingStones
{
    private readonly int ladders;
    private readonly int pairs;
    private readonly double[] shifts;
    private readonly double[] sums;

    /// <summary>Before the first step.</summary>
    /// <param name="ladders">J.</param>
    /// <param name="rungs">Rungs of each.</param>
    public SteppingStones(int ladders, int rungs)
    {
        (this.ladders, pairs) = (ladders, rungs - 1);
        (shifts, sums) = (new double[pairs], new double[pairs * ladders]);
    }

    /// <summary>Steps that were added for each ladder.</summary>
    public int Count { get; private set; }

    /// <summary>Sets what exponents are taken relative to, so that they stay small.</summary>
    /// <param name="pair">k.</param>
    /// <param name="exponent">About their size.</param>
    public void Shift(int pair, double exponent) => shifts[pair] = double.IsFinite(exponent) ? exponent : 0;

    /// <summary>Adds a chain of a step.</summary>
    /// <param name="pair">k.</param>
    /// <param name="ladder">j.</param>
    /// <param name="exponent">(b_{k+1} - b_k) g; what is no number counts as minus infinity.</param>
    public void Add(int pair, int ladder, double exponent) => sums[pair * ladders + ladder] += double.IsNaN(exponent) ? 0 : ElementaryDouble.Exp(exponent - shifts[pair]);

    /// <summary>Ends some steps.</summary>
    /// <param name="steps">How many.</param>
    public void Add(int steps) => Count += steps;

    /// <summary>log Z and its standard error; NaN before the first step.</summary>
    public (double LogZ, double Error) Estimate()
    {
        var log = 0.0;
        var off = new double[ladders];
        for (var k = 0; k < pairs; k++)
        {
            var own = sums.AsSpan(k * ladders, ladders);
            var mean = 0.0;
            foreach (var sum in own) mean += sum / Count / ladders;
            log += shifts[k] + ElementaryDouble.Log(mean);
            for (var j = 0; j < ladders; j++) off[j] += own[j] / Count / mean - 1;
        }
        var square = 0.0;
        foreach (var x in off) square += x * x;
        return (log, Math.Sqrt(square / (ladders - 1.0) / ladders));
    }
}
