using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Projection;

/// <summary>How far the projections of 8 lanes have come. Masks have all bits set or none.</summary>
internal struct LaneStates
{
    /// <summary>Mask: still on its way.</summary>
    public Lanes Running;

    /// <summary>Mask: the point that is tried next counts as kept, whatever it gives: the first one, or the kept one once more.</summary>
    public Lanes Certain;

    /// <summary>Mask: the box has moved the start.</summary>
    public Lanes Clamped;

    /// <summary>Mask: the kept point counts as on the set.</summary>
    public Lanes Within;

    /// <summary>Points tried after the first.</summary>
    public Lanes Steps;

    /// <summary>Squared distance of the kept point to first order, in the weights of that point.</summary>
    public Lanes Merit;

    /// <summary>Sum of the violations of the kept point, in the constraints' units.</summary>
    public Lanes Slack;

    /// <summary>Half the derivative of the merit along the step.</summary>
    public Lanes Slope;

    /// <summary>Length of the step in u.</summary>
    public Lanes Length;

    /// <summary>Fraction of the step that is tried.</summary>
    public Lanes Fraction;

    /// <summary>Longest step in u that is tried first.</summary>
    public Lanes Radius;

    /// <summary>lambda.</summary>
    public Lanes Damping;

    /// <summary>Points refused since the last one that was kept.</summary>
    public Lanes Refused;

    /// <summary>Kept points in a row that brought next to nothing.</summary>
    public Lanes Slow;

    /// <summary>Kept points within the tolerance.</summary>
    public Lanes Polished;

    /// <summary>The <see cref="ProjectionOutcome"/>, as a number.</summary>
    public Lanes Outcome;

    /// <summary>Ends lanes with an outcome.</summary>
    public void End(Lanes ended, ProjectionOutcome outcome)
    {
        Outcome = ConditionalSelect(ended & Running, Create((double)outcome), Outcome);
        Running &= ~ended;
    }

    /// <summary>Ends lanes where nothing more can be gained: on the set if the kept point is, else with an outcome.</summary>
    public void GiveUp(Lanes ended, ProjectionOutcome beside)
    {
        End(ended & Within, ProjectionOutcome.Projected);
        End(ended, beside);
    }
}
