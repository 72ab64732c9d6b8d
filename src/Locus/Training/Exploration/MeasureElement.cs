namespace Locus.Training;

/// <summary>
/// How much of the measure wanted lies in a unit of the set's own surface in u: the element of length, area, ... in the user's units, and for a conditional problem
/// that of the slice of one c times dc. With tangents T = (T_x, T_c), Q an orthonormal basis of the rows of T_c and K of what is orthogonal to it, and S the scales, it is
/// sqrt(det(K' T_x' S^2 T_x K)) |det of T_c along Q| (the coarea formula).
/// </summary>
internal sealed class MeasureElement
{
    private readonly double[] scale;
    private readonly int dimension;
    private readonly int variables;

    /// <summary>The measure of a set.</summary>
    public MeasureElement(JointSet set)
    {
        (dimension, variables) = (set.Dimension, set.Variables);
        var largest = set.Standard.Scale[..variables].Max();
        scale = [.. set.Standard.Scale[..variables].Select(s => s / largest)];
        NeedsTangents = variables < dimension || scale.Any(s => s != 1);
        OfSolid = scale.Aggregate(1.0, (product, s) => product * s);
    }

    /// <summary>Whether the element differs from point to point at all.</summary>
    public bool NeedsTangents { get; }

    /// <summary>The element where the set has an interior: all directions are tangents.</summary>
    public double OfSolid { get; }

    /// <summary>The element.</summary>
    /// <param name="tangents">T [K, E], orthonormal rows.</param>
    public double Of(ReadOnlySpan<double> tangents)
    {
        var k = tangents.Length / dimension;
        var parameters = dimension - variables;
        if (parameters > k) return 0;
        // Rows of T_c' in the coordinates of the tangent space.
        var along = new double[parameters * k];
        for (var j = 0; j < parameters; j++)
            for (var t = 0; t < k; t++) along[j * k + t] = tangents[t * dimension + variables + j];
        var element = Math.Sqrt(Gram(along, parameters, k));
        if (parameters > 0 && Frame.Normals(along, k) < parameters) return 0;
        var free = k - parameters;
        var slice = new double[free * k];
        if (parameters > 0) Frame.Tangents(along, slice, k);
        else
            for (var t = 0; t < k; t++) slice[t * k + t] = 1;
        var image = new double[free * variables];
        for (var f = 0; f < free; f++)
            for (var t = 0; t < k; t++)
                for (var d = 0; d < variables; d++) image[f * variables + d] += slice[f * k + t] * tangents[t * dimension + d] * scale[d];
        return element * Math.Sqrt(Gram(image, free, variables));
    }

    // det(A A') of rows A [n, length].
    private static double Gram(ReadOnlySpan<double> rows, int n, int length)
    {
        if (n == 0) return 1;
        var gram = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) gram[i * n + j] = Frame.Dot(rows.Slice(i * length, length), rows.Slice(j * length, length));
        return Math.Max(0, Frame.Determinant(gram, n));
    }
}
