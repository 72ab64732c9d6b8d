namespace Locus.Problems;

/// <summary>What "uniform on the set" means.</summary>
public enum Measure
{
    /// <summary>Uniform by volume (Lebesgue measure) in the user's coordinates; for sets with an interior.</summary>
    Volume,

    /// <summary>Uniform by the set's own length, area, ... (Hausdorff measure); for sets cut out by equalities.</summary>
    Surface,

    /// <summary>Each connected component gets the same share; uniform within a component.</summary>
    Component,
}
