using Locus.Engine.Programs;
using Locus.Expressions;

namespace Locus.Problems;

/// <summary>
/// What a point violates, row by row, as Gauss-Newton steps see it: r(u, c') = 0 exactly on the set, the box left out. A row is h, or [g]_+; a union has the
/// rows of the member with the smallest penalty, filled up with zeros: so the sum of squares, by which steps are judged, has no jumps. The Jacobian's row of an inequality that holds is 0, and on the set only
/// the rows of equalities are left: they span the normal space. <see cref="Signed"/> has the rows before [.]_+, for steps that look ahead.
/// <para><see cref="Distance"/> goes by r / |r'| instead, the distance to the row's set to first order in the coordinates of the programs, whatever units and slopes constraints have.</para>
/// </summary>
public sealed class Residuals
{
    // Where a slope is smaller than this, nothing is near.
    private const double SmallestSlope = 1e-18;
    private readonly Lazy<Program> distance;
    private readonly Lazy<Program> values;
    private readonly Lazy<Program> jacobian;
    private readonly Lazy<Program> signed;
    private readonly Lazy<Program> normals;
    private readonly Lazy<Program> equalities;

    /// <summary>The rows of a constraint.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="standardized">Takes expressions into the coordinates of the programs.</param>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">C.</param>
    internal Residuals(Constraint constraint, Func<IReadOnlyList<Expr>, Expr[]> standardized, int dimension, int conditions)
    {
        Expr[] u = [.. Enumerable.Range(0, dimension).Select(Expr.Variable)];
        var leaves = Leaves(constraint).ToList();
        var changed = standardized([.. leaves.Select(leaf => leaf.Value)]);
        var whole = Part.Of(constraint, new Queue<Part>(leaves.Select((leaf, i) => Part.Of(leaf with { Value = changed[i] }, u))));
        var rows = whole.Rows;
        Expr[] violations = [.. rows.Select(row => row.Violation)], signs = [.. rows.Select(row => row.Value), .. rows.Select(row => row.IsInequality)];
        Count = rows.Length;
        distance = new Lazy<Program>(() => Compiler.Compile(whole.SquaredDistance.Value, dimension, conditions));
        values = new Lazy<Program>(() => Compiler.Compile(violations, dimension, conditions));
        jacobian = new Lazy<Program>(() =>
            Compiler.Compile([.. violations, .. Derivatives.Jacobian(violations, u).SelectMany(row => row)], dimension, conditions));
        signed = new Lazy<Program>(() =>
            Compiler.Compile([.. signs, .. Derivatives.Jacobian(signs[..Count], u).SelectMany(row => row)], dimension, conditions));
        Expr[] ofEqualities = [.. rows.Where(row => !row.IsAlwaysInequality).Select(row => row.EqualityOnly)];
        EqualityCount = ofEqualities.Length;
        normals = new Lazy<Program>(() => Compiler.Compile([.. Derivatives.Jacobian(ofEqualities, u).SelectMany(row => row)], dimension, conditions));
        equalities = new Lazy<Program>(() =>
            Compiler.Compile([.. ofEqualities, .. Derivatives.Jacobian(ofEqualities, u).SelectMany(row => row)], dimension, conditions));
    }

    /// <summary>R, the number of rows; 0 where the box alone is the set.</summary>
    public int Count { get; }

    /// <summary>Q, the number of rows that are an equality somewhere; 0 for a set of inequalities alone.</summary>
    public int EqualityCount { get; }

    /// <summary>
    /// u [D], c' [C] to the squared distance to the set to first order, sum_i r_i^2 / |r_i'|^2, of a union that of its nearest member, and its gradient [D] with the slopes |r_i'| held fixed.
    /// Compiled on first use.
    /// </summary>
    internal Program Distance => distance.Value;

    /// <summary>u [D], c' [C] to r [R]. Compiled on first use.</summary>
    public Program Values => values.Value;

    /// <summary>u [D], c' [C] to r [R], then the Jacobian dr/du [R, D] row by row. Compiled on first use.</summary>
    public Program Jacobian => jacobian.Value;

    /// <summary>
    /// u [D], c' [C] to g or h [R], then 1 for each row of an inequality and 0 for one of an equality [R], then the Jacobian of g or h [R, D] row by row.
    /// Compiled on first use.
    /// </summary>
    public Program Signed => signed.Value;

