using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Tests.Diagnostics.Transport;

/// <summary>Sets of normal points.</summary>
internal static class NormalSets
{
    /// <summary>Points [N, D] around a center.</summary>
    public static Points Of(Key key, int count, int dimension, double center = 0)
    {
        Points points = new(count, dimension);
        for (var i = 0; i < count; i++)
            for (var d = 0; d < dimension; d++) points.Row(i)[d] = center + Draws.Normal(key, (ulong)i, (uint)d);
        return points;
    }

    /// <summary>|x_i - y_j|^2 by the plain formula.</summary>
    public static double Square(Points x, int i, Points y, int j)
    {
        var sum = 0.0;
        for (var d = 0; d < x.Dimension; d++) sum += (x[i][d] - y[j][d]) * (x[i][d] - y[j][d]);
        return sum;
    }
}
