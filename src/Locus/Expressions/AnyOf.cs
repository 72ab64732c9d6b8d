namespace Locus.Expressions;

/// <summary>The constraint that at least one member holds: the union of their sets.</summary>
public sealed class AnyOf : Constraint
{
    /// <summary>The constraint that at least one member holds: the union of their sets.</summary>
    /// <param name="members">At least one.</param>
    /// <exception cref="ArgumentException">There is no member, or one is null.</exception>
    public AnyOf(params IEnumerable<Constraint> members)
        : this(Gather(members, "any"))
    {
    }

    private AnyOf(Constraint[] members)
        : base(Functions.Min(members.Select(m => m.Slack)), Functions.Min(members.Select(m => m.Penalty))) => Members = members;

    /// <summary>The constraints that are combined.</summary>
    public IReadOnlyList<Constraint> Members { get; }
}
