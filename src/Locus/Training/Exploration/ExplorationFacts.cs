namespace Locus.Training;

/// <summary>A thing to know about an exploration, with what to do about it.</summary>
/// <param name="Name">Its name, in lower case with hyphens: law-not-settled.</param>
/// <param name="Text">What was seen and what to change, for a person.</param>
public sealed record ExplorationVerdict(string Name, string Text);

/// <summary>How the points that a network is trained on were drawn, and how far they can be relied on.</summary>
/// <param name="Method">How they were drawn.</param>
/// <param name="PoolSize">Points, N.</param>
/// <param name="Dimension">Directions in which the set goes on from most of its points, K; of pairs of point and condition for a problem with parameters.</param>
/// <param name="Share">Share of the draws that hit the set; 1 for walks, which never leave it.</param>
/// <param name="EffectiveSize">Effective sample size of the draws before they became equally likely.</param>
/// <param name="NeighborShare">Mean distance from a point to the one nearest to it, over that of two points at random, in coordinates of deviation 1.</param>
/// <param name="Settled">Whether the law no longer changed: drawn twice, or from other starts, it is the same, and so are the components' shares.</param>
/// <param name="Starts">Starts of the search that came to the set.</param>
/// <param name="Components">Connected components that were told apart.</param>
/// <param name="ComponentShares">Shares of the largest of them in the pool.</param>
/// <param name="ComponentErrors">Standard error of each share.</param>
/// <param name="ComponentStarts">Starts of the search that came to each.</param>
public sealed record ExplorationFacts(
    ExplorationMethod Method, int PoolSize, int Dimension, double Share, double EffectiveSize, double NeighborShare, bool Settled, int Starts, int Components,
    IReadOnlyList<double> ComponentShares, IReadOnlyList<double> ComponentErrors, IReadOnlyList<int> ComponentStarts)
{
    /// <summary>Samples of the network, in training, that lay in parts of the set which no start had come to: the set was then explored again from there.</summary>
    public int News { get; init; }

    /// <summary>Rises of a temperature's inverse by which uniform points were led to the law of an energy; 0 where there is none.</summary>
    public int Rises { get; init; }

    /// <summary>Most components whose shares are told.</summary>
    public const int MostTold = 16;

    /// <summary>The search has come to a component often enough when it did so by more starts than this.</summary>
    public const int FewStarts = 2;

    /// <summary>A neighbour that is farther away than this share of the distance to a point at random shows little more of the set than that one does.</summary>
    public const double SparseNeighbors = 0.25;

    /// <summary>Effective draws that a pool should rest on, as a share of its points: with fewer most points are there several times.</summary>
    public const double FewDraws = 0.25;

    /// <summary>What to know about it; empty where all is well.</summary>
    public IReadOnlyList<ExplorationVerdict> Verdicts => [.. Found()];

    /// <summary>Shows every number to whoever writes or reads a training state.</summary>
    /// <param name="fields">What writes or reads.</param>
    /// <param name="facts">The facts to write; null to read.</param>
    /// <returns>The facts that were written or read.</returns>
    internal static ExplorationFacts Visit(IStateFields fields, ExplorationFacts? facts)
    {
        double[] shares = Filled(facts?.ComponentShares), errors = Filled(facts?.ComponentErrors);
        int[] starts = Filled(facts?.ComponentStarts);
        int Number(string name, int value) => fields.Number("exploration." + name, value);
        double Value(string name, double value) => fields.Number("exploration." + name, value);
        var read = new ExplorationFacts(
            (ExplorationMethod)Number("method", (int)(facts?.Method ?? 0)),
            Number("poolSize", facts?.PoolSize ?? 0),
            Number("dimension", facts?.Dimension ?? 0),
            Value("share", facts?.Share ?? 0),
            Value("effectiveSize", facts?.EffectiveSize ?? 0),
            Value("neighborShare", facts?.NeighborShare ?? 0),
            Number("settled", facts?.Settled == true ? 1 : 0) == 1,
            Number("starts", facts?.Starts ?? 0),
            Number("components", facts?.Components ?? 0),
            shares, errors, starts);
        fields.Vector<double>("exploration.componentShares", shares);
        fields.Vector<double>("exploration.componentErrors", errors);
        fields.Vector<int>("exploration.componentStarts", starts);
        var told = Math.Min(MostTold, read.Components);
        return read with { News = Number("news", facts?.News ?? 0), Rises = Number("rises", facts?.Rises ?? 0), ComponentShares = shares[..told], ComponentErrors = errors[..told], ComponentStarts = starts[..told] };
    }

    private static T[] Filled<T>(IReadOnlyList<T>? values)
    {
        var filled = new T[MostTold];
        for (var i = 0; i < (values?.Count ?? 0); i++) filled[i] = values![i];
        return filled;
    }

    private IEnumerable<ExplorationVerdict> Found()
    {
        var seldom = ComponentStarts.Count(starts => starts <= FewStarts);
        if (seldom > 0)
            yield return new("components-seldom", FormattableString.Invariant(
                $"of {Components} components {seldom} were met by {FewStarts} of {Starts} starts or fewer: others may not have been met at all. Train with other seeds and compare 'components', or give the variables a tighter box."));
        if (!Settled)
            yield return new("law-not-settled", "the law of the training points still changed when exploration ended: some regions may hold too many or too few of them. "
                + (Method == ExplorationMethod.Walks ? "Where inequalities leave a thin layer, write an equality in their place, or widen it; scale the variables alike; split the set at its necks." : "Train with other seeds and compare their reports."));
        if (NeighborShare > SparseNeighbors)
            yield return new("pool-sparse", FormattableString.Invariant(
                $"{PoolSize} points are few for {Dimension} dimensions: the nearest one is on average {NeighborShare:0.00} as far away as one at random, so what is finer than that is not seen. More points (--set poolSize=...) help slowly; equalities that bind variables, or fewer variables, help more."));
        if (EffectiveSize < FewDraws * PoolSize)
            yield return new("draws-few", FormattableString.Invariant(
                $"the {PoolSize} training points rest on {EffectiveSize:0} effective draws: many are alike. {(Rises > 0 ? "The energy leaves little of the set: give it a tighter box" : "Scale the variables alike, or widen what is thin")}."));
    }
}
