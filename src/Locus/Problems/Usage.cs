using Locus.Engine.Programs;
using Locus.Expressions;

namespace Locus.Problems;

/// <summary>Which variables and parameters the formulas of a problem use.</summary>
internal static class Usage
{
    /// <summary>The variables that nothing limits: neither a box on both sides, nor a constraint or, on all of space, the energy.</summary>
    /// <param name="problem">The problem.</param>
    public static IEnumerable<Variable> Unlimited(Problem problem)
    {
        var limits = Of(problem, energy: problem.IsUnlimited);
        return problem.Variables.Where((variable, i) => !limits.Contains((Operation.Variable, i)) && !(double.IsFinite(variable.Lower) && double.IsFinite(variable.Upper)));
    }

    /// <summary>What is used, as operation and index.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="energy">Whether the energy's uses count too; of one by code nobody sees them, and all may be.</param>
    public static HashSet<(Operation Operation, int Index)> Of(Problem problem, bool energy)
    {
        var used = new HashSet<(Operation, int)>();
        var seen = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
        if (energy && problem.Energy is not (null or FormulaDensity))
            return [.. Enumerable.Range(0, problem.Dimension).Select(i => (Operation.Variable, i)), .. Enumerable.Range(0, problem.ConditionCount).Select(j => (Operation.Parameter, j))];
        foreach (var value in problem.Constraints.SelectMany(ConstraintRules.Values).Concat(energy && problem.Energy is FormulaDensity formula ? [formula.Energy] : []))
        {
            ConstraintRules.Walk(value, seen, node =>
            {
                if (node.Operation is Operation.Variable or Operation.Parameter) used.Add((node.Operation, node.Index));
            });
        }
        return used;
    }
}
