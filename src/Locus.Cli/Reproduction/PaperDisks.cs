namespace Locus.Cli.Reproduction;

/// <summary>The settings of the disks in 10 and 50 dimensions, beside the recipe's own.</summary>
internal static class PaperDisks
{
    public static readonly string[] Settings = ["rounds=100"];
}
