using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Programs;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Projection;
using Locus.Walks;

namespace Locus.Training;

/// <summary>A point drawn from an atlas.</summary>
/// <param name="Chart">The point, with its own directions.</param>
/// <param name="Weight">What makes it uniform: the measure wanted over the density of the draw.</param>
/// <param name="Reached">How many charts could have drawn it.</param>
internal readonly record struct AtlasDraw(Chart Chart, double Weight, int Reached);

/// <summary>
/// Draws from an atlas and weighs each draw, so that the weighted points are uniform on all that the atlas reaches, however uneven its centers lie: importance sampling with
/// a mixture of local proposals, in place of chains that would have to mix.
/// </summary>
internal sealed class AtlasSampler : IWork
{
    // The tangent part that projection takes away is given back, and the rest projected again; of what is missing, each time a share is left that is the square of
    // the radius times the curvature.
    private const int MostReturns = 16;
    private const double Accuracy = 1e-7;

    private readonly StandardSet set;
    private readonly Program slack;
    private readonly Scratch[] scratch;
    private readonly CancellationToken cancellation;
    private Atlas atlas;
    private Key parentKey;
    private Key placeKey;
    private AtlasDraw[] draws = [];
    private bool thin;

    /// <summary>Memory for a team of <paramref name="threads"/>.</summary>
    public AtlasSampler(StandardSet set, int threads, CancellationToken cancellation)
    {
        (this.set, this.cancellation, slack) = (set, cancellation, set.Standard.Slack);
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(set))];
        atlas = new Atlas([new Chart(new double[set.Dimension], [], false, 0, 1)], 1);
    }

    /// <summary>Draws that went from a chart's tangent space to the set, of all that were tried; those that an inequality forbids are among them.</summary>
    public double Share { get; private set; }

    /// <summary>Tries <paramref name="count"/> draws, a multiple of 64.</summary>
    /// <returns>Those that succeeded, in order.</returns>
    /// <exception cref="OperationCanceledException">After a cancellation.</exception>
    public List<AtlasDraw> Run(Team team, Atlas atlas, Key key, int count)
    {
        (this.atlas, parentKey, placeKey) = (atlas, key.Fold("parent"), key.Fold("place"));
        thin = atlas.Charts.Any(chart => chart.Normals > 0);
        draws = new AtlasDraw[count];
        team.Run(this, count / Block.Lanes);
        var kept = draws.Where(draw => draw.Weight > 0).ToList();
        Share = (double)kept.Count / count;
        return kept;
    }

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker)
    {
        cancellation.ThrowIfCancellationRequested();
        var s = scratch[worker];
        var (first, u, e) = (task * Block.Lanes, s.Position, set.Dimension);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var sample = (ulong)(first + lane);
            s.Parents[lane] = atlas.Charts[Draws.Below(parentKey, sample, 0, atlas.Charts.Count)];
            Place(s.Parents[lane], sample, s.Places.AsSpan(lane * e, e), s.Vector);
            for (var d = 0; d < e; d++) u[d][lane] = s.Parents[lane].Center[d] + s.Places[lane * e + d];
        }
        if (thin) Land(s);
        slack.Run(u, s.NoCondition, s.Slack, s.Program);
        s.Maker.Load(u);
        for (var lane = 0; lane < Block.Lanes; lane++)
            if (s.Slack[0][lane] <= new ProjectorOptions().Tolerance && Drift(s, lane) <= Accuracy * atlas.Radius) draws[first + lane] = Weigh(s, lane);
    }

    /// <summary>Uniform in the ball of the chart's tangent space.</summary>
    private void Place(Chart chart, ulong sample, Span<double> v, Span<double> rest)
    {
        for (var d = 0; d < v.Length; d++) v[d] = Draws.Normal(placeKey, sample, (uint)d);
        chart.Flatten(v, rest);
        var uniform = Draws.Uniform(placeKey, sample, (uint)v.Length) + 1e-300;
        var length = atlas.Radius * (chart.Dimension == 1 ? uniform : ElementaryDouble.Exp(ElementaryDouble.Log(uniform) / chart.Dimension));
        var norm = Math.Sqrt(Frame.Dot(v, v));
        for (var d = 0; d < v.Length; d++) v[d] *= norm > 0 ? length / norm : 0;
    }

    /// <summary>Goes to the set along each chart's normals.</summary>
    private void Land(Scratch s)
    {
        for (var turn = 0; turn < MostReturns; turn++)
        {
            s.Projector.Run(s.Position, s.NoCondition);
            var open = false;
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                var drift = Drift(s, lane);
                if (drift <= Accuracy * atlas.Radius || drift > atlas.Radius) continue;
                open = true;
                for (var d = 0; d < s.Vector.Length; d++) s.Position[d][lane] -= s.Vector[d];
            }
            if (!open) return;
        }
    }

    /// <summary>How far, along the tangent space, a point lies from its place; <see cref="Scratch.Vector"/> holds the difference.</summary>
    private double Drift(Scratch s, int lane)
    {
        var e = set.Dimension;
        for (var d = 0; d < e; d++) s.Vector[d] = s.Position[d][lane] - s.Parents[lane].Center[d];
        s.Parents[lane].Flatten(s.Vector, s.Rest);
        for (var d = 0; d < e; d++) s.Vector[d] -= s.Places[lane * e + d];
        return Math.Sqrt(Frame.Dot(s.Vector, s.Vector));
    }

    private AtlasDraw Weigh(Scratch s, int lane)
    {
        var chart = s.Maker.Make(s.Position, lane);
        if (chart.Normals != s.Parents[lane].Normals || !atlas.Reaches(s.Parents[lane], chart.Center, s.Vector)) return default;
        var density = atlas.Density(chart, out var reached);
        return density > 0 ? new AtlasDraw(chart, chart.Element / density, reached) : default;
    }

    private sealed class Scratch
    {
        public Scratch(StandardSet set)
        {
            var slack = set.Standard.Slack;
            var arena = new Arena(checked((set.Dimension + 1 + slack.ScratchRows) * DoubleBlock.FloatsPerRow));
            (Position, Slack, Program) = (arena.DoubleRows(set.Dimension), arena.DoubleRows(1), arena.DoubleRows(slack.ScratchRows));
            NoCondition = arena.DoubleRows(0);
            Projector = new BlockProjector(set.Problem, set.Standard, new ProjectorOptions { MostSteps = 20 });
            Maker = new ChartMaker(set);
            (Places, Vector, Rest) = (new double[Block.Lanes * set.Dimension], new double[set.Dimension], new double[set.Dimension]);
        }

        public DoubleBlock Position { get; }

        public DoubleBlock Slack { get; }

        public DoubleBlock Program { get; }

        public DoubleBlock NoCondition { get; }

        public BlockProjector Projector { get; }

        public ChartMaker Maker { get; }

        public Chart[] Parents { get; } = new Chart[Block.Lanes];

        public double[] Places { get; }

        public double[] Vector { get; }

        public double[] Rest { get; }
    }
}
