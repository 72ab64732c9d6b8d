namespace Locus.Cli.Reproduction;

/// <summary>The settings of the sets in the plane, beside the recipe's own.</summary>
internal static class Paper2D
{
    public static readonly string[] Settings = [];
}
