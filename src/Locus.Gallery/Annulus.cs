using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Gallery;

/// <summary>The points of the plane with Inner &lt;= |x| &lt;= Outer; a disk if Inner is 0.</summary>
/// <param name="Inner">Inner radius, 0 or more.</param>
/// <param name="Outer">Outer radius, above Inner.</param>
internal readonly record struct Annulus(double Inner, double Outer)
{
    /// <summary>pi (Outer^2 - Inner^2).</summary>
    public double Area => Math.PI * (Outer * Outer - Inner * Inner);

    /// <summary>A uniform point, from draws 1 and 2 of a sample: |x| = sqrt(Inner^2 + (Outer^2 - Inner^2) u), the angle uniform.</summary>
    public (double X, double Y) Draw(Key key, ulong index)
    {
        var u = Draws.Uniform(key, index, 1);
        // The root of a square may end a rounding outside.
        var radius = Math.Clamp(Math.Sqrt(Inner * Inner + (Outer * Outer - Inner * Inner) * u), Inner, Outer);
        var (sin, cos) = ElementaryDouble.SinCos(2 * Math.PI * Draws.Uniform(key, index, 2));
        return (radius * cos, radius * sin);
    }

    /// <summary>[Inner - r]_+ + [r - Outer]_+ at the radius r.</summary>
    public double Slack(double radius) => Math.Max(0, Inner - radius) + Math.Max(0, radius - Outer);

    /// <summary>Share of each annulus in the area of all, where they do not overlap.</summary>
    public static double[] Shares(IReadOnlyList<Annulus> annuli)
    {
        var total = annuli.Sum(a => a.Area);
        return [.. annuli.Select(a => a.Area / total)];
    }

    /// <summary>The annulus of a sample, chosen by area with draw 0.</summary>
    public static int Choose(IReadOnlyList<double> shares, Key key, ulong index)
    {
        var u = Draws.Uniform(key, index, 0);
        for (var i = 0; i < shares.Count - 1; i++)
        {
            if (u < shares[i]) return i;
            u -= shares[i];
        }
        return shares.Count - 1;
    }
}
