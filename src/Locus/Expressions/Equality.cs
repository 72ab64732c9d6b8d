namespace Locus.Expressions;

/// <summary>The constraint value = 0.</summary>
public sealed class Equality : Constraint
{
    /// <summary>The constraint <paramref name="value"/> = 0.</summary>
    /// <param name="value">h.</param>
    public Equality(Expr value)
        : base(Functions.Abs(value), Functions.Square(value)) => Value = value;

    /// <summary>h; the constraint holds where it is 0.</summary>
    public Expr Value { get; }
}
