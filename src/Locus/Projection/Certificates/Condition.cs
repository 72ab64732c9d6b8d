using Locus.Engine.Intervals;
using Locus.Expressions;

namespace Locus.Projection;

/// <summary>Inequalities, combined by `all` and `any`, over the bounds of their values on a box.</summary>
internal abstract class Condition
{
    /// <summary>The condition of a constraint without equalities; each value g that it compares with 0 is added to the list.</summary>
    public static Condition Of(Constraint constraint, List<Expr> values)
    {
        switch (constraint)
        {
            case Inequality inequality:
                values.Add(inequality.Value);
                return new AtMostZero(values.Count - 1);
            case AllOf all:
                return new All([.. all.Members.Select(member => Of(member, values))]);
            case AnyOf any:
                return new Any([.. any.Members.Select(member => Of(member, values))]);
            default:
                throw new ArgumentException($"a constraint of kind {constraint.GetType().Name} is no condition", nameof(constraint));
        }
    }

    /// <summary>What the bounds of the values say.</summary>
    public abstract Holds On(IntervalEvaluator bounds);

    /// <summary>Adds the values that have to fall for the condition to hold; of a union the first member that is still open.</summary>
    public abstract void Press(IntervalEvaluator bounds, List<int> values);

    private sealed class AtMostZero(int value) : Condition
    {
        public override Holds On(IntervalEvaluator bounds)
        {
            var g = bounds.Value(value);
            return g.Upper <= 0 ? Holds.Always : g.Lower > 0 ? Holds.Never : Holds.Open;
        }

        public override void Press(IntervalEvaluator bounds, List<int> values)
        {
            if (On(bounds) != Holds.Always) values.Add(value);
        }
    }

    /// <summary>All members hold.</summary>
    public sealed class All(Condition[] members) : Condition
    {
        public override Holds On(IntervalEvaluator bounds)
        {
            var least = Holds.Always;
            foreach (var member in members)
            {
                if (member.On(bounds) is var holds && holds < least) least = holds;
                if (least == Holds.Never) break;
            }
            return least;
        }

        public override void Press(IntervalEvaluator bounds, List<int> values)
        {
            foreach (var member in members) member.Press(bounds, values);
        }
    }

    private sealed class Any(Condition[] members) : Condition
    {
        public override Holds On(IntervalEvaluator bounds)
        {
            var most = Holds.Never;
            foreach (var member in members)
            {
                if (member.On(bounds) is var holds && holds > most) most = holds;
                if (most == Holds.Always) break;
            }
            return most;
        }

        public override void Press(IntervalEvaluator bounds, List<int> values)
        {
            var on = On(bounds);
            if (on == Holds.Always) return;
            foreach (var member in members)
            {
                if (member.On(bounds) != on) continue;
                member.Press(bounds, values);
                return;
            }
        }
    }
}
