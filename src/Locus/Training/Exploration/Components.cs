using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>
/// The connected parts of a set, as far as points of it show them. Points are joined with neighbours, by union and find (Tarjan 1975), where there is a <see cref="Passages"/> between them: first those of
/// which each is among the K nearest of the other, so that what counts as near follows the density, then those of which one is, as corners in many dimensions need. Then parts are joined by the passages between those of their points that
/// are nearest to each other. Every other point belongs to the part of the point nearest to it.
/// </summary>
internal sealed class Components
{
    private const int Neighbors = 10;

    // Lines that are tried between two parts, and parts among which they are.
    private const int Bridges = 8;
    private const int MostBridged = 64;
    private readonly Circles? circles;
    private readonly Points points;
    private readonly Points places;
    private readonly int[] parents;
    private readonly PointIndex index;
    private readonly int threads;

    private Components(Points points, Circles? circles, int threads)
    {
        (this.points, this.circles, this.threads) = (points, circles, threads);
        places = circles?.Embedded(points) ?? points;
        index = new PointIndex(places);
        parents = [.. Enumerable.Range(0, points.Count)];
        Labels = [];
    }

    /// <summary>The number of the part of each point, [N]: parts are numbered by size, the largest first.</summary>
    public int[] Labels { get; private set; }

    /// <summary>Points in each part.</summary>
    public IReadOnlyList<int> Sizes { get; private set; } = [];

    /// <summary>Finds the parts.</summary>
    /// <param name="set">The set.</param>
    /// <param name="points">Points of it [N, E], N at least 1: spread over all of it, a few thousand.</param>
    /// <param name="team">Workers.</param>
    /// <param name="closed">Whether what touches over the ends of a periodic coordinate hangs together; if not, the set is cut open there.</param>
    public static Components Of(StandardSet set, Points points, Team team, bool closed)
    {
        closed &= set.Circles.Any;
        var components = new Components(points, closed ? set.Circles : null, team.Threads);
        var passages = new Passages(set, team.Threads, closed);
        var tried = new HashSet<(int, int)>();
        var pairs = components.Neighboring();
        components.Join([.. pairs.Where(pair => pair.Mutual).Select(pair => (pair.From, pair.To))], passages, team, tried);
        components.Join([.. pairs.Select(pair => (pair.From, pair.To))], passages, team, tried);
        components.Number();
        if (components.Sizes.Count <= MostBridged) components.Join(components.Between(), passages, team, tried);
        components.Number();
        return components;
    }

    /// <summary>The part of another point.</summary>
    public int Of(ReadOnlySpan<double> point)
    {
        Span<int> number = [0];
        Span<float> square = [0];
        Span<double> place = stackalloc double[places.Dimension];
        if (circles is null) point.CopyTo(place);
        else circles.Embed(point, place);
        index.Nearest(place, 0, -1, number, square);
        return Labels[number[0]];
    }

    /// <summary>The parts of other points, [N].</summary>
    public int[] Of(Points others) => [.. index.Nearest(circles?.Embedded(others) ?? others, 1, own: false, threads).Nearest.Select(i => Labels[i])];

    /// <summary>Pairs of points of which one is among the other's nearest, the nearest pairs first.</summary>
    private List<(int From, int To, bool Mutual)> Neighboring()
    {
        var size = Math.Min(Neighbors, points.Count - 1);
        if (size == 0) return [];
        var (near, squares) = index.Nearest(places, size, own: true, threads);
        List<(float Square, int From, int To, bool Mutual)> pairs = [];
        for (var i = 0; i < points.Count; i++)
        {
            for (var k = 0; k < size; k++)
            {
                var j = near[i * size + k];
                var mutual = near.AsSpan(j * size, size).Contains(i);
                if (i < j || !mutual) pairs.Add((squares[i * size + k], Math.Min(i, j), Math.Max(i, j), mutual));
            }
        }
        pairs.Sort();
        return [.. pairs.Select(pair => (pair.From, pair.To, pair.Mutual))];
    }

    /// <summary>For each two parts the points of one that are nearest to the other, with their neighbours there.</summary>
    private List<(int From, int To)> Between()
    {
        List<(float Square, int From, int To)> pairs = [];
        var members = Labels.Select((label, i) => (label, i)).ToLookup(member => member.label, member => member.i);
        for (var part = 1; part < Sizes.Count; part++)
        {
            // A part's points against those of each larger one.
            int[] own = [.. members[part]];
            var ownPlaces = places.Pick(own);
            for (var other = 0; other < part; other++)
            {
                int[] theirs = [.. members[other]];
                var (near, squares) = new PointIndex(places.Pick(theirs)).Nearest(ownPlaces, 1, own: false, threads);
                pairs.AddRange(Enumerable.Range(0, own.Length).Select(i => (squares[i], own[i], theirs[near[i]])).Order().Take(Bridges));
            }
        }
        pairs.Sort();
        return [.. pairs.Select(pair => (pair.From, pair.To))];
    }

    // Kruskal 1956: only pairs that would join two parts are tried; those that fail make way for others in the next turn.
    private void Join(List<(int From, int To)> pairs, Passages passages, Team team, HashSet<(int, int)> tried)
    {
        while (true)
        {
            var before = parents.ToArray();
            List<(int From, int To)> lines = [];
            foreach (var pair in pairs)
                if (!tried.Contains(pair) && Unite(pair.From, pair.To)) lines.Add(pair);
            before.CopyTo(parents, 0);
            if (lines.Count == 0) return;
            tried.UnionWith(lines);
            var open = passages.Run(team, points, lines);
            for (var i = 0; i < lines.Count; i++)
                if (open[i]) Unite(lines[i].From, lines[i].To);
        }
    }

    private int Root(int i)
    {
        while (parents[i] != i) i = parents[i] = parents[parents[i]];
        return i;
    }

    private bool Unite(int i, int j)
    {
        var (a, b) = (Root(i), Root(j));
        if (a == b) return false;
        (parents[Math.Max(a, b)], parents[Math.Min(a, b)]) = (Math.Min(a, b), Math.Min(a, b));
        return true;
    }

    private void Number()
    {
        var roots = Enumerable.Range(0, points.Count).Select(Root).ToArray();
        var order = roots.GroupBy(root => root).OrderByDescending(part => part.Count()).ThenBy(part => part.Key).ToList();
        var numbers = order.Select((part, number) => (part.Key, number)).ToDictionary(pair => pair.Key, pair => pair.number);
        Labels = [.. roots.Select(root => numbers[root])];
        Sizes = [.. order.Select(part => part.Count())];
    }
}
