using Locus.Engine.Random;

namespace Locus.Engine.Networks;

/// <summary>
/// The architecture of a drift on a grid of times, after the network of path integral samplers (Zhang and Chen 2022; Sendera et al. 2024):
///     u(x, t, c) = trunk(x, c; W [x, c] + b + embed(t)) + scale(t) (1 + tanh gate) s(x),
/// where embed(t) shifts the first layer of the trunk, s is a score, if there is one, and gate, if there is one, are the last D outputs of the trunk: what is taken of the score, coordinate by coordinate. What depends on the time alone is computed once for each step of the grid, see <see cref="DriftSteps"/>: lanes
/// of the trunk are samples, lanes of the other two networks are steps. All parameters lie in one vector: those of embed, trunk, scale, and then those of the network of the way back, if it is learned.
/// </summary>
public sealed class DriftShape
{
    // Scale of the score before training (Sendera et al. 2024, code).
    private const float FirstScale = 0.01f;

    /// <summary>Describes a drift.</summary>
    /// <param name="dimension">D, coordinates of a point, at least 1.</param>
    /// <param name="conditions">C, number of conditions, 0 if there are none.</param>
    /// <param name="hidden">Width of each hidden layer of the trunk, at least one; the other two networks have the width of the first.</param>
    /// <param name="activation">The function after each hidden layer.</param>
    /// <param name="time">How t enters embed and scale.</param>
    /// <param name="outputs">Rows of the trunk's output, the gate left out: D, or more where the network says more than the drift.</param>
    /// <param name="score">Whether there is a score.</param>
    /// <param name="gate">Whether it has a gate.</param>
    /// <param name="back">The network of the way back; null where that is not learned.</param>
    public DriftShape(int dimension, int conditions, IReadOnlyList<int> hidden, ActivationKind activation, TimeEmbedding time, int outputs, bool score, bool gate = false, DriftShape? back = null)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        if (gate && !score) throw new ArgumentException("a gate needs a score", nameof(gate));
        (OwnRows, HasGate, Back) = (outputs, gate, back);
        Trunk = new MlpShape(dimension, conditions, hidden, activation, new TimeEmbedding(TimeEmbeddingKind.None, 0), residual: false, outputs: gate ? outputs + dimension : outputs);
        Embed = new MlpShape(0, 0, [hidden[0]], activation, time, residual: false, outputs: hidden[0]);
        Scale = score ? new MlpShape(0, 0, [hidden[0], hidden[0], hidden[0]], activation, time, residual: false, outputs: 1) : null;
    }

    /// <summary>The network of x and c.</summary>
    public MlpShape Trunk { get; }

    /// <summary>The network of t whose output shifts the trunk's first layer.</summary>
    public MlpShape Embed { get; }

    /// <summary>The network of t whose output scales the score; null where there is none.</summary>
    public MlpShape? Scale { get; }

    /// <summary>Rows of the trunk's output before those of the gate.</summary>
    public int OwnRows { get; }

    /// <summary>Whether the trunk's last D outputs are a gate of the score.</summary>
    public bool HasGate { get; }

    /// <summary>The network of the way back, of x, t and c; null where that is not learned.</summary>
    public DriftShape? Back { get; }

    /// <summary>Power p, at least 1, of the grid of times that the drift is trained on: what its network is told of a time depends on it.</summary>
    public double GridPower { get; init; } = 1;

    /// <summary>Length of the parameter vector.</summary>
    public int ParameterCount => BackOffset + (Back?.ParameterCount ?? 0);

    /// <summary>Width of the trunk's first layer.</summary>
    public int ShiftLength => Trunk.Outputs(0);

    private int TrunkOffset => Embed.ParameterCount;

    private int ScaleOffset => TrunkOffset + Trunk.ParameterCount;

    private int BackOffset => ScaleOffset + (Scale?.ParameterCount ?? 0);

    /// <summary>Draws parameters as <see cref="Mlp.Initialize"/> does; the drift is 0 everywhere but for 0.01 times the score, if there is one.</summary>
    /// <param name="key">Randomness.</param>
    /// <param name="outputScale">Scale of the trunk's output layer: 0 for no drift, 1 as for other layers.</param>
    /// <param name="parameters">[ParameterCount], written.</param>
    public void Initialize(Key key, float outputScale, Span<float> parameters)
    {
        Mlp.Initialize(Embed, key.Fold("embed"), 1, EmbedOf(parameters));
        Mlp.Initialize(Trunk, key.Fold("trunk"), outputScale, TrunkOf(parameters));
        Back?.Initialize(key.Fold("back"), outputScale, BackOf(parameters));
        if (Scale is null) return;
        Mlp.Initialize(Scale, key.Fold("scale"), 0, ScaleOf(parameters));
        ScaleOf(parameters)[Scale.BiasOffset(Scale.Layers - 1)] = FirstScale;
    }

    /// <summary>The trunk's part of a vector of parameters, or of their gradient.</summary>
    /// <param name="parameters">[ParameterCount].</param>
    public Span<float> TrunkOf(Span<float> parameters) => parameters.Slice(TrunkOffset, Trunk.ParameterCount);

    /// <inheritdoc cref="TrunkOf(Span{float})"/>
    public ReadOnlySpan<float> TrunkOf(ReadOnlySpan<float> parameters) => parameters.Slice(TrunkOffset, Trunk.ParameterCount);

    /// <summary>The part of the way back.</summary>
    /// <param name="parameters">[ParameterCount].</param>
    public Span<float> BackOf(Span<float> parameters) => parameters[BackOffset..];

    /// <inheritdoc cref="BackOf(Span{float})"/>
    public ReadOnlySpan<float> BackOf(ReadOnlySpan<float> parameters) => parameters[BackOffset..];

    internal Span<float> EmbedOf(Span<float> parameters) => parameters[..TrunkOffset];

    internal ReadOnlySpan<float> EmbedOf(ReadOnlySpan<float> parameters) => parameters[..TrunkOffset];

    internal Span<float> ScaleOf(Span<float> parameters) => parameters[ScaleOffset..BackOffset];

    internal ReadOnlySpan<float> ScaleOf(ReadOnlySpan<float> parameters) => parameters[ScaleOffset..BackOffset];
}
