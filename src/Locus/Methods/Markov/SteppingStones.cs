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

    // Of each pair and ladder: the largest exponent so far, and the sum of the exponentials over it.
    private readonly double[] largest;
    private readonly double[] sums;

    /// <summary>Before the first step.</summary>
    /// <param name="ladders">J.</param>
    /// <param name="rungs">Rungs of each.</param>
    public SteppingStones(int ladders, int rungs)
    {
        (this.ladders, pairs) = (ladders, rungs - 1);
        (largest, sums) = (new double[pairs * ladders], new double[pairs * ladders]);
        Array.Fill(largest, double.NegativeInfinity);
    }

    /// <summary>Steps that were added for each ladder.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a chain of a step.</summary>
    /// <param name="pair">k.</param>
    /// <param name="ladder">j.</param>
    /// <param name="exponent">(b_{k+1} - b_k) g; what is no number counts as minus infinity.</param>
    public void Add(int pair, int ladder, double exponent)
    {
        if (double.IsNaN(exponent) || double.IsNegativeInfinity(exponent)) return;
        ref var most = ref largest[pair * ladders + ladder];
        ref var sum = ref sums[pair * ladders + ladder];
        if (exponent > most) (sum, most) = (sum * ElementaryDouble.Exp(most - exponent) + 1, exponent);
        else sum += ElementaryDouble.Exp(exponent - most);
    }

    /// <summary>Ends some steps.</summary>
    /// <param name="steps">How many.</param>
    public void Add(int steps) => Count += steps;

    /// <summary>log Z and its standard error; minus infinity and NaN where a rung has had no chain with a finite exponent.</summary>
    public (double LogZ, double Error) Estimate()
    {
        var log = 0.0;
        var (off, means) = (new double[ladders], new double[ladders]);
        for (var k = 0; k < pairs; k++)
        {
            var most = double.NegativeInfinity;
            for (var j = 0; j < ladders; j++) most = Math.Max(most, largest[k * ladders + j]);
            if (double.IsNegativeInfinity(most)) return (double.NegativeInfinity, double.NaN);
            var mean = 0.0;
            for (var j = 0; j < ladders; j++) mean += (means[j] = sums[k * ladders + j] * ElementaryDouble.Exp(largest[k * ladders + j] - most) / Count) / ladders;
            log += most + ElementaryDouble.Log(mean);
            for (var j = 0; j < ladders; j++) off[j] += means[j] / mean - 1;
        }
        var square = 0.0;
        foreach (var x in off) square += x * x;
        return (log, Math.Sqrt(square / (ladders - 1.0) / ladders));
    }
}
