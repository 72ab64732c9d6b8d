using Locus.Engine.Blocks;

namespace Locus.Engine.Networks;

/// <summary>The memory in which one worker takes a block through a network: about 600 bytes per hidden unit for inference, 256 (2 L + 2) for training.</summary>
public sealed class MlpWorkspace
{
    /// <summary>Memory for a network of this shape.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="training">Whether the backward pass will run too: then the values and derivatives of all layers are kept.</param>
    public MlpWorkspace(MlpShape shape, bool training)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var width = shape.Hidden.Max();
        var kept = training ? shape.Hidden.Sum() * 2 : 0;
        var (d, features) = (shape.Dimension, shape.PositionFeatures);
        var moved = training && features > 0 ? d + features : 0;
        var rows = shape.InputRows + 2 * shape.OutputRows + 2 * width + kept + moved;
        var arena = new Arena(rows * Block.Lanes);
        Input = arena.Rows(shape.InputRows);
        Position = Input.Slice(0, d);
        PositionFeatures = Input.Slice(d, features);
        Time = Input.Slice(d + features, shape.Time.Rows);
        Condition = Input.Slice(d + features + shape.Time.Rows, shape.Conditions);
        Output = arena.Rows(shape.OutputRows);
        OutputGradient = arena.Rows(shape.OutputRows);
        Direction = arena.Rows(moved);
        Passing = [arena.Rows(width), arena.Rows(width)];
        Values = training ? [.. shape.Hidden.Select(arena.Rows)] : [];
        Derivatives = training ? [.. shape.Hidden.Select(arena.Rows)] : [];
    }

    /// <summary>The network's input [D + F + T + C][64], of which the next four are parts.</summary>
    public Block Input { get; }

    /// <summary>z [D][64].</summary>
    public Block Position { get; }

    /// <summary>Features of z [F][64]; <see cref="Embed"/> fills them.</summary>
    public Block PositionFeatures { get; }

    /// <summary>Time features [T][64]; the caller sets row 0 to t and <see cref="Embed"/> fills the rest.</summary>
    public Block Time { get; }

    /// <summary>c [C][64], in standard units.</summary>
    public Block Condition { get; }

    /// <summary>f(z, t, c) [D][64], or as many rows as the network has outputs.</summary>
    public Block Output { get; }

    /// <summary>Derivative of the loss by the output, of as many rows, set by the caller before the backward pass.</summary>
    public Block OutputGradient { get; }

    /// <summary>A direction and what it does to the features [D + F][64]; empty where there are none.</summary>
    internal Block Direction { get; }

    /// <summary>Two blocks [W][64] between which hidden layers (or, backwards, their gradients) pass.</summary>
    internal Block[] Passing { get; }

    /// <summary>Each hidden layer's values after activation [W][64].</summary>
    internal Block[] Values { get; }

    /// <summary>Each hidden layer's derivative of the activation [W][64].</summary>
    internal Block[] Derivatives { get; }

    /// <summary>Fills the features of position and time from z and t.</summary>
    /// <param name="shape">The network that this memory was made for.</param>
    public void Embed(MlpShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        shape.Position.Fill(Position, PositionFeatures);
        shape.Time.Fill(Time);
    }
}
