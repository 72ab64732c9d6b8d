using Locus.Engine.Workers;
using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>
/// A classical way to draw from a set or an energy, without any training. It works in short waves, so that whoever runs it can stop at any time; after as many waves it has
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

    /// <summary>Calls of the energy so far; 0 for sets.</summary>
    public virtual long Calls => 0;

    /// <summary>Whether the next wave would take more calls of the energy than it has.</summary>
    public virtual bool IsSpent => false;

    /// <summary>How many independent samples its samples are as good as.</summary>
    public abstract double Samples { get; }

    /// <summary>Some of the samples, for the measures: [at most a number fixed from the start, D] in the user's units.</summary>
    public abstract Points Kept { get; }

    /// <summary>Works for a short time: for milliseconds, or until a population of particles is led to an energy.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="cancellation">Ends the wave with an <see cref="OperationCanceledException"/>.</param>
    public abstract void Wave(Team team, CancellationToken cancellation);
}