    /// <summary>
    /// u [D], c' [C] to the gradients of the equalities row by row, [at most R, D]; a row of a union's member that is an inequality is 0. On the set they
    /// span the normal space. Compiled on first use.
    /// </summary>
    public Program Normals => normals.Value;

    /// <summary>u [D], c' [C] to h [Q], then their gradients [Q, D], those of <see cref="Normals"/>; a row of a union's member that is an inequality is 0. Compiled on first use.</summary>
    public Program Equalities => equalities.Value;

    private static IEnumerable<Row> Leaves(Constraint constraint) => constraint switch
    {
        Inequality inequality => [new(inequality.Value, 1)],
        Equality equality => [new(equality.Value, 0)],
        AllOf all => all.Members.SelectMany(Leaves),
        AnyOf any => any.Members.SelectMany(Leaves),
        _ => throw new ArgumentException($"a constraint of kind {constraint.GetType().Name} has no rows", nameof(constraint)),
    };

    /// <summary>A constraint's rows and their penalty, and the squared distance to its set with its gradient, [1 + D], made when it is asked for.</summary>
    private sealed record Part(Row[] Rows, Expr Penalty, Lazy<Expr[]> SquaredDistance)
    {
        /// <summary>One row.</summary>
        public static Part Of(Row row, Expr[] u) => new([row], Functions.Square(row.Violation), new(() =>
        {
            var gradient = Derivatives.Gradient(row.Value, u);
            var slope = Functions.Max(Functions.Norm(gradient), SmallestSlope);
            var length = row.Violation / slope;
            return [Functions.Square(length), .. gradient.Select(g => length * (2 * g / slope))];
        }));

        /// <summary>A constraint; takes the parts of its leaves, in their order.</summary>
        public static Part Of(Constraint constraint, Queue<Part> leaves) => constraint switch
        {
            AllOf all => All([.. all.Members.Select(member => Of(member, leaves))]),
            AnyOf any => any.Members.Select(member => Of(member, leaves)).Aggregate(Any),
            _ => leaves.Dequeue(),
        };

        private static Part All(Part[] members) => new(
            [.. members.SelectMany(member => member.Rows)],
            Functions.Sum(members.Select(member => member.Penalty)),
            new(() => [.. Enumerable.Range(0, members[0].SquaredDistance.Value.Length).Select(i => Functions.Sum(members.Select(member => member.SquaredDistance.Value[i])))]));

        private static Part Any(Part first, Part second)
        {
            Expr Chosen(Expr yes, Expr no) => ReferenceEquals(yes, no) ? yes : Functions.Where(first.Penalty, second.Penalty, yes, no);
            return new(
                [.. Padded(first, second).Zip(Padded(second, first), (a, b) => new Row(Chosen(a.Value, b.Value), Chosen(a.IsInequality, b.IsInequality)))],
                Functions.Min(first.Penalty, second.Penalty),
                new(() => Nearest(first.SquaredDistance.Value, second.SquaredDistance.Value)));
        }

        private static Expr[] Nearest(Expr[] first, Expr[] second) =>
            [Functions.Min(first[0], second[0]), .. first.Skip(1).Zip(second.Skip(1), (yes, no) => Functions.Where(first[0], second[0], yes, no))];

        // Rows that only the other has are zeros of its kind.
        private static Row[] Padded(Part part, Part other) => [.. part.Rows, .. other.Rows.Skip(part.Rows.Length).Select(row => new Row(0, row.IsInequality))];
    }

    /// <summary>One row: g or h, and 1 or 0.</summary>
    private readonly record struct Row(Expr Value, Expr IsInequality)
    {
        public bool IsAlwaysInequality => IsInequality is { Operation: Operation.Constant, Number: > 0 };

        public Expr EqualityOnly => IsInequality.Operation == Operation.Constant ? Value : Functions.Where(IsInequality, 0, Value, 0);

        // As in the slack: 0 comes first, so that at g = 0 the derivative is 0.
        public Expr Violation => IsInequality.Operation != Operation.Constant ? Functions.Where(IsInequality, 0, Value, Functions.Max(0, Value))
            : IsAlwaysInequality ? Functions.Max(0, Value) : Value;
    }
}
