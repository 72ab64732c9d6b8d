namespace Locus.Cli.Reproduction;

/// <summary>One part of a reproduction: the runs it needs and what the page says of them.</summary>
internal abstract class Study
{
    /// <summary>The runs, in the order in which they are made.</summary>
    public abstract IReadOnlyList<Job> Jobs { get; }

    /// <summary>Writes the part.</summary>
    /// <param name="page">The page.</param>
    /// <param name="results">A result per job, in their order.</param>
    /// <param name="folder">Where pictures go.</param>
    public abstract void Write(PageBuilder page, IReadOnlyList<JobResult> results, string folder);
}
