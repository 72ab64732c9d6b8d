using Locus.Methods.Markov;

namespace Locus.Methods.OffPolicy;

/// <summary>How often a training has the energy evaluated: log R at one point, with or without its score, is one call. Reckoned from the options and the number of updates alone.</summary>
public static class EnergyCalls
{
    // Annealing chooses its rises as it goes: on the gallery's energies about 4 sqrt(D), from the scouts' laws, most of them far too narrow or wide, twice as many.
    private const double Rises = 4, ScoutRises = 8;

    /// <summary>Calls of a training.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="dimension">D of its problem.</param>
    /// <param name="updates">Updates that were made.</param>
    public static long Of(OffPolicyOptions options, int dimension, long updates)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (back, searches) = (options.Replay ? updates / 2 : 0, 0L);
        // Paths back, which are the odd updates, begin with a search when it is time: OffPolicyTrainer.Source.
        for (var update = 1L; options.LocalSearch && update < updates; update += 2)
            if (update == 1 || update % options.SearchEvery <= 1) searches++;
        // The drift's own paths need the reward at their ends, which paths back have from the buffer; with a score in the drift, both need it in every step.
        var paths = updates * (options.Langevin ? options.Sampler.Steps : 0L) + (updates - back);
        long Annealed(long particles, double rises) => particles * (1 + (long)(rises * Math.Sqrt(dimension)) * (options.AnnealMoves + 1L));
        var annealing = options.Anneal ? Annealed(options.Particles, Rises) + Annealed((long)Scouting.Laws * Scouting.Most, ScoutRises) : 0;
        var chains = options.Search == SearchKind.Tempering ? TemperingSearch.Chains(options, dimension) : options.Batch;
        return options.Batch * paths + searches * chains * (options.SearchSteps + 1L) + annealing;
    }
}
