using Locus.Engine.Programs;
using Locus.Expressions;

namespace Locus.Problems.Language;

/// <summary>
/// Gives an expression its meaning: names become values, operators work entry by entry on vectors, loops are unrolled. It goes on after
/// a mistake, so that all mistakes of an expression are reported; null stands for a value that a mistake has spoilt.
/// </summary>
/// <param name="scope">The names that are known.</param>
/// <param name="report">Takes a mistake: its place as an offset into the expression, and the message.</param>
internal sealed class Binder(Scope scope, Action<int, string> report)
{
    /// <summary>Most rounds of one loop.</summary>
    public const int MaximumRounds = 100_000;

    /// <summary>The value of <paramref name="syntax"/>, or null where it is wrong and that has been reported.</summary>
    public Value? Bind(Syntax syntax)
    {
        scope.Spend(syntax.At);
        return syntax switch
        {
            NumberSyntax number => new Scalar(number.Value),
            NameSyntax name => Named(name),
            NegateSyntax negate => Elementwise(negate.At, [Bind(negate.Operand)], a => -a[0]),
            ChainSyntax chain => Chain(chain),
            PowerSyntax power => Elementwise(power.At, [Bind(power.Base), Bind(power.Exponent)], a => Functions.Pow(a[0], a[1])),
            ComparisonSyntax comparison => Compare(comparison),
            IndexSyntax index => Index(index),
            SliceSyntax slice => Slice(slice),
            ListSyntax list => List(list.At, Items(list.Items, list.Loops)),
            CallSyntax call => FunctionTable.Call(this, call),
            _ => throw new InvalidOperationException($"{syntax.GetType().Name} is no expression"),
        };
    }

    /// <summary>The values of items, or of one item in each round of loops; null where one of them is wrong.</summary>
    public IReadOnlyList<Value>? Items(IReadOnlyList<Syntax> items, IReadOnlyList<LoopSyntax> loops)
    {
        var values = new List<Value>(items.Count);
        var good = true;
        if (loops.Count > 0) good = Repeat(items[0], loops, 0, values);
        else
        {
            foreach (var item in items)
            {
                if (Bind(item) is { } value) values.Add(value);
                else good = false;
            }
        }
        return good ? values : null;
    }

    /// <summary>A number that is known while the file is read.</summary>
    public double? Fixed(Syntax syntax)
    {
        var value = Bind(syntax);
        if (value is Scalar { Expression.Operation: Operation.Constant } scalar) return scalar.Expression.Number;
        if (value is not null)
            Report(syntax.At, $"expected a fixed number, found {(value is Scalar ? "one that depends on variables or parameters" : value.Shown)}");
        return null;
    }

    /// <summary>A whole number that is known while the file is read.</summary>
    public int? Whole(Syntax syntax)
    {
        if (Fixed(syntax) is not { } value) return null;
        if (value == Math.Floor(value) && Math.Abs(value) <= 1_000_000_000) return (int)value;
        Report(syntax.At, $"expected a whole number, found {Numbers.Print(value)}");
        return null;
    }

    /// <summary>Applies a function of numbers entry by entry; a number goes with each entry of a vector.</summary>
    public Value? Elementwise(int at, Value?[] arguments, Func<Expr[], Expr> function)
    {
        if (Array.Exists(arguments, argument => argument is null)) return null;
        scope.Spend(at);
        if (Array.Find(arguments, argument => argument is ConstraintValue) is not null)
            return Report(at, "expected a number, found a constraint such as a <= b");
        if (Array.TrueForAll(arguments, argument => argument is Scalar))
            return Finite(at, function(Array.ConvertAll(arguments, argument => ((Scalar)argument!).Expression)));
        var counts = arguments.OfType<Sequence>().Select(s => s.Items.Count).Distinct().ToList();
        if (counts.Count > 1) return Report(at, $"the sizes differ: {counts[0]} and {counts[1]}");
        var items = new List<Value>(counts[0]);
        for (var i = 0; i < counts[0]; i++)
        {
            var entries = Array.ConvertAll(arguments, argument => argument is Sequence s ? s.Items[i] : argument);
            if (Elementwise(at, entries, function) is not { } item) return null;
            items.Add(item);
        }
        return new Sequence(items);
    }

    /// <summary>Counts operations; see <see cref="Scope.Spend"/>.</summary>
    public void Spend(int at, long count) => scope.Spend(at, count);

    /// <summary>Takes a mistake; the result is null, so that a method can end with it.</summary>
    public Value? Report(int at, string message)
    {
        report(at, message);
        return null;
    }

    /// <summary>An unknown name, with the nearest known one.</summary>
    public Value? Unknown(int at, string name, string what, IEnumerable<string> known) =>
        Report(at, $"{what} \"{name}\" is not known{Suggestion.For(name, known)}");

    private Value? Named(NameSyntax name)
    {
        if (scope.TryGet(name.Name, out var value)) return value;
        return name.Name switch
        {
            "pi" => new Scalar(Math.PI),
            "e" => new Scalar(Math.E),
            "inf" => Report(name.At, "\"inf\" may stand as an end of a box only; what is to be left out of a set, or to have no density, is cut off by a box or a constraint"),
            "nan" => Report(name.At, "\"nan\" is not a number that a problem can hold"),
            _ when scope.ComesLater(name.Name) => Report(name.At, $"\"{name.Name}\" is not defined yet: a definition uses those above it"),
            _ when FunctionTable.IsReserved(name.Name) =>
                Report(name.At, $"the function \"{name.Name}\" needs its arguments in brackets: {name.Name}(...)"),
            _ => Unknown(name.At, name.Name, "the name", scope.Names),
        };
    }

