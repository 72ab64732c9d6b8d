using Locus.Problems;

namespace Locus.Walks;

/// <summary>
/// What explorers and walks see of a problem: points u [E] in standard coordinates, a box around them, and conditions c' [C] that stay as they are. The box is a limit for periodic
/// coordinates too, so that a set that goes over their ends is cut there: that changes no law. Who asks what hangs together, or moves without drawing, looks at it <see cref="Closed"/>.
/// </summary>
internal sealed class StandardSet
{
    private StandardSet(Problem problem, Standardization standard, int variables)
    {
        (Closed, ClosedStandard, Variables) = (problem, standard, variables);
        (Problem, Circles) = (Seam.Cut(problem), new Circles(problem.Variables, standard.Scale));
        Standard = ReferenceEquals(Problem, problem) ? standard : Standardization.Of(Problem, standard.Center, standard.Scale);
        Lower = [.. problem.Variables.Select((x, d) => (x.Lower - standard.Center[d]) / standard.Scale[d])];
        Upper = [.. problem.Variables.Select((x, d) => (x.Upper - standard.Center[d]) / standard.Scale[d])];
    }

    /// <summary>Whose set: its variables are the coordinates of u, its parameters the conditions.</summary>
    public Problem Problem { get; }

    /// <summary>The coordinates.</summary>
    public Standardization Standard { get; }

    /// <summary>The problem whose periodic variables have no ends.</summary>
    public Problem Closed { get; }

    /// <summary>The same coordinates for it.</summary>
    public Standardization ClosedStandard { get; }

    /// <summary>Which coordinates are periodic.</summary>
    public Circles Circles { get; }

    /// <summary>E.</summary>
    public int Dimension => Problem.Dimension;

    /// <summary>D: how many of the coordinates were variables from the start; the others were parameters.</summary>
    public int Variables { get; }

    /// <summary>Lower ends of the box, [E]; minus infinity where it is open.</summary>
    public double[] Lower { get; }

    /// <summary>Upper ends of the box, [E].</summary>
    public double[] Upper { get; }

    /// <summary>The pairs (x, c) that belong together: parameters move like variables, E = D + C.</summary>
    public static StandardSet Pairs(Problem problem)
    {
        var joint = JointProblem.Of(problem);
        return new StandardSet(joint, Standardization.Of(joint), problem.Dimension);
    }

    /// <summary>The set of each condition by itself, E = D.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="standard">Its coordinates.</param>
    public static StandardSet Slices(Problem problem, Standardization standard) => new(problem, standard, problem.Dimension);

    /// <summary>The same set in coordinates in which some of its points have mean 0 and deviation 1; a coordinate that the set fixes keeps its scale.</summary>
    /// <param name="found">The points [N, E] in the coordinates that are left.</param>
    public StandardSet Rescaled(Points found)
    {
        double[] center = [.. Standard.Center], scale = [.. Standard.Scale];
        for (var d = 0; d < Dimension; d++)
        {
            var (mean, variance) = (0.0, 0.0);
            for (var i = 0; i < found.Count; i++) mean += found[i][d] / found.Count;
            for (var i = 0; i < found.Count; i++) variance += (found[i][d] - mean) * (found[i][d] - mean) / found.Count;
            var deviation = Math.Sqrt(variance);
            center[d] += scale[d] * mean;
            if (deviation > 1e-9 * Math.Max(1, Math.Abs(mean))) scale[d] *= deviation;
        }
        return new StandardSet(Closed, Standardization.Of(Closed, center, scale), Variables);
    }

    /// <summary>Takes a point from the user's units into these coordinates, into one turn of each circle and into the box, which rounding may have left.</summary>
    /// <param name="point">[E], overwritten.</param>
    public void Enter(Span<double> point)
    {
        for (var d = 0; d < Dimension; d++) point[d] = Math.Clamp((Closed.Variables[d].Wrap(point[d]) - Standard.Center[d]) / Standard.Scale[d], Lower[d], Upper[d]);
    }

    /// <summary>Points of another set of coordinates in these.</summary>
    /// <param name="points">[N, E].</param>
    /// <param name="from">Their coordinates.</param>
    public Points Convert(Points points, StandardSet from)
    {
        var converted = new Points(points.Count, Dimension);
        for (var i = 0; i < points.Count; i++)
            for (var d = 0; d < Dimension; d++)
                converted.Row(i)[d] = Math.Clamp((from.Standard.Center[d] + from.Standard.Scale[d] * points[i][d] - Standard.Center[d]) / Standard.Scale[d], Lower[d], Upper[d]);
        return converted;
    }
}
