using Locus.Expressions;

namespace Locus.Problems.Language;

/// <summary>One function of the problem language: what it takes, and how it is applied.</summary>
/// <param name="Apply">From a call to its value; null where the call is wrong and that has been reported.</param>
internal sealed record Function(Func<Binder, CallSyntax, Value?> Apply)
{
    /// <summary>A function of one number; of a vector, entry by entry.</summary>
    public static Function Of(string takes, Func<Expr, Expr> function) => Entrywise(1, takes, a => function(a[0]));

    /// <summary>A function of two numbers, entry by entry.</summary>
    public static Function Of(string takes, Func<Expr, Expr, Expr> function) => Entrywise(2, takes, a => function(a[0], a[1]));

    /// <summary>A function of three numbers, entry by entry.</summary>
    public static Function Of(string takes, Func<Expr, Expr, Expr, Expr> function) => Entrywise(3, takes, a => function(a[0], a[1], a[2]));

    /// <summary>A function of all numbers that stand between its brackets, in vectors or not.</summary>
    public static Function OfAll(int least, Func<IReadOnlyList<Expr>, Expr> function) => new((binder, call) =>
    {
        if (binder.Items(call.Arguments, call.Loops) is not { } arguments) return null;
        if (arguments.Any(argument => argument is ConstraintValue)) return binder.Report(call.At, $"{call.Name} takes numbers or vectors, not constraints");
        binder.Spend(call.At, new Sequence(arguments).Size);
        var numbers = arguments.SelectMany(Binder.Entries).ToList();
        return numbers.Count < least
            ? binder.Report(call.At, $"{call.Name} needs at least one number")
            : binder.Elementwise(call.At, [.. numbers.Select(number => new Scalar(number))], all => function(all));
    });

    /// <summary>A function of two vectors of the same size.</summary>
    public static Function OfVectors(Func<Vector, Vector, Value> function, int? size = null) => new((binder, call) =>
    {
        if (Arguments(binder, call, 2, "two vectors") is not { } arguments) return null;
        if (Vector(arguments[0]) is not { } a || Vector(arguments[1]) is not { } b)
            return binder.Report(call.At, $"{call.Name} takes two vectors, found {arguments[0].Shown} and {arguments[1].Shown}");
        if (a.Length != b.Length) return binder.Report(call.At, $"{call.Name} takes two vectors of the same size, found {a.Length} and {b.Length}");
        if (a.Length != (size ?? a.Length)) return binder.Report(call.At, $"{call.Name} takes two vectors of {size}, found {a.Length}");
        binder.Spend(call.At, 2 * a.Length);
        return function(a, b);
    });

    /// <summary>size(v): the number of entries, a fixed number.</summary>
    public static Function OfSize() => new((binder, call) =>
        Arguments(binder, call, 1, "a vector") is not { } arguments ? null
        : arguments[0] is Sequence sequence ? new Scalar(sequence.Items.Count)
        : binder.Report(call.At, $"size takes a vector, found {arguments[0].Shown}"));

    /// <summary>where(a &lt;= b, yes, no).</summary>
    public static Function OfChoice() => new((binder, call) =>
    {
        if (call.Arguments.Count != 3 || call.Loops.Count > 0)
            return Arguments(binder, call, 3, "a <= b, yes, no") is null ? null : Wrong(binder, call);
        if (call.Arguments[0] is not ComparisonSyntax { Rest: [var (operation, right)], First: var left } || operation.Text == "==")
            return Wrong(binder, call);
        var (smaller, larger) = operation.Text == "<=" ? (left, right) : (right, left);
        return binder.Elementwise(
            call.At,
            [binder.Bind(smaller), binder.Bind(larger), binder.Bind(call.Arguments[1]), binder.Bind(call.Arguments[2])],
            a => Functions.Where(a[0], a[1], a[2], a[3]));
    });

    /// <summary>all(...) or any(...) of constraints.</summary>
    public static Function OfConstraints(Func<IEnumerable<Constraint>, Constraint> combine) => new((binder, call) =>
    {
        if (binder.Items(call.Arguments, call.Loops) is not { } arguments) return null;
        if (arguments.Count == 0) return binder.Report(call.At, $"{call.Name} needs at least one constraint");
        if (arguments.FirstOrDefault(argument => argument is not ConstraintValue) is { } other)
            return binder.Report(call.At, $"{call.Name} takes constraints such as a <= b, found {other.Shown}");
        return new ConstraintValue(combine(arguments.Select(argument => ((ConstraintValue)argument).Constraint)));
    });

    private static Function Entrywise(int count, string takes, Func<Expr[], Expr> function) => new((binder, call) =>
        Arguments(binder, call, count, takes) is { } arguments ? binder.Elementwise(call.At, [.. arguments], function) : null);

    private static IReadOnlyList<Value>? Arguments(Binder binder, CallSyntax call, int count, string takes)
    {
        var arguments = binder.Items(call.Arguments, call.Loops);
        var found = call.Loops.Count > 0 ? arguments?.Count : call.Arguments.Count;
        if (found is null || found == count) return arguments;
        binder.Report(call.At, $"{call.Name} takes {Numbers.Count(count, "argument", "arguments")} ({takes}), found {found}");
        return null;
    }

    private static Value? Wrong(Binder binder, CallSyntax call) =>
        binder.Report(call.At, "where takes a comparison and two values: where(a <= b, yes, no)");

    private static Vector? Vector(Value value) =>
        value is Sequence sequence && sequence.Items.All(item => item is Scalar) ? new Vector(Binder.Entries(sequence)) : null;
}
