using Locus.Expressions;

namespace Locus.Problems;

/// <summary>The two ways to see a problem whose variables are periodic: closed, as it is, or cut open at the ends of their boxes.</summary>
internal static class Seam
{
    /// <summary>
    /// Constraints that take any value of a periodic variable for the one in its box, x - p floor((x - lower) / p), so that who computes with them may run
    /// round the circle. Within the box their values are those of the constraints themselves, to the last bit.
    /// </summary>
    /// <param name="variables">[D].</param>
    /// <param name="constraints">What holds for values in the box.</param>
    public static IReadOnlyList<Constraint> Closed(IReadOnlyList<Variable> variables, IReadOnlyList<Constraint> constraints)
    {
        if (!variables.Any(x => x.Periodic)) return constraints;
        Expr[] turned = [.. variables.Select((x, d) => x.Periodic ? Turned(Expr.Variable(d), x) : Expr.Variable(d))];
        return [.. constraints.Select(constraint => JointProblem.Map(constraint, e => e.Substitute(d => turned[d], Expr.Parameter)))];
    }

    /// <summary>The problem with its boxes as limits, for who draws from one turn of each circle: the law is the same. A problem without periodic variables is its own.</summary>
    public static Problem Cut(Problem problem) => !problem.Variables.Any(x => x.Periodic) ? problem : new Problem(
        problem.Name, [.. problem.Variables.Select(x => x with { Periodic = false })], problem.Constraints, problem.Parameters, problem.Measure, problem.Description, density: problem.Energy);

    private static Expr Turned(Expr x, Variable variable)
    {
        var period = variable.Upper - variable.Lower;
        return x - period * Functions.Floor((x - variable.Lower) / period);
    }
}
