using Locus.Walks;

namespace Locus.Training;

/// <summary>What keeps a set from being explored, as errors for a person.</summary>
internal static class Obstacles
{
    /// <summary>No point of the set was found.</summary>
    public static TrainingException NothingFound(StandardSet set, SearchResult search) => new(
        $"no point of '{set.Problem.Name}' was found: the search began at {search.Starts} points, and "
        + (double.IsNaN(search.SmallestSlack) ? "wherever it came its constraints are not numbers" : FormattableString.Invariant($"the smallest slack it came to is {search.SmallestSlack:G3}"))
        + ". Let 'locus check' look for the constraint that blocks.");

    /// <summary>The set goes on in some coordinates as far as anybody looked.</summary>
    public static TrainingException NoEnd(StandardSet set, IReadOnlyList<int> coordinates)
    {
        const int most = 4;
        var names = string.Join(", ", coordinates.Take(most).Select(d => set.Problem.Variables[d].Name)) + (coordinates.Count > most ? ", ..." : "");
        return new($"no end of '{set.Problem.Name}' was found in {names}: the set goes on as far as points of it were drawn, and on a set without end none are uniform. Give a box to {(coordinates.Count == 1 ? "it" : "them")}.");
    }
}
