namespace Locus.Expressions;

/// <summary>The constraint value &lt;= 0.</summary>
public sealed class Inequality : Constraint
{
    /// <summary>The constraint <paramref name="value"/> &lt;= 0.</summary>
    /// <param name="value">g.</param>
    public Inequality(Expr value)
        : this(value, Functions.Max(0, value))
    {
    }

    // 0 comes first: at g = 0 the point is inside and the derivative is 0.
    private Inequality(Expr value, Expr excess)
        : base(excess, Functions.Square(excess)) => Value = value;

    /// <summary>g; the constraint holds where it is at most 0.</summary>
    public Expr Value { get; }
}
