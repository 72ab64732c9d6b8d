using Locus.Expressions;

namespace Locus.Problems.Language;

/// <summary>What an expression of the problem language stands for.</summary>
internal abstract record Value
{
    /// <summary>How a message names it.</summary>
    public abstract string Shown { get; }
}

/// <summary>A number that may depend on x and c.</summary>
internal sealed record Scalar(Expr Expression) : Value
{
    public override string Shown => "a number";
}

/// <summary>Several values: a vector, or a list of vectors.</summary>
internal sealed record Sequence(IReadOnlyList<Value> Items) : Value
{
    public override string Shown => Items.Count > 0 && Items[0] is Sequence ? $"a list of {Items.Count} vectors" : $"a vector of {Items.Count}";

    /// <summary>How many numbers it holds, at all levels.</summary>
    public long Size { get; } = Items.Sum(item => item is Sequence inner ? inner.Size : 1);

    /// <summary>Levels of brackets.</summary>
    public int Depth { get; } = 1 + (Items.Count == 0 ? 0 : Items.Max(item => item is Sequence inner ? inner.Depth : 0));
}

/// <summary>A constraint on x and c.</summary>
internal sealed record ConstraintValue(Constraint Constraint) : Value
{
    public override string Shown => "a constraint";
}
