namespace Locus.Engine.Kernels;

/// <summary>The force on a chain, g = b s - q x, and the size of its steps.</summary>
public readonly record struct LeapForce
{
    /// <summary>A force and a step.</summary>
    /// <param name="power">b, how much of the score s counts.</param>
    /// <param name="pull">q, how strongly the place is pulled to 0.</param>
    /// <param name="size">h, above 0: half the square of the step in time.</param>
    public LeapForce(double power, double pull, double size) =>
        (Power, Pull, Size, Time, Half) = ((float)power, (float)pull, (float)size, (float)Math.Sqrt(2 * size), (float)Math.Sqrt(size / 2));

    /// <summary>b.</summary>
    internal float Power { get; }

    /// <summary>q.</summary>
    internal float Pull { get; }

    /// <summary>h.</summary>
    internal float Size { get; }

    /// <summary>sqrt(2 h).</summary>
    internal float Time { get; }

    /// <summary>sqrt(h / 2).</summary>
    internal float Half { get; }
}
