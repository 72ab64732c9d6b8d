using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Gallery;

/// <summary>
/// Truth about a set with an interior that fills at least a hundredth of its box: uniform points of the box, until one meets the problem's own
/// constraints. A uniform point of the box, given that it lies in the set, is uniform in the set.
/// </summary>
internal sealed class BoxRejection : PieceTruth
{
    private readonly Problem problem;

    /// <summary>Truth about a problem in one piece, with a finite box.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="reach">Largest violation of a point that still belongs to the set.</param>
    public BoxRejection(Problem problem, double reach)
        : base(problem, reach) => this.problem = problem;

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var scratch = new double[problem.Slack.ScratchRows];
        Span<double> slack = [0];
        foreach (var attempt in Rejection.Attempts(key))
        {
            problem.Region.Draw(attempt, index, x);
            problem.Slack.Run(x, [], slack, scratch);
            if (slack[0] == 0) return;
        }
    }
}
