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
/// <param name="Reached">Numbers of the charts that could have drawn it, in order; the one that did is among them.</param>
internal readonly record struct AtlasDraw(Chart Chart, double Weight, int[] Reached);

/// <summary>
/// Draws from an atlas and weighs each draw, so that the weighted points are uniform on all that the atlas reaches, however uneven its centers lie: importance sampling with
/// a mixture of local proposals, in place of chains that would have to mix.
/// </summary>
internal sealed class AtlasSampler : IWork
{
    // Projection moves a place along the chart as well, and a step in the tangent space takes that back: Newton's method, which squares what is left with each turn.
    private const int MostTurns = 8;
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
        atlas = new Atlas([new Chart(new double[set.Dimension], [], false, 0, 1)], [1]);
    }

    /// <summary>Tries <paramref name="count"/> draws, a multiple of 64.</summary>
    /// <returns>Those that succeeded, in order.</returns>
    /// <exception cref="OperationCanceledException">After a cancellation.</exception>
    public List<AtlasDraw> Run(Team team, Atlas atlas, Key key, int count)
    {
        (this.atlas, parentKey, placeKey) = (atlas, key.Fold("parent"), key.Fold("place"));
        thin = atlas.Charts.Any(chart => chart.Normals > 0);
        draws = new AtlasDraw[count];
        team.Run(this, count / Block.Lanes);
        return [.. draws.Where(draw => draw.Weight > 0)];
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
            var parent = s.Parents[lane] = Draws.Below(parentKey, sample, 0, atlas.Charts.Count);
            Place(parent, sample, s.Places.AsSpan(lane * e, e), s.Vector);
            for (var d = 0; d < e; d++) u[d][lane] = atlas.Charts[parent].Center[d] + s.Places[lane * e + d];
        }
        Land(s);
        slack.Run(u, s.NoCondition, s.Slack, s.Program);
        for (var lane = 0; lane < Block.Lanes; lane++)
            if (s.Landed[lane] is { } chart && s.Slack[0][lane] <= new ProjectorOptions().Tolerance) draws[first + lane] = Weigh(s.Parents[lane], chart, s.Reach);
    }

    /// <summary>Uniform in the ball of the chart's tangent space.</summary>
    private void Place(int parent, ulong sample, Span<double> v, Span<double> rest)
    {
        var chart = atlas.Charts[parent];
        for (var d = 0; d < v.Length; d++) v[d] = Draws.Normal(placeKey, sample, (uint)d);
        chart.Flatten(v, rest);
        var uniform = Draws.Uniform(placeKey, sample, (uint)v.Length) + 1e-300;
        var length = atlas.Radii[parent] * (chart.Dimension == 1 ? uniform : ElementaryDouble.Exp(ElementaryDouble.Log(uniform) / chart.Dimension));
        var norm = Math.Sqrt(Frame.Dot(v, v));
        for (var d = 0; d < v.Length; d++) v[d] *= norm > 0 ? length / norm : 0;
    }

    /// <summary>Goes to the set along each chart's normals: <see cref="Scratch.Landed"/> holds the charts there, or nothing where an inequality or the box is in the way.</summary>
    private void Land(Scratch s)
    {
        Array.Clear(s.Landed);
        Array.Fill(s.Drifts, double.PositiveInfinity);
        for (var turn = 0; turn < MostTurns; turn++)
        {
            if (thin) s.Projector.Run(s.Position, s.NoCondition);
            s.Maker.Load(s.Position);
            var open = false;
            for (var lane = 0; lane < Block.Lanes; lane++)
                if (s.Drifts[lane] > 0) open |= Correct(s, lane);
            if (!open) return;
        }
    }

    /// <summary>Ends a lane that has come to its place, or to nowhere, or moves it within the tangent space where it is.</summary>
    /// <returns>Whether it is still on its way.</returns>
    private bool Correct(Scratch s, int lane)
    {
        var parent = s.Parents[lane];
        var (drift, before, radius) = (Drift(s, lane), s.Drifts[lane], atlas.Radii[parent]);
        s.Drifts[lane] = 0;
        // What does not become half as much will not become nothing in time.
        if (!(drift <= radius && drift < before / 2)) return false;
        var chart = s.Maker.Make(s.Position, lane);
        if (chart.Normals != atlas.Charts[parent].Normals) return false;
        if (drift <= Accuracy * radius) s.Landed[lane] = chart;
        if (drift <= Accuracy * radius || !chart.Lift(atlas.Charts[parent], s.Vector)) return false;
        for (var d = 0; d < s.Vector.Length; d++) s.Position[d][lane] -= s.Vector[d];
        s.Drifts[lane] = drift;
        return true;
    }

    /// <summary>How far, along the tangent space, a point lies from its place; <see cref="Scratch.Vector"/> holds the difference.</summary>
    private double Drift(Scratch s, int lane)
    {
        var (e, parent) = (set.Dimension, atlas.Charts[s.Parents[lane]]);
        for (var d = 0; d < e; d++) s.Vector[d] = s.Position[d][lane] - parent.Center[d];
        parent.Flatten(s.Vector, s.Rest);
        for (var d = 0; d < e; d++) s.Vector[d] -= s.Places[lane * e + d];
        return Math.Sqrt(Frame.Dot(s.Vector, s.Vector));
    }

    private AtlasDraw Weigh(int parent, Chart chart, Span<double> scratch)
    {
        if (!atlas.Reaches(parent, chart, scratch)) return default;
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
            Reach = new double[3 * set.Dimension];
        }

        public DoubleBlock Position { get; }

        public DoubleBlock Slack { get; }

        public DoubleBlock Program { get; }

        public DoubleBlock NoCondition { get; }

        public BlockProjector Projector { get; }

        public ChartMaker Maker { get; }

        public int[] Parents { get; } = new int[Block.Lanes];

        public Chart?[] Landed { get; } = new Chart?[Block.Lanes];

        /// <summary>How far each lane was from its place; 0 once it has ended.</summary>
        public double[] Drifts { get; } = new double[Block.Lanes];

        public double[] Places { get; }

        public double[] Vector { get; }

        public double[] Rest { get; }

        public double[] Reach { get; }
    }
}
