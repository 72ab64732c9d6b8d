using Locus.Engine.Kernels;

namespace Locus.Methods.Markov;

/// <summary>
/// The powers b of tempered chains: 0, then a geometric row from 0.001 to 1. <see cref="Space"/> sets those between the ends anew, so that all neighbours refuse as many exchanges: at equal distances along the sum of the rates of refusal, which
/// grows from 0 to 1 in nearly the same way however b is set (Syed et al. 2022).
/// </summary>
internal sealed class Ladder
{
    private const double Lowest = 1e-3;

    // Neighbours that never refuse are apart by a little all the same.
    private const double LeastRefusal = 1e-3;

    private readonly double[] powers;

    /// <summary>A geometric ladder.</summary>
    /// <param name="rungs">Number of powers, at least 3.</param>
    public Ladder(int rungs)
    {
        powers = new double[rungs];
        for (var k = 1; k < rungs; k++) powers[k] = ElementaryDouble.Exp(ElementaryDouble.Log(Lowest) * (rungs - 1 - k) / (rungs - 2));
    }

    /// <summary>b of each rung, rising from 0 to 1.</summary>
    public ReadOnlySpan<double> Powers => powers;

    /// <summary>Sets the powers between the ends anew.</summary>
    /// <param name="refused">Share of exchanges that the neighbours k and k + 1 refused, [rungs - 1].</param>
    public void Space(ReadOnlySpan<double> refused)
    {
        var sums = new double[powers.Length];
        for (var k = 0; k < refused.Length; k++) sums[k + 1] = sums[k] + Math.Max(refused[k], LeastRefusal);
        double[] before = [.. powers];
        var segment = 0;
        for (var i = 1; i < powers.Length - 1; i++)
        {
            var place = sums[^1] * i / (powers.Length - 1);
            while (sums[segment + 1] < place) segment++;
            powers[i] = before[segment] + (before[segment + 1] - before[segment]) * (place - sums[segment]) / (sums[segment + 1] - sums[segment]);
        }
    }
}
