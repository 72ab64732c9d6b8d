namespace Locus.Methods.OffPolicy;

/// <summary>How often a training has the energy evaluated: log R at one point, with or without its score, is one call. Reckoned from the options and the number of updates alone.</summary>
public static class EnergyCalls
{
    // Annealing chooses its rises as it goes: about as many as lead particles to densities of the gallery.
    private const int UsualRises = 16;

    // Laws from which scouts are annealed, each with 4096 of them.
    private const long Scouts = 5 * 4096;

    /// <summary>Calls of a training.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="updates">Updates that were made.</param>
    public static long Of(OffPolicyOptions options, long updates)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (back, searches) = (options.Replay ? updates / 2 : 0, 0L);
        // Paths back, which are the odd updates, begin with a search when it is time: OffPolicyTrainer.Source.
        for (var update = 1L; options.LocalSearch && update < updates; update += 2)
            if (update == 1 || update % options.SearchEvery <= 1) searches++;
        // The drift's own paths need the reward at their ends, which paths back have from the buffer; with a score in the drift, both need it in every step.
        var paths = updates * (options.Langevin ? options.Sampler.Steps : 0L) + (updates - back);
        var annealing = options.Anneal ? (options.Particles + Scouts) * (1 + UsualRises * (options.AnnealMoves + 1L)) : 0;
        return options.Batch * (paths + searches * (options.SearchSteps + 1L)) + annealing;
    }
}
