using System.Collections;
using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>A fixed list of expressions, such as the coordinates of a point: x[i], x[^1], x[a..b], and operators element by element.</summary>
public sealed class Vector : IReadOnlyList<Expr>
{
    private readonly Expr[] elements;

    /// <summary>A vector of the given elements.</summary>
    /// <param name="elements">The elements, in order; none may be null.</param>
    public Vector(params IEnumerable<Expr> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        this.elements = [.. elements];
        foreach (var element in this.elements) ArgumentNullException.ThrowIfNull(element, nameof(elements));
    }

    /// <summary>Number of elements.</summary>
    public int Length => elements.Length;

    /// <inheritdoc/>
    public int Count => elements.Length;

    /// <summary>One element.</summary>
    /// <param name="index">0 to Length - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public Expr this[int index] => (uint)index < (uint)elements.Length
        ? elements[index]
        : throw new ArgumentOutOfRangeException(
            nameof(index), $"element {index} of a vector of {elements.Length}: elements are counted from 0 to {elements.Length - 1}");

    /// <summary>The coordinates 0 to <paramref name="dimension"/> - 1 of x.</summary>
    /// <param name="dimension">Number of coordinates D.</param>
    public static Vector Variables(int dimension) => new(Enumerable.Range(0, dimension).Select(Expr.Variable));

    /// <summary>The components 0 to <paramref name="conditions"/> - 1 of the condition c.</summary>
    /// <param name="conditions">Number of components C.</param>
    public static Vector Parameters(int conditions) => new(Enumerable.Range(0, conditions).Select(Expr.Parameter));

    /// <summary>Numbers as a vector of constants.</summary>
    /// <param name="numbers">Finite numbers.</param>
    public static implicit operator Vector(double[] numbers) => Constants(numbers);

    /// <summary>Numbers as a vector of constants.</summary>
    /// <param name="numbers">Finite numbers.</param>
    public static Vector Constants(ReadOnlySpan<double> numbers)
    {
        var result = new Expr[numbers.Length];
        for (var i = 0; i < result.Length; i++) result[i] = numbers[i];
        return new(result);
    }

    /// <summary>The elements from <paramref name="start"/> on; this is what x[a..b] calls.</summary>
    /// <param name="start">First element.</param>
    /// <param name="length">Number of elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all in this vector.</exception>
    public Vector Slice(int start, int length) => start >= 0 && length >= 0 && start + length <= elements.Length
        ? new(elements.AsSpan(start, length).ToArray())
        : throw new ArgumentOutOfRangeException(nameof(length), $"elements {start} to {start + length - 1} of a vector of {elements.Length}");

    /// <summary>Element by element a + b.</summary>
    public static Vector operator +(Vector a, Vector b) => Pairs(Operation.Add, a, b);

    /// <summary>Element by element a - b.</summary>
    public static Vector operator -(Vector a, Vector b) => Pairs(Operation.Subtract, a, b);

    /// <summary>Element by element a b.</summary>
    public static Vector operator *(Vector a, Vector b) => Pairs(Operation.Multiply, a, b);

    /// <summary>Element by element a / b.</summary>
    public static Vector operator /(Vector a, Vector b) => Pairs(Operation.Divide, a, b);

    /// <summary>Adds b to each element.</summary>
    public static Vector operator +(Vector a, Expr b) => new(a.Select(e => e + b));

    /// <summary>Subtracts b from each element.</summary>
    public static Vector operator -(Vector a, Expr b) => new(a.Select(e => e - b));

    /// <summary>Multiplies each element by b.</summary>
    public static Vector operator *(Vector a, Expr b) => new(a.Select(e => e * b));

    /// <summary>Divides each element by b.</summary>
    public static Vector operator /(Vector a, Expr b) => new(a.Select(e => e / b));

    /// <summary>Adds a to each element.</summary>
    public static Vector operator +(Expr a, Vector b) => new(b.Select(e => a + e));

    /// <summary>Subtracts each element from a.</summary>
    public static Vector operator -(Expr a, Vector b) => new(b.Select(e => a - e));

    /// <summary>Multiplies each element by a.</summary>
    public static Vector operator *(Expr a, Vector b) => new(b.Select(e => a * e));

    /// <summary>Divides a by each element.</summary>
    public static Vector operator /(Expr a, Vector b) => new(b.Select(e => a / e));

    /// <summary>Element by element -a.</summary>
    public static Vector operator -(Vector a) => new(a.Select(e => -e));

    /// <inheritdoc/>
    public IEnumerator<Expr> GetEnumerator() => ((IEnumerable<Expr>)elements).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => elements.GetEnumerator();

    internal static void RequireEqualLengths(Vector a, Vector b, string operation)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Length != b.Length) throw new ArgumentException($"{operation} needs vectors of equal length, not of {a.Length} and {b.Length}");
    }

    private static Vector Pairs(Operation operation, Vector a, Vector b)
    {
        RequireEqualLengths(a, b, operation.ToString());
        return new(a.Zip(b, (x, y) => Folding.Build(operation, x, y)));
    }
}
