using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;

namespace Locus.Sampling;

/// <summary>
/// A drift that bends a diffusion toward the density exp(-E) / Z, see <see cref="DiffusionOptions"/>. The density that comes with a sample is that of its path over that of the way back from the sample,
/// log q' = log N(x_T; 0, V_T) + sum l: the mean of 1 / q' over the paths that end in x is 1 / q(x), so that weights exp(-E) / q' are right, and their mean is Z (Sendera et al. 2024, section 2).
/// </summary>
public sealed class DriftSampler : Sampler
{
    private readonly DriftShape shape;
    private readonly ReadOnlyMemory<float> parameters;
    private readonly Drift drift;

    /// <summary>A sampler from its parts.</summary>
    /// <param name="problem">What is sampled; it needs an energy where the drift has a score.</param>
    /// <param name="shape">The drift; its D and C are the problem's.</param>
    /// <param name="parameters">[P], kept, not copied; they must not change any more.</param>
    /// <param name="options">Process and steps.</param>
    /// <param name="standard">The network's coordinates; null for those of <see cref="Standardization.Of(Problem)"/>.</param>
    public DriftSampler(Problem problem, DriftShape shape, ReadOnlyMemory<float> parameters, DiffusionOptions options, Standardization? standard = null)
        : base(problem, standard)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(options);
        if (shape.Trunk.Dimension != problem.Dimension || shape.Trunk.Conditions != problem.ConditionCount)
            throw new ArgumentException($"a drift for {shape.Trunk.Dimension} coordinates and {shape.Trunk.Conditions} conditions does not fit problem '{problem.Name}' with {problem.Dimension} and {problem.ConditionCount}", nameof(shape));
        (this.shape, this.parameters, Diffusion) = (shape, parameters, options);
        drift = new Drift(shape, options.Reference(), options, shape.Scale is null ? null : new Reward(problem, Standard));
    }

    /// <summary>Process and steps.</summary>
    public DiffusionOptions Diffusion { get; }

    /// <summary>Calls of the energy for one sample: one a step where its score is part of the drift.</summary>
    public int EnergyCalls => shape.Scale is null ? 0 : Diffusion.Steps;

    /// <inheritdoc/>
    public override SamplerOptions Options => Diffusion;

    /// <inheritdoc/>
    public override Sampler With(SamplerOptions options) =>
        new DriftSampler(Problem, shape, parameters, options as DiffusionOptions ?? throw new ArgumentException("a drift is run by diffusion options", nameof(options)), Standard);

    /// <summary>
    /// log q' for a path back from each of some points, as <see cref="Sampler.SampleWithDensity"/> has it for a path there: on average over the ways back from a point, exp(log q') is the density of the sampler at it. Of exact
    /// samples, the mean of -E - log q' is an upper bound of log Z.
    /// </summary>
    /// <param name="points">Points in the user's coordinates [N, D].</param>
    /// <param name="conditions">Their parameters, in the user's units: [N, C], or [1, C] where all have the same; null for a problem without.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="team">Workers.</param>
    /// <returns>log q' [N], by volume in the user's units.</returns>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public double[] ReturnDensities(Points points, Points? conditions, Key key, Team team)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(team);
        if (points.Dimension != Problem.Dimension || (conditions?.Dimension ?? 0) != Problem.ConditionCount || (conditions is not null && conditions.Count != 1 && conditions.Count != points.Count))
            throw new ArgumentException($"points of {points.Dimension} coordinates and {conditions?.Dimension ?? 0} parameters do not fit problem '{Problem.Name}'", nameof(points));
        var back = new DriftReturn(shape, drift, parameters, Standard, points, conditions, key, team.Threads);
        team.Run(back, (points.Count + Block.Lanes - 1) / Block.Lanes);
        return [.. back.Log.Select(log => log - Standard.LogScale)];
    }

    /// <inheritdoc/>
    private protected override BlockSampler Blocks(int threads, bool density) => new DriftBlocks(shape, drift, parameters, threads);

    /// <inheritdoc/>
    private protected override void Follow(Key key, Conditions conditions, Action<int, Block> observe)
    {
        var (memory, steps, path) = (drift.Workspace(training: false), new DriftSteps(shape, drift.Process.Steps, training: false), new KeptPath(shape, drift.Process.Steps));
        conditions.Fill(0, memory.Net.Condition);
        drift.Prepare(parameters.Span, steps);
        drift.Run(parameters.Span, steps, memory, path, key, 0, 0);
        for (var i = 0; i <= drift.Process.Steps; i++) observe(i, path.Position(i));
    }

    private sealed class KeptPath(DriftShape shape, int steps) : IPath
    {
        private readonly Block[] positions = [.. Enumerable.Range(0, steps + 1).Select(_ => new Arena(shape.Trunk.Dimension * Block.Lanes).Rows(shape.Trunk.Dimension))];
        private readonly double[] ratio = new double[Block.Lanes];
        private readonly Block score = new Arena(shape.Trunk.Dimension * Block.Lanes).Rows(shape.Trunk.Dimension);

        public Block Position(int i) => positions[i];

        public Block Score(int i) => score;

        public Span<double> Ratio(int i) => ratio;

        public void ClearRatios() => ratio.AsSpan().Clear();
    }
}
