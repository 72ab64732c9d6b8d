using Locus.Engine.Workers;
using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>
/// A classical way to draw from a set, without any training. It works in waves of some milliseconds, so that whoever runs it can stop at any time; after as many waves it has
/// the same samples for every number of threads.
/// </summary>
internal abstract class Rival
{
    /// <summary>What the method is called.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the samples follow the law wanted, but for rounding, from the first one on.</summary>
    public abstract bool IsExact { get; }

    /// <summary>Whether the method leaves the law wanted as it is, so that only its start can be wrong.</summary>
    public abstract bool IsUnbiased { get; }

    /// <summary>False while it searches and warms up, and gives no samples.</summary>
    public abstract bool IsReady { get; }

    /// <summary>How many independent samples its samples are as good as.</summary>
    public abstract double Samples { get; }

    /// <summary>Some of the samples, for the measures: [at most a number fixed from the start, D] in the user's units.</summary>
    public abstract Points Kept { get; }

    /// <summary>Works for some milliseconds.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the wave with an <see cref="OperationCanceledException"/>.</param>
    public abstract void Wave(Team team, CancellationToken cancellation);
}
