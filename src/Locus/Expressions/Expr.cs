using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>
/// A scalar of an immutable expression graph over a point x [D] and a condition c [C]: what the operators and <see cref="Functions"/>
/// build, <see cref="Derivatives"/> differentiates and <see cref="Compiler"/> turns into a program. A node that is used twice is
/// one node; comparing gives a <see cref="Constraint"/>, so that identity is asked for by ReferenceEquals. Constants are folded and
/// trivial terms (x + 0, 1 x, 0 x, x - x, -(-x)) dropped while the graph is built. Graphs of any depth are allowed: nothing recurses.
/// </summary>
public sealed class Expr
{
    private readonly Expr[] arguments;

    internal Expr(Operation operation, Expr[] arguments, double number = 0, int index = 0, OpaqueFunction? function = null)
    {
        Operation = operation;
        this.arguments = arguments;
        Number = number;
        Index = index;
        Function = function;
    }

    /// <summary>What the node computes.</summary>
    public Operation Operation { get; }

    /// <summary>The nodes it computes from, in the order of the operation's inputs; empty for a leaf.</summary>
    public IReadOnlyList<Expr> Arguments => arguments;

    /// <summary>The value of a constant; 0 for other nodes.</summary>
    public double Number { get; }

    /// <summary>The index of a variable, parameter or component, the exponent of an integer power; 0 for other nodes.</summary>
    public int Index { get; }

    /// <summary>The function of a call; null for other nodes.</summary>
    public OpaqueFunction? Function { get; }

    internal ReadOnlySpan<Expr> Inputs => arguments;

    /// <summary>Coordinate <paramref name="index"/> of the point x.</summary>
    /// <param name="index">0 to D - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static Expr Variable(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(Operation.Variable, [], index: index);
    }

    /// <summary>Component <paramref name="index"/> of the condition c.</summary>
    /// <param name="index">0 to C - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static Expr Parameter(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(Operation.Parameter, [], index: index);
    }

    /// <summary>A number as an expression.</summary>
    /// <param name="number">A finite number.</param>
    /// <exception cref="ArgumentException">The number is NaN or infinite.</exception>
    public static Expr Constant(double number) => double.IsFinite(number)
        ? new(Operation.Constant, [], number)
        : throw new ArgumentException(
            $"the number {Text(number)} cannot stand in an expression: constants must be finite (leave a bound out instead of making it infinite)",
            nameof(number));

    /// <summary>A number as an expression; see <see cref="Constant"/>.</summary>
    /// <param name="number">A finite number.</param>
    public static implicit operator Expr(double number) => Constant(number);

    /// <summary>a + b.</summary>
    public static Expr operator +(Expr a, Expr b) => Folding.Build(Operation.Add, a, b);

    /// <summary>a - b.</summary>
    public static Expr operator -(Expr a, Expr b) => Folding.Build(Operation.Subtract, a, b);

    /// <summary>a b.</summary>
    public static Expr operator *(Expr a, Expr b) => Folding.Build(Operation.Multiply, a, b);

    /// <summary>a / b.</summary>
    public static Expr operator /(Expr a, Expr b) => Folding.Build(Operation.Divide, a, b);

    /// <summary>-a.</summary>
    public static Expr operator -(Expr a) => Folding.Build(Operation.Negate, a);

    /// <summary>The constraint a &lt;= b.</summary>
    public static Constraint operator <=(Expr a, Expr b) => new Inequality(a - b);

    /// <summary>The constraint a &gt;= b.</summary>
    public static Constraint operator >=(Expr a, Expr b) => new Inequality(b - a);

    /// <summary>The constraint a = b.</summary>
    public static Constraint operator ==(Expr a, Expr b) => new Equality(a - b);

    /// <summary>There is no such constraint: almost every point meets it.</summary>
    [Obsolete("'!=' is no constraint: almost every point meets it. Use <=, >= or ==, and 'is null' to ask for null.", error: true)]
    public static Constraint operator !=(Expr a, Expr b) => throw new NotSupportedException("'!=' is no constraint");

    /// <summary>The same expression with other expressions in place of variables and parameters.</summary>
    /// <param name="variable">What stands for coordinate i of x.</param>
    /// <param name="parameter">What stands for component i of c.</param>
    public Expr Substitute(Func<int, Expr> variable, Func<int, Expr> parameter) => Graph.Substitute([this], variable, parameter)[0];

    /// <summary>The value at one point, in double precision. For many points compile a program.</summary>
    /// <param name="x">The point, [D].</param>
    /// <param name="c">The condition, [C].</param>
    /// <exception cref="ArgumentException">x or c is shorter than the expression needs.</exception>
    public double Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> c) => Evaluation.Values([this], x, c)[0];

    /// <summary>True for the same node only.</summary>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <summary>The hash of the node's identity.</summary>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private static string Text(double number) => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
