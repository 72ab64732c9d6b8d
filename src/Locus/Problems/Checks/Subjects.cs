using System.Globalization;
using Locus.Expressions;

namespace Locus.Problems;

/// <summary>The parts of a problem as checks see and name them.</summary>
internal sealed class Subjects
{
    /// <summary>Takes a problem apart.</summary>
    public Subjects(Problem problem)
    {
        Problem = problem;
        for (var i = 0; i < problem.Constraints.Count; i++)
        {
            Names.Add(Name(problem, i));
            Gather(problem.Constraints[i], i, always: true);
        }
    }

    /// <summary>One g or h: its constraint, its value, and whether it holds on all of the set (and is not one of several choices).</summary>
    public readonly record struct Leaf(int Constraint, Expr Value, bool IsEquality, bool Always);

    /// <summary>The problem.</summary>
    public Problem Problem { get; }

    /// <summary>The name of each constraint.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Every g and h, in order.</summary>
    public List<Leaf> Leaves { get; } = [];

    /// <summary>Does the set have no volume, because of equalities?</summary>
    public bool IsThin => Problem.Constraints.Any(Thin);

    /// <summary>Does a constraint's set have no volume?</summary>
    public static bool Thin(Constraint constraint) => constraint switch
    {
        Equality => true,
        AllOf all => all.Members.Any(Thin),
        AnyOf any => any.Members.All(Thin),
        _ => false,
    };

    /// <summary>A point as text: "x[0] = 1, x[1] = 2, given r = 3".</summary>
    public string Place(ReadOnlySpan<double> x, ReadOnlySpan<double> c) => Listed(Problem.Variables.Select(v => v.Name), x) + Given(c);

    /// <summary>Values of the parameters as an end of a sentence: ", given r = 3"; empty for a problem without.</summary>
    public string Given(ReadOnlySpan<double> c) => c.IsEmpty ? "" : $", given {Listed(Problem.Parameters.Select(p => p.Name), c)}";

    /// <summary>A number for a message.</summary>
    public static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Listed(IEnumerable<string> names, ReadOnlySpan<double> values)
    {
        const int most = 6;
        var parts = new List<string>();
        foreach (var name in names.Take(most)) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name} = {values[parts.Count]:G6}"));
        return string.Join(", ", parts) + (values.Length > most ? ", ..." : "");
    }

    private static string Name(Problem problem, int index)
    {
        var constraint = problem.Constraints[index];
        if (constraint.Label is { Length: > 0 } label) return label;
        var number = string.Create(CultureInfo.InvariantCulture, $"constraint {index + 1}");
        if (constraint is not (Inequality or Equality)) return number;
        try
        {
            var text = ExprText.Print([constraint], [.. problem.Variables.Select(v => v.Name)], [.. problem.Parameters.Select(p => p.Name)]);
            return text.Definitions.Count == 0 && text.Texts[0].Length <= 60 ? text.Texts[0] : number;
        }
        catch (ArgumentException)
        {
            // A function of the user has no text.
            return number;
        }
    }

    private void Gather(Constraint constraint, int index, bool always)
    {
        switch (constraint)
        {
            case Inequality inequality:
                Leaves.Add(new Leaf(index, inequality.Value, false, always));
                break;
            case Equality equality:
                Leaves.Add(new Leaf(index, equality.Value, true, always));
                break;
            case AllOf all:
                foreach (var member in all.Members) Gather(member, index, always);
                break;
            case AnyOf any:
                foreach (var member in any.Members) Gather(member, index, always && any.Members.Count == 1);
                break;
        }
    }
}
