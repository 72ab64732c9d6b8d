namespace Locus.Problems;

/// <summary>How one variable is standardised, u = (x - Center) / Scale, and where the region looks along it.</summary>
/// <param name="Center">In the variable's unit.</param>
/// <param name="Scale">In the variable's unit, above 0.</param>
/// <param name="Lower">Lower end of the region.</param>
/// <param name="Upper">Upper end of the region.</param>
internal readonly record struct Axis(double Center, double Scale, double Lower, double Upper)
{
    /// <summary>
    /// A finite box becomes [-2, 2]. An open variable keeps its unit; with one end, [Center - 2, Center + 2] lies inside,
    /// as near to 0 as that end allows.
    /// </summary>
    public static Axis Of(Variable variable)
    {
        var (lower, upper) = (variable.Lower, variable.Upper);
        if (double.IsFinite(lower) && double.IsFinite(upper))
            return new Axis(lower + (upper - lower) / 2, (upper - lower) / 4, lower, upper);
        var center = Math.Clamp(0, lower + 2, Math.Max(lower + 2, upper - 2));
        return new Axis(center, 1, center - 2, center + 2);
    }
}
