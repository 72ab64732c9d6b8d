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

    /// <summary>How far the values are above 0 at most, in the member of a union that is the nearest; infinite where there is no bound.</summary>
    public abstract double Excess(IntervalEvaluator bounds);

    /// <summary>Adds the values that have to fall for the condition to hold, each once; of a union those of the nearest member.</summary>
    public abstract void Press(IntervalEvaluator bounds, List<int> values);

    private sealed class AtMostZero(int value) : Condition
    {
        public override Holds On(IntervalEvaluator bounds)
        {
            var g = bounds.Value(value);
            return g.Upper <= 0 ? Holds.Always : g.Lower > 0 ? Holds.Never : Holds.Open;
        }

        public override double Excess(IntervalEvaluator bounds) =>
            bounds.Value(value) is { IsUndefined: false } g ? g.Upper : double.PositiveInfinity;

        public override void Press(IntervalEvaluator bounds, List<int> values)
        {
            if (On(bounds) != Holds.Always && !values.Contains(value)) values.Add(value);
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

        public override double Excess(IntervalEvaluator bounds)
        {
            var largest = double.NegativeInfinity;
            foreach (var member in members) largest = Math.Max(largest, member.Excess(bounds));
            return largest;
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

        public override double Excess(IntervalEvaluator bounds) => Nearest(bounds).Excess(bounds);

        public override void Press(IntervalEvaluator bounds, List<int> values)
        {
            if (On(bounds) != Holds.Always) Nearest(bounds).Press(bounds, values);
        }

        private Condition Nearest(IntervalEvaluator bounds)
        {
            var (nearest, least) = (members[0], members[0].Excess(bounds));
            foreach (var member in members.AsSpan(1))
            {
                if (member.Excess(bounds) is var excess && excess < least) (nearest, least) = (member, excess);
            }
            return nearest;
        }
    }
}
