using Locus.Engine.Programs;
using Locus.Expressions;

namespace Locus.Projection;

/// <summary>Equalities h(x, c) = 0 [M] and a condition on inequalities g(x, c) [P] that together make a part of the set. Immutable.</summary>
internal sealed class Branch
{
    private readonly Lazy<Program> equalityGradients;
    private readonly Lazy<Program>[] inequalityGradients;

    /// <summary>A branch from its parts.</summary>
    /// <param name="parts">Equalities, and constraints without any.</param>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">C.</param>
    public Branch(IReadOnlyList<Part> parts, int dimension, int conditions)
    {
        // Equalities that are one expression, or its negative, count once; what is 0 by its form counts for nothing.
        Part[] equal = [.. parts.Where(part => part.Constraint is Equality)];
        var forms = Graph.Canonical([.. equal.Select(part => ((Equality)part.Constraint).Value)]);
        bool IsNew(int j) => !Folding.IsConstant(forms[j], 0) && !Array.Exists(forms[..j], form => AreSame(form, forms[j]));
        int[] kept = [.. Enumerable.Range(0, forms.Length).Where(IsNew)];
        Expr[] h = [.. kept.Select(j => forms[j])];
        EqualityOrigins = [.. kept.Select(j => equal[j].Origin)];
        List<Expr> g = [];
        List<int> origins = [];
        List<Condition> members = [];
        foreach (var part in parts.Where(part => part.Constraint is not Equality))
        {
            members.Add(Condition.Of(part.Constraint, g));
            while (origins.Count < g.Count) origins.Add(part.Origin);
        }
        Condition = new Condition.All([.. members]);
        InequalityOrigins = [.. origins];
        Equalities = Compiler.Compile(h, dimension, conditions, exact: true);
        Inequalities = Compiler.Compile(g, dimension, conditions, exact: true);
        equalityGradients = new Lazy<Program>(() => Gradients(h));
        inequalityGradients = [.. g.Select(value => new Lazy<Program>(() => Gradients(value)))];

        Program Gradients(params Expr[] values) =>
            Compiler.Compile([.. values.SelectMany(value => Derivatives.Gradient(value, Vector.Variables(dimension)))], dimension, conditions);
    }

    /// <summary>x [D], c [C] to h [M].</summary>
    public Program Equalities { get; }

    /// <summary>x [D], c [C] to g [P].</summary>
    public Program Inequalities { get; }

    /// <summary>x [D], c [C] to dh/dx [M, D], about: for directions, not for proofs.</summary>
    public Program EqualityGradients => equalityGradients.Value;

    /// <summary>What the inequalities have to satisfy.</summary>
    public Condition Condition { get; }

    /// <summary>Number of the constraint that each equality comes from, [M].</summary>
    public int[] EqualityOrigins { get; }

    /// <summary>Number of the constraint that each inequality comes from, [P].</summary>
    public int[] InequalityOrigins { get; }

    /// <summary>x [D], c [C] to the gradient of one g [D], about. Compiled on first use, for few are ever on the edge.</summary>
    /// <param name="inequality">0 to P - 1.</param>
    public Program InequalityGradient(int inequality) => inequalityGradients[inequality].Value;

    // Of expressions that share their equal parts.
    private static bool AreSame(Expr a, Expr b) => ReferenceEquals(a, b) || IsNegative(a, b) || IsNegative(b, a)
        || (a.Operation == Operation.Subtract && b.Operation == Operation.Subtract
            && ReferenceEquals(a.Arguments[0], b.Arguments[1]) && ReferenceEquals(a.Arguments[1], b.Arguments[0]));

    private static bool IsNegative(Expr a, Expr b) => a.Operation == Operation.Negate && ReferenceEquals(a.Arguments[0], b);
}
