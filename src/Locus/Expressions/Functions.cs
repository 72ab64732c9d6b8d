using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>
/// The functions of the expression language, for `using static`. Angles are in radians. Where a function has a kink, its
/// derivative is the one that the table at <see cref="Derivatives"/> gives.
/// </summary>
public static class Functions
{
    /// <summary>The magnitude of a.</summary>
    public static Expr Abs(Expr a) => Folding.Build(Operation.Abs, a);

    /// <summary>The square root of a; NaN below 0.</summary>
    public static Expr Sqrt(Expr a) => Folding.Build(Operation.Sqrt, a);

    /// <summary>e to the power a.</summary>
    public static Expr Exp(Expr a) => Folding.Build(Operation.Exp, a);

    /// <summary>The natural logarithm of a; -infinity at 0, NaN below.</summary>
    public static Expr Log(Expr a) => Folding.Build(Operation.Log, a);

    /// <summary>The sine of a.</summary>
    public static Expr Sin(Expr a) => Folding.Build(Operation.Sin, a);

    /// <summary>The cosine of a.</summary>
    public static Expr Cos(Expr a) => Folding.Build(Operation.Cos, a);

    /// <summary>The tangent of a.</summary>
    public static Expr Tan(Expr a) => Folding.Build(Operation.Tan, a);

    /// <summary>The angle in [-pi/2, pi/2] whose sine is a; NaN outside [-1, 1].</summary>
    public static Expr Asin(Expr a) => Folding.Build(Operation.Asin, a);

    /// <summary>The angle in [0, pi] whose cosine is a; NaN outside [-1, 1].</summary>
    public static Expr Acos(Expr a) => Folding.Build(Operation.Acos, a);

    /// <summary>The angle in (-pi/2, pi/2) whose tangent is a.</summary>
    public static Expr Atan(Expr a) => Folding.Build(Operation.Atan, a);

    /// <summary>The angle in (-pi, pi] of the point (x, y).</summary>
    /// <param name="y">The second coordinate: it comes first, as everywhere.</param>
    /// <param name="x">The first coordinate.</param>
    public static Expr Atan2(Expr y, Expr x) => Folding.Build(Operation.Atan2, y, x);

    /// <summary>The hyperbolic sine of a.</summary>
    public static Expr Sinh(Expr a) => Folding.Build(Operation.Sinh, a);

    /// <summary>The hyperbolic cosine of a.</summary>
    public static Expr Cosh(Expr a) => Folding.Build(Operation.Cosh, a);

    /// <summary>The hyperbolic tangent of a.</summary>
    public static Expr Tanh(Expr a) => Folding.Build(Operation.Tanh, a);

    /// <summary>The error function of a.</summary>
    public static Expr Erf(Expr a) => Folding.Build(Operation.Erf, a);

    /// <summary>a to the power b: a product for a constant whole b, a square root for 1/2, else exp(b log a), NaN for a below 0.</summary>
    public static Expr Pow(Expr a, Expr b) => Folding.Build(Operation.Power, a, b);

    /// <summary>a a.</summary>
    public static Expr Square(Expr a) => Folding.Build(Operation.IntegerPower, 2, null, a);

    /// <summary>-1, 0 or 1.</summary>
    public static Expr Sign(Expr a) => Folding.Build(Operation.Sign, a);

    /// <summary>The largest integer not above a.</summary>
    public static Expr Floor(Expr a) => Folding.Build(Operation.Floor, a);

    /// <summary>The smallest of one or more values; the first one at a tie.</summary>
    public static Expr Min(params IEnumerable<Expr> values) => Fold(Operation.Min, values, nameof(Min));

    /// <summary>The largest of one or more values; the first one at a tie.</summary>
    public static Expr Max(params IEnumerable<Expr> values) => Fold(Operation.Max, values, nameof(Max));

