using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Expressions;
using static Locus.Expressions.Functions;

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

    /// <summary>What holds at its points.</summary>
    public Constraint Contains(Vector x) => Inner == 0 ? Norm(x) <= Outer : All(Norm(x) >= Inner, Norm(x) <= Outer);
}
