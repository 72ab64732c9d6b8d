using Locus.Problems;

namespace Locus.Training;

/// <summary>What explorers see of a problem: the pairs (x, c) that belong together, in coordinates u = (x', c') of E = D + C rows, each box at [-2, 2].</summary>
internal sealed class JointSet
{
    /// <summary>The pairs of a problem.</summary>
    public JointSet(Problem problem)
    {
        Variables = problem.Dimension;
        Problem = JointProblem.Of(problem);
        Standard = Standardization.Of(Problem);
        Lower = [.. Problem.Variables.Select((x, d) => (x.Lower - Standard.Center[d]) / Standard.Scale[d])];
        Upper = [.. Problem.Variables.Select((x, d) => (x.Upper - Standard.Center[d]) / Standard.Scale[d])];
    }

    /// <summary>The pairs as a problem without parameters.</summary>
    public Problem Problem { get; }

    /// <summary>Its coordinates.</summary>
    public Standardization Standard { get; }

    /// <summary>E.</summary>
    public int Dimension => Problem.Dimension;

    /// <summary>D: how many of the coordinates are variables; the others are parameters.</summary>
    public int Variables { get; }

    /// <summary>Lower ends of the box, [E]; minus infinity where it is open.</summary>
    public double[] Lower { get; }

    /// <summary>Upper ends of the box, [E].</summary>
    public double[] Upper { get; }
}
