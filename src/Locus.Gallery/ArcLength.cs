using Locus.Engine.Kernels;

namespace Locus.Gallery;

/// <summary>
/// Length of the spiral r = phi from its middle to the angle phi: s(phi) = (phi sqrt(phi^2 + 1) + asinh phi) / 2, for ds^2 = dr^2 + r^2 dphi^2.
/// The spiral r = a phi is a times as long.
/// </summary>
internal static class ArcLength
{
    /// <summary>s(phi).</summary>
    /// <param name="phi">In radians, 0 or more.</param>
    public static double Of(double phi)
    {
        var root = Math.Sqrt(phi * phi + 1);
        return 0.5 * (phi * root + ElementaryDouble.Log(phi + root));
    }

    /// <summary>The angle at which the spiral has a length.</summary>
    /// <param name="length">0 to s(<paramref name="last"/>).</param>
    /// <param name="last">The angle at which the spiral ends.</param>
    public static double Angle(double length, double last)
    {
        // s is convex, so Newton comes down from the far end without overshooting; s' = sqrt(phi^2 + 1). Twelve steps reach the last bit from
        // anywhere, and a fixed number keeps the samples the same everywhere.
        var phi = last;
        for (var step = 0; step < 12; step++) phi = Math.Clamp(phi - (Of(phi) - length) / Math.Sqrt(phi * phi + 1), 0, last);
        return phi;
    }
}
