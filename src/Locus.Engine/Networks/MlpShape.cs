
namespace Locus.Engine.Networks;

/// <summary>
/// The architecture of a network f(z, t, c) -> x in R^D: dense layers with one activation between them. Input rows in this order: z (D), its features (F), time features (T), c (C).
/// A network may also have other outputs than D.
/// </summary>
public sealed class MlpShape
{
    private readonly int[] sizes;
    private readonly int[] offsets;

    /// <summary>Describes a network.</summary>
    /// <param name="dimension">D, coordinates of a point, at least 1, or 0 for a network of the time alone.</param>
    /// <param name="conditions">C, number of conditions, 0 if there are none.</param>
    /// <param name="hidden">Width W of each hidden layer; at least one layer.</param>
    /// <param name="activation">The function after each hidden layer.</param>
    /// <param name="time">How t enters.</param>
    /// <param name="residual">Whether f = z + net(z, t, c) (true) or f = net(z, t, c).</param>
    /// <param name="position">What the network sees of z besides z itself; nothing by default.</param>
    /// <param name="outputs">Number of outputs, at least 1; null for D, which a residual network has.</param>
    public MlpShape(
        int dimension, int conditions, IReadOnlyList<int> hidden, ActivationKind activation, TimeEmbedding time, bool residual, PositionEmbedding position = default, int? outputs = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, outputs is null || time.Rows == 0 ? 1 : 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs ?? dimension, 1, nameof(outputs));
        if (residual && outputs is { } rows && rows != dimension) throw new ArgumentException($"a residual network has as many outputs as coordinates, not {rows} for {dimension}", nameof(outputs));
        ArgumentOutOfRangeException.ThrowIfNegative(conditions);
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden.Count, 1);
        foreach (var width in hidden) ArgumentOutOfRangeException.ThrowIfLessThan(width, 1, nameof(hidden));
        Dimension = dimension;
        Conditions = conditions;
        Hidden = [.. hidden];
        Activation = activation;
        Time = time;
        Residual = residual;
        Position = position;
        sizes = [dimension + position.Rows(dimension) + time.Rows + conditions, .. hidden, outputs ?? dimension];
        offsets = new int[sizes.Length];
        for (var layer = 0; layer < Layers; layer++) offsets[layer + 1] = checked(offsets[layer] + (sizes[layer] + 1) * sizes[layer + 1]);
    }

    /// <summary>D, coordinates of a point.</summary>
    public int Dimension { get; }

    /// <summary>C, conditions.</summary>
    public int Conditions { get; }

    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>The function after each hidden layer.</summary>
    public ActivationKind Activation { get; }

    /// <summary>How t enters.</summary>
    public TimeEmbedding Time { get; }

    /// <summary>Whether z is added to the output.</summary>
    public bool Residual { get; }

    /// <summary>What the network sees of z besides z itself.</summary>
    public PositionEmbedding Position { get; }

    /// <summary>F, the number of those features.</summary>
    public int PositionFeatures => Position.Rows(Dimension);

    /// <summary>Rows of the input: D + F + T + C.</summary>
    public int InputRows => sizes[0];

    /// <summary>Rows of the output: D where nothing else was asked for.</summary>
    public int OutputRows => sizes[^1];

    /// <summary>Dense layers: the hidden ones and the output layer.</summary>
    public int Layers => sizes.Length - 1;

    /// <summary>Length of the parameter vector.</summary>
    public int ParameterCount => offsets[^1];

    /// <summary>Multiplications and additions of one forward pass of one sample, activations not counted.</summary>
    public long FlopsPerSample => 2L * (ParameterCount - sizes.Skip(1).Sum());

    /// <summary>Inputs of a layer.</summary>
    /// <param name="layer">0 to Layers - 1.</param>
    public int Inputs(int layer) => sizes[layer];

    /// <summary>Outputs of a layer.</summary>
    /// <param name="layer">0 to Layers - 1.</param>
    public int Outputs(int layer) => sizes[layer + 1];

    /// <summary>Place of the layer's weights [outputs, inputs], row by row, in the parameter vector.</summary>
    /// <param name="layer">0 to Layers - 1.</param>
    public int WeightOffset(int layer) => offsets[layer];

    /// <summary>Place of the layer's bias [outputs] in the parameter vector, right behind its weights.</summary>
    /// <param name="layer">0 to Layers - 1.</param>
    public int BiasOffset(int layer) => offsets[layer] + sizes[layer] * sizes[layer + 1];
}