    /// <summary>a, but not below <paramref name="lower"/> and not above <paramref name="upper"/>.</summary>
    public static Expr Clamp(Expr a, Expr lower, Expr upper) => Min(Max(a, lower), upper);

    /// <summary>yes where a &lt;= b, no elsewhere; only the chosen one has a derivative.</summary>
    public static Expr Where(Expr a, Expr b, Expr yes, Expr no) => Folding.Build(Operation.Choose, a, b, yes, no);

    /// <summary>a / b, and 0 where b = 0.</summary>
    public static Expr Ratio(Expr a, Expr b) => Folding.Build(Operation.DivideOrZero, a, b);

    /// <summary>The Euclidean length of one or more numbers, such as a <see cref="Vector"/>.</summary>
    public static Expr Norm(params IEnumerable<Expr> a)
    {
        ArgumentNullException.ThrowIfNull(a);
        Expr[] elements = [.. a];
        if (elements.Length == 0) throw new ArgumentException("Norm needs at least one element", nameof(a));
        return Folding.Build(Operation.Norm, elements);
    }

    /// <summary>The sum of the elements; 0 for none.</summary>
    public static Expr Sum(params IEnumerable<Expr> a)
    {
        ArgumentNullException.ThrowIfNull(a);
        Expr sum = 0;
        foreach (var element in a) sum += element;
        return sum;
    }

    /// <summary>log sum exp a_i, computed relative to the largest, so that it neither overflows nor becomes log 0: the logarithm of a mixture from those of its parts.</summary>
    /// <param name="a">At least one.</param>
    public static Expr LogSumExp(params IEnumerable<Expr> a)
    {
        ArgumentNullException.ThrowIfNull(a);
        Expr[] values = [.. a];
        var largest = Fold(Operation.Max, values, nameof(LogSumExp));
        return values.Length == 1 ? largest : largest + Log(Sum(values.Select(value => Exp(value - largest))));
    }

    /// <summary>The sum of the products of the elements.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Expr Dot(Vector a, Vector b)
    {
        Vector.RequireEqualLengths(a, b, nameof(Dot));
        return Sum(a * b);
    }

    /// <summary>The cross product of two vectors of three elements.</summary>
    /// <exception cref="ArgumentException">A vector does not have three elements.</exception>
    public static Vector Cross(Vector a, Vector b)
    {
        Vector.RequireEqualLengths(a, b, nameof(Cross));
        if (a.Length != 3) throw new ArgumentException($"Cross needs vectors of 3 elements, not of {a.Length}");
        return new(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]);
    }

    /// <summary>The constraint that all members hold.</summary>
    /// <param name="members">At least one.</param>
    public static Constraint All(params IEnumerable<Constraint> members) => new AllOf(members);

    /// <summary>The constraint that at least one member holds: a union of sets.</summary>
    /// <param name="members">At least one.</param>
    public static Constraint Any(params IEnumerable<Constraint> members) => new AnyOf(members);

    /// <summary>The values of a user's function at <paramref name="x"/>.</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">Its arguments, [function.Inputs].</param>
    /// <returns>[function.Outputs].</returns>
    /// <exception cref="ArgumentException">The function takes another number of arguments.</exception>
    public static Vector Call(OpaqueFunction function, Vector x)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        if (function.Inputs != x.Length || function.Outputs < 1)
        {
            throw new ArgumentException(
                $"the function '{function.Name}' takes {function.Inputs} arguments and gives {function.Outputs} values; it was called with {x.Length} arguments",
                nameof(x));
        }

        var call = Folding.Build(Operation.Call, 0, function, [.. x]);
        return new(Enumerable.Range(0, function.Outputs).Select(i => Folding.Build(Operation.Component, i, null, call)));
    }

    private static Expr Fold(Operation operation, IEnumerable<Expr> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values);
        Expr? result = null;
        foreach (var value in values) result = result is null ? value : Folding.Build(operation, result, value);
        return result ?? throw new ArgumentException($"{name} needs at least one value", nameof(values));
    }
}
