using Locus.Engine.Random;

namespace Locus.Gallery;

/// <summary>
/// Rejection in attempts that have keys of their own, so that a sample depends on key and index alone, and that come to an end. Every sampler here
/// accepts at least one attempt in a hundred: all of them fail with a probability below 0.99^10000 = 2e-44.
/// </summary>
internal static class Rejection
{
    private const ulong Limit = 10_000;

    /// <summary>The keys of the attempts, one after the other; it never ends without an exception.</summary>
    /// <param name="key">Key of the sample set.</param>
    /// <exception cref="InvalidOperationException">No attempt was accepted: the sampler is wrong.</exception>
    public static IEnumerable<Key> Attempts(Key key)
    {
        for (var attempt = 0ul; attempt < Limit; attempt++) yield return key.Fold(attempt);
        throw new InvalidOperationException($"exact sampling: none of {Limit} attempts was accepted; the set is smaller than its sampler believes");
    }
}
