using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>The state of <see cref="LocusTrainer"/>: the pool with its noise, the coordinates that it gave the network, and the round's losses so far.</summary>
internal sealed class LocusState : FlowTrainingState
{
    // Share of the lowest loss by which a round that gains is below it.
    private const double SmallestGain = 0.02;

    /// <summary>A state before the set is explored.</summary>
    public LocusState(Problem problem, LocusOptions options)
        : base(problem, options, options.Rounds)
    {
        Points = new float[checked(options.PoolSize * problem.Dimension)];
        Noise = new float[Points.Length];
        Conditions = [.. Enumerable.Range(0, problem.ConditionCount).Select(_ => new float[options.PoolSize])];
    }

    /// <summary>Points of the set in the network's coordinates, [N, D].</summary>
    public float[] Points { get; }

    /// <summary>The noise that each is paired with, [N, D].</summary>
    public float[] Noise { get; }

    /// <summary>The conditions c' of the points, C arrays [N].</summary>
    public IReadOnlyList<float[]> Conditions { get; }

    /// <summary>How the points were drawn; null before.</summary>
    public ExplorationFacts? Facts { get; set; }

    /// <inheritdoc/>
    public override ExplorationFacts? Exploration => Facts;

    /// <summary>Whether all this is there.</summary>
    public bool Explored { get; set; }

    /// <summary>Gradient steps of the whole training.</summary>
    public int Updates { get; set; }

    /// <inheritdoc/>
    public override long PlannedUpdates => Updates;

    /// <summary>Margin by which inequalities are kept in training, in the network's coordinates.</summary>
    public double Margin { get; set; }

    /// <summary>Usual norm of the gradient: the mean over the last steps; 0 before the first.</summary>
    public double GradientNorm { get; set; }

    /// <summary>Sum over this round's updates of the mean flow loss.</summary>
    public double FlowLossSum { get; set; }

    /// <summary>Sum over this round's updates of the mean loss of the projector's half.</summary>
    public double ProjectorLossSum { get; set; }

    /// <summary>Lowest loss of a round; 0 before the first.</summary>
    public double LowestLoss { get; private set; }

    /// <summary>Rounds since the last that gained.</summary>
    public int RoundsWithoutGain { get; private set; }

    /// <inheritdoc/>
    public override Points? Learned => Explored ? new Points([.. Points.Select(u => (double)u)], Problem.Dimension) : null;

    /// <summary>Brings training to its end where rounds gain nothing more. Called at the end of a round, before it counts as done.</summary>
    /// <param name="loss">Mean loss of the round, finite.</param>
    /// <param name="onSet">Whether all samples that it was judged by met the constraints.</param>
    /// <param name="patience">Rounds without gain until then; 0 waits for ever.</param>
    public void Judge(double loss, bool onSet, int patience)
    {
        var gained = LowestLoss == 0 || loss < (1 - SmallestGain) * LowestLoss || !onSet;
        LowestLoss = LowestLoss == 0 ? loss : Math.Min(loss, LowestLoss);
        RoundsWithoutGain = gained ? 0 : RoundsWithoutGain + 1;
        var done = Round + 1;
        if (patience > 0 && RoundsWithoutGain == patience) Rounds = Math.Min(Rounds, done + (done + 2) / 3);
    }

    /// <summary>
    /// Takes up an exploration: the network's coordinates are those in which the pool has mean 0 and deviation 1. A periodic coordinate is cut open where the longest arc has no
    /// points, so that what hangs together over the ends of its box does so for the network; it has 0 opposite to the cut.
    /// </summary>
    /// <param name="pool">Points of the pairs (x', c') as explorers see them, [N, D + C].</param>
    /// <param name="set">Their coordinates.</param>
    public void Take(Points pool, StandardSet set)
    {
        var d = Problem.Dimension;
        double[] mean = [.. Enumerable.Range(0, d).Select(k => set.Circles.Middle(k, pool) ?? Mean(pool, k))], deviation = new double[d];
        for (var i = 0; i < pool.Count; i++)
            for (var k = 0; k < d; k++) deviation[k] += Off(i, k) * Off(i, k) / pool.Count;
        for (var k = 0; k < d; k++)
        {
            // A coordinate that the set fixes keeps its scale.
            deviation[k] = Math.Sqrt(deviation[k]);
            if (!(deviation[k] > 1e-9 * Math.Max(1, Math.Abs(mean[k])))) deviation[k] = 1;
        }
        var (center, scale) = (set.Standard.Center, set.Standard.Scale);
        SetStandard([.. mean.Select((m, k) => center[k] + scale[k] * m)], [.. deviation.Select((s, k) => scale[k] * s)]);
        Refill(pool, set);
        double Off(int i, int k) => set.Circles.Shortest(k, pool[i][k] - mean[k]);
    }

