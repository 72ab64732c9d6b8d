using System.Globalization;
using Locus.Problems;

namespace Locus.Projection;

/// <summary>Samples after their projection, with how each of them ended.</summary>
/// <param name="Points">The points [N, D] in the user's units, inside the box; of those that failed the best point that was reached.</param>
/// <param name="Outcomes">How each ended, [N].</param>
/// <param name="Residuals">The slack at each point, [N], in the constraints' units; NaN where it is not finite.</param>
/// <param name="Steps">Points tried on each way, [N].</param>
/// <param name="Moves">Distance from each sample to its point in the user's units, [N].</param>
public sealed record ProjectedPoints(
    Points Points, IReadOnlyList<ProjectionOutcome> Outcomes, IReadOnlyList<double> Residuals, IReadOnlyList<int> Steps, IReadOnlyList<double> Moves)
{
    /// <summary>Points of which it is known that they are on the set: nothing was moved.</summary>
    /// <param name="points">[N, D] in the user's units.</param>
    public static ProjectedPoints OnSet(Points points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var outcomes = new ProjectionOutcome[points.Count];
        Array.Fill(outcomes, ProjectionOutcome.OnSet);
        return new ProjectedPoints(points, outcomes, new double[points.Count], new int[points.Count], new double[points.Count]);
    }

    /// <summary>Samples that ended on the set.</summary>
    public int Succeeded => Count(ProjectionOutcome.OnSet) + Count(ProjectionOutcome.Projected);

    /// <summary>Samples that did not.</summary>
    public int Failed => Outcomes.Count - Succeeded;

    /// <summary>Samples that ended in one way.</summary>
    /// <param name="outcome">The way.</param>
    public int Count(ProjectionOutcome outcome) => Outcomes.Count(o => o == outcome);

    /// <summary>What an outcome means and what can be done, in a sentence or two.</summary>
    /// <param name="outcome">Any outcome.</param>
    public static string Advice(ProjectionOutcome outcome) => outcome switch
    {
        ProjectionOutcome.OnSet => "was on the set already",
        ProjectionOutcome.Projected => "was moved onto the set",
        ProjectionOutcome.Stalled => "stopped beside the set, where no direction lowers the violation: "
            + "constraints that contradict each other here, a gradient that vanishes, or a box in the way; start elsewhere, or look at the problem with 'locus check'",
        ProjectionOutcome.StepsExhausted => "was still on its way to the set when its steps were used up; allow more steps, or start nearer",
        ProjectionOutcome.NotFinite => "has coordinates or conditions that are not finite, or lies where a constraint has no finite value or gradient, "
            + "such as log at 0; keep samples away from there with a box or a constraint",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "no outcome"),
    };

    /// <summary>One sentence for each way in which samples failed, with numbers; empty when all are on the set.</summary>
    /// <param name="all">Samples that these are some of; null for these alone.</param>
    public IReadOnlyList<string> Findings(long? all = null) =>
        [.. Enum.GetValues<ProjectionOutcome>().Skip(2).Where(outcome => Count(outcome) > 0).Select(outcome => Finding(outcome, all ?? Outcomes.Count))];

    private string Finding(ProjectionOutcome outcome, long all)
    {
        var residuals = Enumerable.Range(0, Outcomes.Count).Where(i => Outcomes[i] == outcome).Select(i => Residuals[i]).Where(double.IsFinite).ToList();
        var slack = residuals.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (slack {residuals.Min():G3} to {residuals.Max():G3})");
        return $"{Count(outcome)} of {all} samples{slack}: each {Advice(outcome)}";
    }
}
