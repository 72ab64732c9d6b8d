namespace Locus.Problems;

/// <summary>The description of a problem is wrong; all mistakes are listed at once, in the order of the file.</summary>
public sealed class ProblemException : LocusException
{
    /// <summary>An exception that lists mistakes.</summary>
    /// <param name="findings">The mistakes, at least one.</param>
    public ProblemException(IReadOnlyList<Finding> findings)
        : base(string.Join('\n', findings)) => Findings = findings;

    /// <summary>The mistakes, at least one.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}