    private Value? Chain(ChainSyntax chain)
    {
        var value = Bind(chain.First);
        foreach (var (operation, operand) in chain.Rest)
        {
            value = Elementwise(operation.Start, [value, Bind(operand)], operation.Text switch
            {
                "+" => a => a[0] + a[1],
                "-" => a => a[0] - a[1],
                "*" => a => a[0] * a[1],
                _ => a => a[0] / a[1],
            });
        }
        return value;
    }

    private Value? Finite(int at, Expr result)
    {
        // Constants are folded where the result is finite; an operation on constants alone is one whose result is not.
        if (result.Arguments.Count == 0 || result.Arguments.Any(a => a.Operation != Operation.Constant)) return new Scalar(result);
        var numbers = string.Join(" and ", result.Arguments.Select(a => Numbers.Print(a.Number)));
        return Report(at, $"this is not a finite number: {result.Operation} of {numbers}");
    }

    private ConstraintValue? Compare(ComparisonSyntax comparison)
    {
        var members = new List<Constraint>();
        var good = true;
        var left = Bind(comparison.First);
        foreach (var (operation, operand) in comparison.Rest)
        {
            var right = Bind(operand);
            // Entry by entry: the difference, whose entries are then compared with 0.
            var difference = operation.Text == ">="
                ? Elementwise(operation.Start, [right, left], a => a[0] - a[1])
                : Elementwise(operation.Start, [left, right], a => a[0] - a[1]);
            if (difference is null) good = false;
            else if (operation.Text == "==") members.AddRange(Entries(difference).Select(value => new Equality(value)));
            else members.AddRange(Entries(difference).Select(value => new Inequality(value)));
            left = right;
        }
        if (good && members.Count == 0) Report(comparison.At, "there is nothing to compare: the vectors are empty");
        return !good || members.Count == 0 ? null : new ConstraintValue(members.Count == 1 ? members[0] : new AllOf(members));
    }

    /// <summary>All numbers of a value, in order.</summary>
    public static IEnumerable<Expr> Entries(Value value) => value switch
    {
        Scalar scalar => [scalar.Expression],
        Sequence sequence => sequence.Items.SelectMany(Entries),
        _ => [],
    };

    private Value? Index(IndexSyntax syntax)
    {
        var (target, index) = (Bind(syntax.Target), Whole(syntax.Index));
        if (target is null || index is not { } i) return null;
        if (target is not Sequence sequence) return Report(syntax.At, $"only a vector has entries; this is {target.Shown}");
        if (i >= 0 && i < sequence.Items.Count) return sequence.Items[i];
        return Report(syntax.Index.At, sequence.Items.Count == 0
            ? $"there is no entry {i}: the vector is empty"
            : $"there is no entry {i}: the entries are 0 to {sequence.Items.Count - 1}");
    }

    private Value? Slice(SliceSyntax syntax)
    {
        var target = Bind(syntax.Target);
        var from = syntax.From is null ? 0 : Whole(syntax.From);
        var count = (target as Sequence)?.Items.Count ?? 0;
        var to = syntax.To is null ? count : Whole(syntax.To);
        if (target is null || from is not { } a || to is not { } b) return null;
        if (target is not Sequence sequence) return Report(syntax.At, $"only a vector has entries; this is {target.Shown}");
        if (a < 0 || b > count || a > b) return Report(syntax.At, $"there is no part {a}:{b} of {count} entries (the end is not included)");
        return new Sequence([.. sequence.Items.Skip(a).Take(b - a)]);
    }

    private Value? List(int at, IReadOnlyList<Value>? items)
    {
        if (items is null) return null;
        if (items.Any(item => item is ConstraintValue)) return Report(at, "constraints are combined by all(...) and any(...), not by [...]");
        var list = new Sequence(items);
        return list.Depth <= 4 ? list : Report(at, "more than 4 levels of lists");
    }

    private bool Repeat(Syntax item, IReadOnlyList<LoopSyntax> loops, int depth, List<Value> values)
    {
        if (depth == loops.Count)
        {
            if (Bind(item) is not { } value) return false;
            values.Add(value);
            return true;
        }
        var loop = loops[depth];
        if (scope.Knows(loop.Name))
            return Report(loop.At, $"\"{loop.Name}\" is already the name of something else: choose another index") is not null;
        var (from, to) = (Whole(loop.From), Whole(loop.To));
        if (from is not { } first || to is not { } end) return false;
        if (end < first) return Report(loop.At, $"the range {first}..{end} runs backwards (the end is not included)") is not null;
        if ((long)end - first > MaximumRounds) return Report(loop.At, $"the range {first}..{end} has more than {MaximumRounds} entries") is not null;
        var good = true;
        for (var i = first; i < end && good; i++)
        {
            scope.SetIndex(loop.Name, i);
            good = Repeat(item, loops, depth + 1, values);
        }
        scope.EndIndex(loop.Name);
        return good;
    }
}
