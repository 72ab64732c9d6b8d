using Locus.Engine.Programs;
using Locus.Expressions;

namespace Locus.Problems;

/// <summary>What a constraint's expressions must satisfy, and the energy's: coordinates and parameters that exist, and no constant that is not finite.</summary>
internal static class ConstraintRules
{
    /// <summary>Faults of an expression.</summary>
    public static IEnumerable<string> Faults(Expr expression, int dimension, int parameters) => Faults([expression], new HashSet<Expr>(ReferenceEqualityComparer.Instance), dimension, parameters);

    /// <summary>Faults of each constraint, [P + M] lists. A subexpression that several share is blamed on the first.</summary>
    public static IEnumerable<(int Constraint, string Message)> Faults(IReadOnlyList<Constraint> constraints, int dimension, int parameters)
    {
        var seen = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < constraints.Count; i++)
        {
            if (constraints[i] is null)
            {
                yield return (i, "it is null");
                continue;
            }
            foreach (var message in Faults(Values(constraints[i]), seen, dimension, parameters)) yield return (i, message);
        }
    }

    /// <summary>The values g and h of a constraint and of all its members, at any depth.</summary>
    public static IEnumerable<Expr> Values(Constraint constraint)
    {
        var open = new Stack<Constraint>([constraint]);
        while (open.TryPop(out var top))
        {
            switch (top)
            {
                case Inequality inequality:
                    yield return inequality.Value;
                    break;
                case Equality equality:
                    yield return equality.Value;
                    break;
                case AllOf all:
                    foreach (var member in all.Members.Reverse()) open.Push(member);
                    break;
                case AnyOf any:
                    foreach (var member in any.Members.Reverse()) open.Push(member);
                    break;
            }
        }
    }

    /// <summary>Visits each node below a root that has not been seen yet.</summary>
    public static void Walk(Expr root, HashSet<Expr> seen, Action<Expr> visit)
    {
        var open = new Stack<Expr>();
        if (seen.Add(root)) open.Push(root);
        while (open.TryPop(out var node))
        {
            visit(node);
            foreach (var argument in node.Arguments)
            {
                if (seen.Add(argument)) open.Push(argument);
            }
        }
    }

    private static IEnumerable<string> Faults(IEnumerable<Expr> values, HashSet<Expr> seen, int dimension, int parameters)
    {
        var messages = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var value in values) Walk(value, seen, node => messages.Add(Fault(node, dimension, parameters) ?? ""));
        return messages.Where(message => message.Length > 0);
    }

    private static string? Fault(Expr node, int dimension, int parameters) => node.Operation switch
    {
        Operation.Variable when node.Index >= dimension => $"it uses coordinate {node.Index}, but coordinates are 0 to {dimension - 1}",
        Operation.Parameter when parameters == 0 => $"it uses parameter {node.Index}, but the problem has no parameters",
        Operation.Parameter when node.Index >= parameters => $"it uses parameter {node.Index}, but parameters are 0 to {parameters - 1}",
        Operation.Constant when !double.IsFinite(node.Number) => $"it holds the constant {Numbers.Print(node.Number)}",
        Operation.Call or Operation.Component => null,
        // Constants are folded where the result is finite; an operation on constants alone is one whose result is not.
        _ when node.Arguments.Count > 0 && node.Arguments.All(a => a.Operation == Operation.Constant) =>
            $"the constant {node.Operation}({string.Join(", ", node.Arguments.Select(a => Numbers.Print(a.Number)))}) is not a finite number",
        _ => null,
    };
}
