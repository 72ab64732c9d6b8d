namespace Locus.Expressions;

/// <summary>
/// What holds at points of a set: g(x) &lt;= 0, h(x) = 0, or several combined by `all` and `any`. It measures how far a point is from meeting it,
/// twice: as slack, which reports count, and as penalty, which training descends (Burghoff et al. 2025, eq. 2, without 1/c^2).
/// </summary>
public abstract class Constraint
{
    private protected Constraint(Expr slack, Expr penalty)
    {
        Slack = slack;
        Penalty = penalty;
    }

    /// <summary>A name for reports and messages; null if it has none.</summary>
    public string? Label { get; init; }

    /// <summary>[g]_+ or |h|; all: the sum; any: the smallest. 0 exactly where the constraint holds, in the units of the constraint.</summary>
    public Expr Slack { get; }

    /// <summary>[g]_+^2 or h^2; all: the sum; any: the smallest.</summary>
    public Expr Penalty { get; }

    private protected static Constraint[] Gather(IEnumerable<Constraint> members, string word)
    {
        ArgumentNullException.ThrowIfNull(members);
        Constraint[] list = [.. members];
        if (list.Length == 0 || Array.Exists(list, m => m is null))
            throw new ArgumentException($"'{word}' needs at least one constraint, and none that is null", nameof(members));
        return list;
    }
}
