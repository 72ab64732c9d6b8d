using Locus.Engine.Programs;
using Locus.Expressions;

namespace Locus.Problems;

/// <summary>
/// What a point violates, row by row, as Gauss-Newton steps see it: r(u, c') = 0 exactly on the set, the box left out. A row is h, or [g]_+; a union has the
/// rows of the member with the smallest penalty, filled up with zeros. So the Jacobian's row of an inequality that holds is 0, and on the set only
/// the rows of equalities are left: they span the normal space. <see cref="Signed"/> has the rows before [.]_+, for steps that look ahead.
/// </summary>
public sealed class Residuals
{
    private readonly Lazy<Program> values;
    private readonly Lazy<Program> jacobian;
    private readonly Lazy<Program> signed;

    /// <summary>The rows of a constraint.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="standardized">Takes an expression into the coordinates of the program.</param>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">C.</param>
    internal Residuals(Constraint constraint, Func<Expr, Expr> standardized, int dimension, int conditions)
    {
        Row[] rows = [.. Rows(constraint).Select(row => new Row(standardized(row.Value), standardized(row.IsInequality)))];
        Expr[] violations = [.. rows.Select(row => row.Violation)];
        Expr[] u = [.. Enumerable.Range(0, dimension).Select(Expr.Variable)];
        Count = rows.Length;
        values = new Lazy<Program>(() => Compiler.Compile(violations, dimension, conditions));
        jacobian = new Lazy<Program>(() =>
            Compiler.Compile([.. violations, .. violations.SelectMany(row => Derivatives.Gradient(row, u))], dimension, conditions));
        signed = new Lazy<Program>(() => Compiler.Compile(
            [.. rows.Select(row => row.Value), .. rows.Select(row => row.IsInequality), .. rows.SelectMany(row => Derivatives.Gradient(row.Value, u))],
            dimension,
            conditions));
    }

    /// <summary>R, the number of rows; 0 where the box alone is the set.</summary>
    public int Count { get; }

    /// <summary>u [D], c' [C] to r [R]. Compiled on first use.</summary>
    public Program Values => values.Value;

    /// <summary>u [D], c' [C] to r [R], then the Jacobian dr/du [R, D] row by row. Compiled on first use.</summary>
    public Program Jacobian => jacobian.Value;

    /// <summary>
    /// u [D], c' [C] to g or h [R], then 1 for each row of an inequality and 0 for one of an equality [R], then the Jacobian of g or h [R, D] row by row.
    /// Compiled on first use.
    /// </summary>
    public Program Signed => signed.Value;

    private static Row[] Rows(Constraint constraint) => constraint switch
    {
        Inequality inequality => [new(inequality.Value, 1)],
        Equality equality => [new(equality.Value, 0)],
        AllOf all => [.. all.Members.SelectMany(Rows)],
        AnyOf any => Nearest(any),
        _ => throw new ArgumentException($"a constraint of kind {constraint.GetType().Name} has no rows", nameof(constraint)),
    };

    private static Row[] Nearest(AnyOf any)
    {
        var members = any.Members.Select(member => (member.Penalty, Rows: Rows(member))).ToList();
        var count = members.Max(member => member.Rows.Length);
        var (penalty, rows) = (members[0].Penalty, Padded(members[0].Rows, count));
        foreach (var member in members.Skip(1))
        {
            var other = Padded(member.Rows, count);
            var (best, kept) = (penalty, rows);
            Expr Chosen(Expr first, Expr second) => Functions.Where(best, member.Penalty, first, second);
            rows = [.. kept.Zip(other, (a, b) => new Row(Chosen(a.Value, b.Value), Chosen(a.IsInequality, b.IsInequality)))];
            penalty = Functions.Min(best, member.Penalty);
        }
        return rows;
    }

    private static Row[] Padded(Row[] rows, int count) => [.. rows, .. Enumerable.Repeat(new Row(0, 0), count - rows.Length)];

    /// <summary>One row: g or h, and 1 or 0.</summary>
    private readonly record struct Row(Expr Value, Expr IsInequality)
    {
        // As in the slack: 0 comes first, so that at g = 0 the derivative is 0.
        public Expr Violation => IsInequality.Operation != Operation.Constant ? Functions.Where(IsInequality, 0, Value, Functions.Max(0, Value))
            : IsInequality.Number > 0 ? Functions.Max(0, Value) : Value;
    }
}
