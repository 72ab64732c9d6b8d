using System.Globalization;
using System.Text;
using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>Writes one node after the other; nodes that have a name are written by it. Nothing recurses.</summary>
internal sealed class NodeText(IReadOnlyList<string> variables, IReadOnlyList<string> parameters)
{
    // How tight an expression holds together, loose to tight, as the language reads it.
    private const int Sum = 1, Product = 2, Signed = 3, Power = 4, Whole = 5;

    private readonly Dictionary<Expr, string> names = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> taken = [.. variables, .. parameters, .. variables.Concat(parameters).Select(BaseName)];
    private int lastName;

    /// <summary>Gives a node a name, by which it is written from now on.</summary>
    public string Define(Expr node)
    {
        string name;
        do name = string.Create(CultureInfo.InvariantCulture, $"d{++lastName}");
        while (!taken.Add(name));
        names.Add(node, name);
        return name;
    }

    /// <summary>The text of a node.</summary>
    public string Of(Expr node) => Write([new Piece(node, Sum)]);

    /// <summary>The text of the constraint that the node is 0, or at most 0, with its two sides apart where the node is a difference.</summary>
    public string Of(Expr node, bool isEquality)
    {
        var (atMost, atLeast) = isEquality ? (" == ", " == ") : (" <= ", " >= ");
        var inputs = node.Inputs;
        if (names.ContainsKey(node)) return Write([new(node, Sum), new($"{atMost}0")]);
        return node.Operation switch
        {
            Operation.Subtract when inputs[0].Operation == Operation.Constant && !isEquality =>
                Write([new(inputs[1], Sum), new(atLeast), new(inputs[0], Sum)]),
            Operation.Subtract => Write([new(inputs[0], Sum), new(atMost), new(inputs[1], Sum)]),
            Operation.Add when inputs[1].Operation == Operation.Constant => Write([new(inputs[0], Sum), new(atMost), new(-inputs[1], Sum)]),
            Operation.Negate when !isEquality => Write([new(inputs[0], Sum), new($"{atLeast}0")]),
            _ => Write([new(node, Sum), new($"{atMost}0")]),
        };
    }

    private static string BaseName(string name) => name.Split('[')[0];

    private string Write(ReadOnlySpan<Piece> pieces)
    {
        var text = new StringBuilder();
        var stack = new Stack<Piece>();
        Push(stack, pieces);
        while (stack.TryPop(out var piece))
        {
            if (piece.Node is null) text.Append(piece.Text);
            else if (names.TryGetValue(piece.Node, out var name)) text.Append(name);
            else if (Level(piece.Node) < piece.Level) Push(stack, [new("("), new(piece.Node, Sum), new(")")]);
            else Push(stack, Parts(piece.Node));
        }

        return text.ToString();
    }

    private static void Push(Stack<Piece> stack, ReadOnlySpan<Piece> pieces)
    {
        for (var i = pieces.Length - 1; i >= 0; i--) stack.Push(pieces[i]);
    }

    private static int Level(Expr node) => node.Operation switch
    {
        Operation.Add or Operation.Subtract => Sum,
        Operation.Multiply or Operation.Divide => Product,
        Operation.Negate => Signed,
        Operation.Constant when node.Number < 0 => Signed,
        Operation.Power or Operation.IntegerPower => Power,
        _ => Whole,
    };

    private Piece[] Parts(Expr node)
    {
        var inputs = node.Inputs;
        return node.Operation switch
        {
            Operation.Constant => [new(node.Number.ToString("R", CultureInfo.InvariantCulture))],
            Operation.Variable => [new(Name(variables, node.Index, "variable"))],
            Operation.Parameter => [new(Name(parameters, node.Index, "parameter"))],
            Operation.Add => [new(inputs[0], Sum), new(" + "), new(inputs[1], Product)],
            Operation.Subtract => [new(inputs[0], Sum), new(" - "), new(inputs[1], Product)],
            Operation.Multiply => [new(inputs[0], Product), new("*"), new(inputs[1], Signed)],
            Operation.Divide => [new(inputs[0], Product), new("/"), new(inputs[1], Signed)],
            Operation.Negate => [new("-"), new(inputs[0], Signed)],
            Operation.Power => [new(inputs[0], Whole), new("^"), new(inputs[1], Signed)],
            Operation.IntegerPower => [new(inputs[0], Whole), new("^"), new(node.Index.ToString(CultureInfo.InvariantCulture))],
            Operation.Choose =>
            [
                new("where("), new(inputs[0], Sum), new(" <= "), new(inputs[1], Sum),
                new(", "), new(inputs[2], Sum), new(", "), new(inputs[3], Sum), new(")"),
            ],
            Operation.Norm when VariableRange(inputs) is { } range => [new($"norm({range})")],
            Operation.DivideOrZero => Call("ratio", [.. inputs]),
            Operation.Min or Operation.Max => Call(FunctionName(node), Chain(node)),
            Operation.Call or Operation.Component => throw new ArgumentException(
                $"the user's function '{(node.Function ?? inputs[0].Function)?.Name}' has no text: write its formula, or keep the problem in code"),
            _ => Call(FunctionName(node), [.. inputs]),
        };
    }

    private static string FunctionName(Expr node) => node.Operation.ToString().ToLowerInvariant();

    private static Piece[] Call(string name, IReadOnlyList<Expr> arguments) =>
        [new($"{name}("), .. arguments.SelectMany((a, i) => i == 0 ? new[] { new Piece(a, Sum) } : [new(", "), new(a, Sum)]), new(")")];

    // min(min(a, b), c) is written min(a, b, c), which is read from left to right.
    private List<Expr> Chain(Expr node)
    {
        var arguments = new List<Expr>();
        var operation = node.Operation;
        do
        {
            arguments.Add(node.Inputs[1]);
            node = node.Inputs[0];
        }
        while (node.Operation == operation && !names.ContainsKey(node));
        arguments.Add(node);
        arguments.Reverse();
        return arguments;
    }

    // Neighbouring entries of one vector are written as that vector or a part of it.
    private string? VariableRange(ReadOnlySpan<Expr> inputs)
    {
        var first = inputs[0].Index;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Operation != Operation.Variable || inputs[i].Index != first + i || first + i >= variables.Count) return null;
        }

        var vector = BaseName(variables[first]);
        var index = variables[first].AsSpan(vector.Length).Trim("[]");
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var start)) return null;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (variables[first + i] != $"{vector}[{start + i}]") return null;
        }

        var end = start + inputs.Length;
        var isAll = start == 0 && !(first + inputs.Length < variables.Count && variables[first + inputs.Length] == $"{vector}[{end}]");
        return isAll ? vector : $"{vector}[{start}:{end}]";
    }

    private static string Name(IReadOnlyList<string> known, int index, string kind) => index < known.Count
        ? known[index]
        : throw new ArgumentException($"{kind} {index} has no name: {known.Count} names were given");

    /// <summary>A text as it stands, or a node with the level that its place asks for.</summary>
    private readonly record struct Piece(Expr? Node, int Level, string? Text)
    {
        public Piece(string text)
            : this(null, 0, text)
        {
        }

        public Piece(Expr node, int level)
            : this(node, level, null)
        {
        }
    }
}
