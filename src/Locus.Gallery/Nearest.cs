namespace Locus.Gallery;

/// <summary>Which member of a union a point belongs to: the one with the smallest slack, if that is within reach.</summary>
internal static class Nearest
{
    /// <summary>Reach in the plane: below half of every gap between two components of the sets there.</summary>
    public const double PlanarReach = 0.1;

    /// <summary>The index of the smallest slack, the first of equals; -1 if it is above the reach or no number.</summary>
    /// <param name="slacks">Slack of each member, 0 or more.</param>
    /// <param name="reach">Largest slack that still counts.</param>
    public static int Of(ReadOnlySpan<double> slacks, double reach)
    {
        var nearest = -1;
        foreach (var slack in slacks)
            if (double.IsNaN(slack)) return -1;
        for (var i = 0; i < slacks.Length; i++)
            if (slacks[i] <= reach && (nearest < 0 || slacks[i] < slacks[nearest])) nearest = i;
        return nearest;
    }
}
