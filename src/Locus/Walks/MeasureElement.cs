using Locus.Engine.Kernels;

namespace Locus.Walks;

/// <summary>
/// How much of the measure wanted lies in a unit of the set's own surface in u: the element of length, area, ... in the user's units, and for pairs (x, c) that of the
/// slice of one c times dc. With N an orthonormal basis [M, E] of the normal space and S the scales of the variables it is, but for a factor that is the same everywhere,
/// sqrt(det(N_x S^-2 N_x')), N_x the part of N that belongs to variables (the coarea formula: dx / sqrt(det J J') is the same law in all coordinates).
/// </summary>
internal sealed class MeasureElement
{
    private readonly double[] weights;

    /// <summary>The measure of a set.</summary>
    public MeasureElement(StandardSet set)
    {
        var scale = set.Standard.Scale.AsSpan(0, set.Variables);
        var mean = 0.0;
        foreach (var s in scale) mean += ElementaryDouble.Log(s) / scale.Length;
        mean = ElementaryDouble.Exp(mean);
        weights = new double[set.Dimension];
        for (var d = 0; d < scale.Length; d++) weights[d] = mean / scale[d] * (mean / scale[d]);
        Varies = set.Variables < set.Dimension;
        foreach (var s in scale) Varies |= s != scale[0];
    }

    /// <summary>Whether the element differs from point to point at all.</summary>
    public bool Varies { get; }

    /// <summary>S^-2 up to a factor, [E]; 0 for coordinates that are parameters.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>The element; 1 where it is the same everywhere.</summary>
    /// <param name="normals">N [M, E].</param>
    public double Of(ReadOnlySpan<double> normals)
    {
        if (!Varies) return 1;
        var (e, m) = (weights.Length, normals.Length / weights.Length);
        var gram = new double[m * m];
        for (var i = 0; i < m; i++)
            for (var j = 0; j < m; j++)
                for (var d = 0; d < e; d++) gram[i * m + j] += weights[d] * normals[i * e + d] * normals[j * e + d];
        return Math.Sqrt(Math.Max(0, Frame.Determinant(gram, m)));
    }
}
