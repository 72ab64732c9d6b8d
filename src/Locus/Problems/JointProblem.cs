using Locus.Expressions;

namespace Locus.Problems;

/// <summary>
/// A problem whose parameters have become variables: the set of all pairs (x, c) of a parameter in its range and a point for it. Who explores a conditional
/// problem explores this one.
/// </summary>
internal static class JointProblem
{
    /// <summary>The pairs of a problem: D + C variables, no parameters; a problem without parameters is its own.</summary>
    public static Problem Of(Problem problem)
    {
        if (problem.ConditionCount == 0) return problem;
        Expr Joined(Expr e) => e.Substitute(Expr.Variable, j => Expr.Variable(problem.Dimension + j));
        return new Problem(
            problem.Name,
            [.. problem.Variables, .. problem.Parameters.Select(c => new Variable(c.Name, c.Lower, c.Upper, c.Unit))],
            [.. problem.Constraints.Select(constraint => Map(constraint, Joined))],
            measure: problem.Measure,
            description: problem.Description,
            energy: problem.Energy switch
            {
                null => null,
                FormulaDensity formula => Joined(formula.Energy),
                _ => throw new LocusException($"problem '{problem.Name}' has parameters and an energy by code, whose derivatives by the parameters are not known: write the energy as a formula"),
            });
    }

    /// <summary>A constraint with each of its values changed.</summary>
    public static Constraint Map(Constraint constraint, Func<Expr, Expr> change) => constraint switch
    {
        Inequality inequality => new Inequality(change(inequality.Value)) { Label = inequality.Label },
        Equality equality => new Equality(change(equality.Value)) { Label = equality.Label },
        AllOf all => new AllOf(all.Members.Select(member => Map(member, change))) { Label = all.Label },
        AnyOf any => new AnyOf(any.Members.Select(member => Map(member, change))) { Label = any.Label },
        _ => throw new ArgumentException($"a constraint of kind {constraint.GetType().Name} cannot be joined", nameof(constraint)),
    };
}
