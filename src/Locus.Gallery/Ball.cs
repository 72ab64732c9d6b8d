using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Gallery;

/// <summary>Uniform directions and uniform points of the unit ball, in any number of dimensions.</summary>
internal static class Ball
{
    /// <summary>A uniform direction: D normal numbers, draws 0 to D - 1, divided by their length (Muller 1959). Their law looks alike from all sides.</summary>
    /// <param name="key">Key of the sample set.</param>
    /// <param name="index">Number of the sample.</param>
    /// <param name="x">Receives the direction, [D].</param>
    public static void Direction(Key key, ulong index, Span<double> x)
    {
        for (var d = 0; d < x.Length; d++) x[d] = Draws.Normal(key, index, (uint)d);
        var length = Math.Sqrt(Rotation.Dot(x, x));
        for (var d = 0; d < x.Length; d++) x[d] /= length;
    }

    /// <summary>A uniform point: a uniform direction times u^(1/D), u from the uniform draw 1; a ball of radius r holds the share r^D.</summary>
    /// <param name="key">Key of the sample set.</param>
    /// <param name="index">Number of the sample.</param>
    /// <param name="x">Receives the point, [D].</param>
    public static void Draw(Key key, ulong index, Span<double> x)
    {
        Direction(key, index, x);
        var radius = Root(Draws.Uniform(key, index, 1), x.Length);
        for (var d = 0; d < x.Length; d++) x[d] *= radius;
    }

    /// <summary>The root of a number: a^(1/n), to some roundings.</summary>
    /// <param name="a">0 or more.</param>
    /// <param name="n">At least 1.</param>
    public static double Root(double a, int n) => ElementaryDouble.Exp(ElementaryDouble.Log(a) / n);
}
