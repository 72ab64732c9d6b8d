using Locus.Walks;

namespace Locus.Training;

/// <summary>
/// Charts that together cover a set, each reaching a radius r along its tangent space and r / 2 off it; and how often points drawn from them fall where. A point y drawn
/// by choosing a chart, a place v uniform in its ball of K dimensions, and going to the set along the chart's normals, has by the set's own measure the density
/// (1 / P) sum over charts j that reach y of |det(T_j' T_y)| / (V_K r_j^K), V_K the volume of the unit ball: the tangent plane is projected onto the set along N_j
/// (Zappa, Holmes-Cerfon and Goodman 2018 use the same element for a single chain).
/// </summary>
internal sealed class Atlas
{
    /// <summary>Reach off the tangent space, as a share of the radius.</summary>
    public const double NormalReach = 0.5;

    // What the normal parts at both ends may leave of each other on one sheet, and what counts as nothing in units of the radius.
    private const double SameSheet = 0.5, Flat = 1e-4;

    private readonly PointIndex index;
    private readonly float[] limits;
    private readonly double[] densities;
    private readonly int dimension;

    /// <summary>An atlas of charts with radii of their own.</summary>
    /// <param name="charts">At least one; a chart that is there several times draws as often.</param>
    /// <param name="radii">r of each, above 0.</param>
    public Atlas(IReadOnlyList<Chart> charts, IReadOnlyList<double> radii)
    {
        (Charts, Radii, index) = (charts, radii, Chart.Index(charts));
        dimension = charts[0].Center.Length;
        var reach = Math.Sqrt(1 + NormalReach * NormalReach);
        limits = index.Limits([.. radii.Select(r => reach * r)]);
        densities = [.. charts.Select((chart, j) => 1 / Ball(chart.Dimension, radii[j]))];
    }

    /// <summary>The charts, P of them.</summary>
    public IReadOnlyList<Chart> Charts { get; }

    /// <summary>r of each.</summary>
    public IReadOnlyList<double> Radii { get; }

    /// <summary>P times the density of y by the set's own measure.</summary>
    /// <param name="y">A chart at the point.</param>
    /// <param name="reached">Receives the charts that reach it.</param>
    public double Density(Chart y, out int[] reached)
    {
        Span<double> scratch = stackalloc double[3 * dimension];
        var size = y.Basis.Length / dimension;
        var matrix = new double[size * size];
        var sum = 0.0;
        var reach = new List<int>();
        foreach (var j in index.Within(y.Center, limits))
        {
            if (!Reaches(j, y, scratch)) continue;
            reach.Add(j);
            sum += densities[j] * (size == 0 ? 1 : Frame.Overlap(Charts[j].Basis, y.Basis, dimension, matrix));
        }
        reached = [.. reach];
        return sum;
    }

    /// <summary>
    /// Whether a chart reaches a point. Between two points of one smooth sheet, s apart, the part of s that is normal at one end is minus the part that is normal at the other, up to
    /// s^3; from one sheet to another beside it the two are alike. Those count as out of reach: who draws from a chart keeps to its sheet.
    /// </summary>
    /// <param name="j">The chart's number.</param>
    /// <param name="y">A chart at the point.</param>
    /// <param name="scratch">[3 E].</param>
    public bool Reaches(int j, Chart y, Span<double> scratch)
    {
        var (chart, radius) = (Charts[j], Radii[j]);
        if (chart.Normals != y.Normals) return false;
        Span<double> here = scratch[..dimension], there = scratch.Slice(dimension, dimension), rest = scratch[(2 * dimension)..];
        for (var d = 0; d < dimension; d++) here[d] = y.Center[d] - chart.Center[d];
        var (tangent, normal) = chart.Parts(here);
        if (tangent > radius * radius || normal > NormalReach * NormalReach * radius * radius) return false;
        here.CopyTo(there);
        chart.Raise(here, rest);
        y.Raise(there, rest);
        var sizes = Math.Sqrt(Frame.Dot(here, here)) + Math.Sqrt(Frame.Dot(there, there));
        Frame.Add(here, 1, there);
        return Math.Sqrt(Frame.Dot(here, here)) <= SameSheet * sizes + Flat * radius;
    }

    // V_K r^K, V_K = V_(K-2) 2 pi / K, by products, so that it is the same everywhere.
    private static double Ball(int dimension, double radius)
    {
        var volume = dimension % 2 == 0 ? 1 : 2 * radius;
        for (var k = dimension % 2 + 2; k <= dimension; k += 2) volume *= 2 * Math.PI / k * radius * radius;
        return volume;
    }
}
