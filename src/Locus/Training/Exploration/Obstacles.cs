using Locus.Expressions;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>What keeps a set from being explored, as errors for a person.</summary>
internal static class Obstacles
{
    /// <summary>No point of the set was found; the constraint that blocks is the one that is violated most where the search came nearest.</summary>
    public static TrainingException NothingFound(StandardSet set, SearchResult search) => new(
        $"no point of '{set.Problem.Name}' was found: the search began at {search.Starts} points, and "
        + (double.IsNaN(search.SmallestSlack) ? "wherever it came its constraints are not numbers" : Nearest(set, search))
        + ". Let 'locus check' look for the constraint that blocks.");

    private static string Nearest(StandardSet set, SearchResult search)
    {
        var (problem, standard) = (set.Problem, set.Standard);
        double[] x = [.. search.Nearest.Select((u, d) => standard.Center[d] + standard.Scale[d] * u)];
        Evaluator slacks = new(Compiler.Compile([.. problem.Constraints.Select(constraint => constraint.Slack)], problem.Dimension, 0));
        var subjects = new Subjects(problem);
        var values = slacks.At(x, []).ToArray();
        var worst = Enumerable.Range(0, values.Length).MaxBy(i => values[i]);
        var blocks = values.Length > 0 && values[worst] > 0 ? $" '{subjects.Names[worst]}' blocks most, with a slack of {Subjects.Short(values[worst])}" : " its box blocks";
        return $"the smallest slack it came to is {Subjects.Short(search.SmallestSlack)}, at {subjects.Place(x, [])}: there{blocks}";
    }

    /// <summary>The set goes on in some coordinates as far as anybody looked.</summary>
    public static TrainingException NoEnd(StandardSet set, IReadOnlyList<int> coordinates)
    {
        const int most = 4;
        var names = string.Join(", ", coordinates.Take(most).Select(d => set.Problem.Variables[d].Name)) + (coordinates.Count > most ? ", ..." : "");
        return new($"no end of '{set.Problem.Name}' was found in {names}: the set goes on as far as points of it were drawn, and on a set without end none are uniform. Give a box to {(coordinates.Count == 1 ? "it" : "them")}{(set.Problem.Energy is null ? "" : ", beyond which the energy leaves nothing")}.");
    }
}
