using Locus.Engine.Programs;
using Locus.Expressions;

namespace Locus.Problems;

/// <summary>
/// What a point violates, row by row, as Gauss-Newton steps see it: r(u, c') = 0 exactly on the set, the box left out. A row is h, or [g]_+; a union has the
/// rows of the member with the smallest penalty, filled up with zeros. So the Jacobian's row of an inequality that holds is 0, and on the set only
/// the rows of equalities are left: they span the normal space.
/// </summary>
public sealed class Residuals
{
    private readonly Lazy<Program> values;
    private readonly Lazy<Program> jacobian;

    /// <summary>The rows of a constraint.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="standardized">Takes an expression into the coordinates of the program.</param>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">C.</param>
    internal Residuals(Constraint constraint, Func<Expr, Expr> standardized, int dimension, int conditions)
    {
        Expr[] rows = [.. Rows(constraint).Select(standardized)];
        Count = rows.Length;
        values = new Lazy<Program>(() => Compiler.Compile(rows, dimension, conditions));
        jacobian = new Lazy<Program>(() =>
        {
            var u = Enumerable.Range(0, dimension).Select(Expr.Variable).ToList();
            return Compiler.Compile([.. rows, .. rows.SelectMany(row => Derivatives.Gradient(row, u))], dimension, conditions);
        });
    }

    /// <summary>R, the number of rows; 0 where the box alone is the set.</summary>
    public int Count { get; }

    /// <summary>u [D], c' [C] to r [R]. Compiled on first use.</summary>
    public Program Values => values.Value;

    /// <summary>u [D], c' [C] to r [R], then the Jacobian dr/du [R, D] row by row. Compiled on first use.</summary>
    public Program Jacobian => jacobian.Value;

    private static Expr[] Rows(Constraint constraint) => constraint switch
    {
        // As in the slack: 0 comes first, so that at g = 0 the derivative is 0.
        Inequality inequality => [Functions.Max(0, inequality.Value)],
        Equality equality => [equality.Value],
        AllOf all => [.. all.Members.SelectMany(Rows)],
        AnyOf any => Nearest(any),
        _ => throw new ArgumentException($"a constraint of kind {constraint.GetType().Name} has no rows", nameof(constraint)),
    };

    private static Expr[] Nearest(AnyOf any)
    {
        var members = any.Members.Select(member => (member.Penalty, Rows: Rows(member))).ToList();
        var count = members.Max(member => member.Rows.Length);
        var (penalty, rows) = (members[0].Penalty, Padded(members[0].Rows, count));
        foreach (var member in members.Skip(1))
        {
            var other = Padded(member.Rows, count);
            var (best, kept) = (penalty, rows);
            rows = [.. Enumerable.Range(0, count).Select(k => Functions.Where(best, member.Penalty, kept[k], other[k]))];
            penalty = Functions.Min(best, member.Penalty);
        }
        return rows;
    }

    private static Expr[] Padded(Expr[] rows, int count) => [.. rows, .. Enumerable.Repeat((Expr)0, count - rows.Length)];
}