    /// <summary>Takes up another exploration in the coordinates that the network has already.</summary>
    /// <param name="pool">Points of the pairs (x', c') as explorers see them, [N, D + C].</param>
    /// <param name="set">Their coordinates.</param>
    public void Refill(Points pool, StandardSet set)
    {
        var d = Problem.Dimension;
        var (center, scale) = (set.Standard.Center, set.Standard.Scale);
        for (var k = 0; k < d; k++)
        {
            var (middle, unit) = ((Standard.Center[k] - center[k]) / scale[k], scale[k] / Standard.Scale[k]);
            for (var i = 0; i < pool.Count; i++) Points[i * d + k] = (float)(unit * set.Circles.Shortest(k, pool[i][k] - middle));
        }
        for (var j = 0; j < Conditions.Count; j++)
        {
            var (middle, unit) = ((Standard.ConditionCenter[j] - center[d + j]) / scale[d + j], scale[d + j] / Standard.ConditionScale[j]);
            for (var i = 0; i < pool.Count; i++) Conditions[j][i] = (float)(unit * (pool[i][d + j] - middle));
        }
    }

    /// <summary>The points of the pool as explorers see them.</summary>
    /// <param name="set">Coordinates to give them in.</param>
    /// <returns>Pairs (x', c') [N, D + C].</returns>
    public Points Pairs(StandardSet set)
    {
        var d = Problem.Dimension;
        var pairs = new Points(Points.Length / d, set.Dimension);
        for (var i = 0; i < pairs.Count; i++)
        {
            var pair = pairs.Row(i);
            for (var k = 0; k < d; k++) pair[k] = Standard.Center[k] + Standard.Scale[k] * Points[i * d + k];
            for (var j = 0; j < Conditions.Count; j++) pair[d + j] = Standard.ConditionCenter[j] + Standard.ConditionScale[j] * Conditions[j][i];
            set.Enter(pair);
        }
        return pairs;
    }

    /// <summary>Takes up the pool and the weights of another state of the same training.</summary>
    public void TakeFrom(LocusState other)
    {
        other.Points.CopyTo(Points, 0);
        other.Noise.CopyTo(Noise, 0);
        for (var j = 0; j < Conditions.Count; j++) other.Conditions[j].CopyTo(Conditions[j], 0);
        other.Weights.Parameters.CopyTo(Weights.Parameters);
        (Standard, Margin, Explored) = (other.Standard, other.Margin, true);
    }

    /// <inheritdoc/>
    protected override void VisitOwn(IStateFields fields)
    {
        Explored = fields.Number("explored", Explored ? 1 : 0) == 1;
        Updates = fields.Number("totalUpdates", Updates);
        Margin = fields.Number("margin", Margin);
        GradientNorm = fields.Number("gradientNorm", GradientNorm);
        LowestLoss = fields.Number("lowestLoss", LowestLoss);
        RoundsWithoutGain = fields.Number("roundsWithoutGain", RoundsWithoutGain);
        Rounds = fields.Number("rounds", Rounds);
        FlowLossSum = fields.Number("flowLossSum", FlowLossSum);
        ProjectorLossSum = fields.Number("projectorLossSum", ProjectorLossSum);
        double[] center = [.. Standard.Center], scale = [.. Standard.Scale];
        fields.Vector<double>("center", center);
        fields.Vector<double>("scale", scale);
        if (Explored) SetStandard(center, scale);
        var facts = ExplorationFacts.Visit(fields, Facts);
        if (Explored) Facts = facts;
        fields.Vector<float>("pool.points", Points);
        fields.Vector<float>("pool.noise", Noise);
        for (var j = 0; j < Conditions.Count; j++) fields.Vector<float>($"pool.condition.{j}", Conditions[j]);
    }

    private static double Mean(Points pool, int k)
    {
        var mean = 0.0;
        for (var i = 0; i < pool.Count; i++) mean += pool[i][k] / pool.Count;
        return mean;
    }

    private void SetStandard(double[] center, double[] scale) => Standard = Standardization.Of(Problem, center, scale);
}
