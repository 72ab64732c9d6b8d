using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Flows;
using Locus.Problems;

namespace Locus.Sampling;

/// <summary>A network that predicts the end of a flow from noise, see <see cref="Flows.Flow"/>.</summary>
public sealed class FlowSampler : Sampler
{
    private readonly ReadOnlyMemory<float> parameters;
    private readonly Guide? guide;

    // Borrowed by one caller at a time; another who comes meanwhile makes his own.
    private FewSampler? few;

    /// <summary>A sampler from its parts.</summary>
    /// <param name="problem">What is sampled.</param>
    /// <param name="shape">The network; its D and C are the problem's.</param>
    /// <param name="parameters">[P], kept, not copied; they must not change any more.</param>
    /// <param name="flow">Method and steps.</param>
    /// <param name="standard">The network's coordinates; null for those of <see cref="Standardization.Of(Problem)"/>.</param>
    /// <param name="guided">Whether the network was trained with a <see cref="Guide"/>.</param>
    public FlowSampler(Problem problem, MlpShape shape, ReadOnlyMemory<float> parameters, FlowOptions flow, Standardization? standard = null, bool guided = false)
        : base(problem, standard)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(flow);
        if (shape.Dimension != problem.Dimension || shape.Conditions != problem.ConditionCount)
            throw new ArgumentException($"a network for {shape.Dimension} coordinates and {shape.Conditions} conditions does not fit problem '{problem.Name}' with {problem.Dimension} and {problem.ConditionCount}", nameof(shape));
        (Shape, Flow, this.parameters) = (shape, flow, parameters);
        guide = guided ? new Guide(Standard) : null;
    }

    /// <summary>The network.</summary>
    public MlpShape Shape { get; }

    /// <summary>Method and steps.</summary>
    public FlowOptions Flow { get; }

    /// <inheritdoc/>
    public override SamplerOptions Options => Flow;

    /// <summary>Whether a step toward the set is part of the network.</summary>
    public bool Guided => guide is not null;

    /// <inheritdoc/>
    public override string? WhyNoDensity
    {
        get
        {
            List<string> reasons = [];
            if (Flow.Method == FlowMethod.EulerMaruyama)
                reasons.Add($"samples of '{Problem.Name}' have no density: euler-maruyama adds noise on the way, which no change of variables follows; run the network with euler or heun");
            if (Problem.Dimension > FlowDensity.MostCoordinates)
                reasons.Add($"the density of samples is found in at most {FlowDensity.MostCoordinates} coordinates, for it costs as many more evaluations of the network; '{Problem.Name}' has {Problem.Dimension}");
            if (Guided)
                reasons.Add($"the network of '{Problem.Name}' is guided: its samples are pressed onto a set without volume, where they have no density by volume");
            return reasons.Count == 0 ? null : string.Join(Environment.NewLine, reasons);
        }
    }

    /// <inheritdoc/>
    public override Sampler With(SamplerOptions options) =>
        new FlowSampler(Problem, Shape, parameters, options as FlowOptions ?? throw new ArgumentException("a flow is run by flow options", nameof(options)), Standard, Guided);

    /// <inheritdoc/>
    private protected override BlockSampler Blocks(int threads, bool density) => new FlowBlocks(Shape, Flow, threads, density, guide) { Parameters = parameters };

    /// <inheritdoc/>
    private protected override void Follow(Key key, Conditions conditions, Action<int, Block> observe)
    {
        var workspace = new FlowWorkspace(Shape, guide: guide);
        conditions.Fill(0, workspace.Network.Condition);
        new Flow(Shape, Flow, key).Run(parameters.Span, workspace, 0, observe);
    }

    /// <inheritdoc/>
    private protected override bool DrawFew(int count, Key key, Conditions conditions, Action<Block, Block> receive)
    {
        if (count is 0 or > TurnedMlp.MostSamples) return count == 0;
        var sampler = Interlocked.Exchange(ref few, null) ?? new FewSampler(Shape, Flow, parameters.Span, guide);
        var net = sampler.Run(count, key, conditions);
        receive(net.Position, net.Condition);
        few = sampler;
        return true;
    }
}
