using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>A sum with constant factors: offset + sum of factor times node, in the order in which the formula names the nodes.</summary>
internal sealed class LinearForm
{
    private readonly Dictionary<Expr, int> place = new(ReferenceEqualityComparer.Instance);
    private readonly List<Expr> nodes = [];
    private readonly List<double> factors = [];

    /// <summary>
    /// Unfolds a sum, through those of its nodes that the caller lets it take in. A factor goes into x + constant, but not into x - y: there the
    /// difference of near values is exact, the difference of their multiples is not.
    /// </summary>
    /// <param name="root">A sum, difference, negative or multiple.</param>
    /// <param name="absorbed">True for a node that becomes a part of the forms of its users.</param>
    public LinearForm(Expr root, Func<Expr, bool> absorbed)
    {
        var stack = new Stack<(Expr Node, double Factor)>();
        stack.Push((root, 1));
        while (stack.TryPop(out var top))
        {
            var (node, factor) = top;
            var inputs = node.Inputs;
            if (node.Operation == Operation.Constant) Offset = Sum(Offset, Product(factor, node.Number));
            else if (!ReferenceEquals(node, root) && (!absorbed(node) || (Math.Abs(factor) != 1 && HasTwoTerms(node)))) Add(node, factor);
            else if (node.Operation == Operation.Negate) stack.Push((inputs[0], -factor));
            else if (node.Operation == Operation.Multiply)
                stack.Push((Multiplied(node)!, Product(factor, inputs[IsConstant(inputs[0]) ? 0 : 1].Number)));
            else
            {
                stack.Push((inputs[1], node.Operation == Operation.Subtract ? -factor : factor));
                stack.Push((inputs[0], factor));
            }
        }

        for (var i = nodes.Count - 1; i >= 0; i--)
        {
            if (factors[i] != 0) continue;
            nodes.RemoveAt(i);
            factors.RemoveAt(i);
        }
    }

    /// <summary>A form of given parts.</summary>
    public LinearForm(IEnumerable<(Expr Node, double Factor)> terms, double offset)
    {
        foreach (var (node, factor) in terms) Add(node, factor);
        Offset = offset;
    }

    /// <summary>The constant part.</summary>
    public double Offset { get; }

    /// <summary>False if joining the constants has rounded any of them, so that the form is another function than the graph.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>The nodes and their factors.</summary>
    public IEnumerable<(Expr Node, double Factor)> Terms => nodes.Zip(factors);

    /// <summary>Number of nodes.</summary>
    public int Count => nodes.Count;

    /// <summary>True for sums, differences, negatives and constant multiples.</summary>
    public static bool Fits(Expr node) => node.Operation is Operation.Add or Operation.Subtract or Operation.Negate
        || (node.Operation == Operation.Multiply && (IsConstant(node.Inputs[0]) || IsConstant(node.Inputs[1])));

    /// <summary>The node that the form is, if it is nothing but that node; else null.</summary>
    public Expr? Alias() => Count == 1 && factors[0] == 1 && Offset == 0 ? nodes[0] : Count == 0 ? Offset : null;

    /// <summary>The instruction that computes the form: a sum or difference where it is no more than that, else a linear map.</summary>
    public Step Compute(Expr target)
    {
        if (Offset == 0 && Count == 1 && factors[0] == -1) return new(Operation.Negate, [nodes[0]], [target], []);
        if (Offset == 0 && Count == 2)
        {
            if (factors is [1, 1]) return new(Operation.Add, [.. nodes], [target], []);
            if (factors is [1, -1]) return new(Operation.Subtract, [.. nodes], [target], []);
            if (factors is [-1, 1]) return new(Operation.Subtract, [nodes[1], nodes[0]], [target], []);
        }

        return new(Operation.Linear, [.. nodes], [target], [.. factors, Offset]);
    }

    /// <summary>What the node is a constant multiple of; null if it is none.</summary>
    public static Expr? Multiplied(Expr node) =>
        node.Operation == Operation.Negate ? node.Inputs[0]
            : node.Operation == Operation.Multiply && Fits(node) ? node.Inputs[IsConstant(node.Inputs[0]) ? 1 : 0] : null;

    private static bool IsConstant(Expr node) => node.Operation == Operation.Constant;

    private static bool HasTwoTerms(Expr node) =>
        node.Operation is Operation.Add or Operation.Subtract && !IsConstant(node.Inputs[0]) && !IsConstant(node.Inputs[1]);

    private void Add(Expr node, double factor)
    {
        if (place.TryGetValue(node, out var at))
        {
            factors[at] = Sum(factors[at], factor);
            return;
        }

        place.Add(node, nodes.Count);
        nodes.Add(node);
        factors.Add(factor);
    }

    private double Product(double a, double b)
    {
        var product = a * b;
        // Below 2^-960 the error of a product may be smaller than the smallest double.
        IsExact &= Math.FusedMultiplyAdd(a, b, -product) == 0 && (a == 0 || b == 0 || Math.Abs(product) > 1.1e-289);
        return product;
    }

    private double Sum(double a, double b)
    {
        var sum = a + b;
        var partOfB = sum - a;
        IsExact &= (a - (sum - partOfB)) + (b - partOfB) == 0;
        return sum;
    }
}
