using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;

namespace Locus.Sampling;

/// <summary>
/// Draws samples that are on the set: each draw of a sampler is projected, and where that fails the next draw of the stream takes its place. So sample i depends on
/// (network, flow options, projector options, key, i) alone, as a sampler's own does.
/// </summary>
/// <param name="sampler">What is drawn from.</param>
/// <param name="options">When a sample counts as on the set; null for the defaults.</param>
/// <exception cref="LocusException">An option is out of its range; all that are, are listed.</exception>
public sealed class ProjectedSampler(Sampler sampler, ProjectorOptions? options = null)
{
    /// <summary>Most draws for each sample that is asked for: where more would be needed, the network or the problem is at fault.</summary>
    public const int MostDraws = 10;

    // Blocks that are drawn and projected together; bounds the memory for what is not delivered.
    private const int BlocksPerWave = 256;

    private readonly Projector projector = new(sampler.Problem, options);

    /// <summary>Draws N samples on the set, or as many as <see cref="MostDraws"/> N draws give.</summary>
    /// <param name="count">N, at least 0.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="team">Workers.</param>
    /// <param name="given">Values of parameters by name, as for <see cref="Sampler.Sample"/>.</param>
    /// <param name="progress">Told after each wave of blocks how many samples are there, on the thread that called. Null to tell nobody.</param>
    /// <param name="cancellation">Ends the drawing between two waves of blocks.</param>
    /// <exception cref="LocusException">As for <see cref="Sampler.Sample"/>.</exception>
    public ProjectedSamples Sample(
        int count, Key key, Team team, IReadOnlyDictionary<string, double>? given = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        sampler.RequireRoom(count);
        var found = new Found(sampler.Problem, count);
        do
        {
            var blocks = Math.Min(BlocksPerWave, (count - found.Count + Block.Lanes - 1) / Block.Lanes);
            var draws = sampler.Draw((ulong)(found.Draws / Block.Lanes), blocks * Block.Lanes, key, team, density: false, given, null, cancellation);
            found.Add(draws, projector.Project(draws.Points, draws.Conditions, team, cancellation));
            progress?.Report(found.Count);
        }
        while (!found.Complete);
        return found.Result;
    }

    /// <summary>What was drawn so far.</summary>
    private sealed class Found(Problem problem, int asked)
    {
        private readonly Points points = new(asked, problem.Dimension);
        private readonly Points? conditions = problem.ConditionCount > 0 ? new Points(asked, problem.ConditionCount) : null;
        private readonly List<double> moves = [];
        private readonly List<double> failedPoints = [];
        private readonly List<(ProjectionOutcome Outcome, double Residual, int Steps, double Move)> failures = [];
        private int moved;

        public int Count => moves.Count;

        public long Draws => (long)Count + failures.Count;

        public bool Complete => Count == asked || Draws >= (long)MostDraws * asked;

        public ProjectedSamples Result => new(new SampleSet(Head(points), conditions is null ? null : Head(conditions)), moves, moved, Failed);

        private ProjectedPoints Failed => new(
            new Points([.. failedPoints], problem.Dimension),
            [.. failures.Select(f => f.Outcome)],
            [.. failures.Select(f => f.Residual)],
            [.. failures.Select(f => f.Steps)],
            [.. failures.Select(f => f.Move)]);

        /// <summary>Takes the draws of a wave in their order, until there are enough.</summary>
        public void Add(SampleSet draws, ProjectedPoints projected)
        {
            for (var i = 0; i < draws.Points.Count && !Complete; i++)
            {
                if (projected.Outcomes[i] is not (ProjectionOutcome.OnSet or ProjectionOutcome.Projected))
                {
                    failedPoints.AddRange(projected.Points[i]);
                    failures.Add((projected.Outcomes[i], projected.Residuals[i], projected.Steps[i], projected.Moves[i]));
                    continue;
                }
                projected.Points[i].CopyTo(points.Row(Count));
                draws.Conditions?[i].CopyTo(conditions!.Row(Count));
                if (projected.Outcomes[i] == ProjectionOutcome.Projected) moved++;
                moves.Add(projected.Moves[i]);
            }
        }

        private Points Head(Points all) => Count == asked ? all : new Points(all.Values[..(Count * all.Dimension)], all.Dimension);
    }
}
