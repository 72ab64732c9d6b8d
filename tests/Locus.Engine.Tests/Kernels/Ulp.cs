namespace Locus.Engine.Tests.Kernels;

/// <summary>Distances in units in the last place: the spacing of floats (or doubles) at the exact value.</summary>
internal static class Ulp
{
    /// <summary>Between a float and its exact value; 0 where the exact value rounds to infinity and the float is that infinity.</summary>
    public static double Distance(float value, double exact)
    {
        var rounded = (float)exact;
        if (float.IsNaN(rounded) || float.IsInfinity(rounded)) return value.Equals(rounded) ? 0 : double.PositiveInfinity;
        var spacing = exact == 0 ? float.Epsilon : Math.Max(float.Epsilon, Math.ScaleB(1, Math.ILogB(exact) - 23));
        return Math.Abs(value - exact) / spacing;
    }

    /// <summary>Between a double and a reference that is itself a double.</summary>
    public static double Distance(double value, double reference)
    {
        if (!double.IsFinite(reference)) return value.Equals(reference) ? 0 : double.PositiveInfinity;
        var spacing = reference == 0 ? double.Epsilon : Math.Max(double.Epsilon, Math.ScaleB(1, Math.ILogB(reference) - 52));
        return Math.Abs(value - reference) / spacing;
    }
}
