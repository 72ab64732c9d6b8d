namespace Locus.Expressions;

/// <summary>The constraint that all members hold: the intersection of their sets.</summary>
public sealed class AllOf : Constraint
{
    /// <summary>The constraint that all members hold: the intersection of their sets.</summary>
    /// <param name="members">At least one.</param>
    /// <exception cref="ArgumentException">There is no member, or one is null.</exception>
    public AllOf(params IEnumerable<Constraint> members)
        : this(Gather(members, "all"))
    {
    }

    private AllOf(Constraint[] members)
        : base(Functions.Sum(members.Select(m => m.Slack)), Functions.Sum(members.Select(m => m.Penalty))) => Members = members;

    /// <summary>The constraints that are combined.</summary>
    public IReadOnlyList<Constraint> Members { get; }
}
