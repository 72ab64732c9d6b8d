namespace Locus.Problems;

/// <summary>
/// The problem in the network's coordinates: u = (x - Center) / Scale, c' = (c - ConditionCenter) / ConditionScale. A variable with a
/// finite box has the box at [-2, 2]; an unbounded one keeps its unit (Center 0, Scale 1; with one end, Center moves just so far that
/// [-2, 2] lies inside). Conditions lie in [-1, 1]. Built by substitution on the graph, so that an identity costs nothing.
/// </summary>
public sealed class Standardization
{
    private Standardization(Problem problem)
    {
        var axes = problem.Variables.Select(Axis.Of).ToList();
        Center = [.. axes.Select(axis => axis.Center)];
        Scale = [.. axes.Select(axis => axis.Scale)];
        ConditionCenter = [.. problem.Parameters.Select(c => c.Lower + (c.Upper - c.Lower) / 2)];
        ConditionScale = [.. problem.Parameters.Select(c => (c.Upper - c.Lower) / 2)];
    }

    /// <summary>x at u = 0, [D], in the user's units.</summary>
    public double[] Center { get; }

    /// <summary>Length of one unit of u, [D], in the user's units; above 0.</summary>
    public double[] Scale { get; }

    /// <summary>c at c' = 0, [C], in the user's units.</summary>
    public double[] ConditionCenter { get; }

    /// <summary>Half width of each condition's range, [C], in the user's units; above 0.</summary>
    public double[] ConditionScale { get; }

    /// <summary>The standardization of a problem.</summary>
    /// <param name="problem">The problem.</param>
    public static Standardization Of(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new Standardization(problem);
    }
}
