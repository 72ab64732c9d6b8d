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
        var rows = shape.InputRows + 2 * shape.Dimension + 2 * width + kept;
        var arena = new Arena(rows * Block.Lanes);
        Input = arena.Rows(shape.InputRows);
        Position = Input.Slice(0, shape.Dimension);
        Time = Input.Slice(shape.Dimension, shape.Time.Rows);
        Condition = Input.Slice(shape.Dimension + shape.Time.Rows, shape.Conditions);
        Output = arena.Rows(shape.Dimension);
        OutputGradient = arena.Rows(shape.Dimension);
        Passing = [arena.Rows(width), arena.Rows(width)];
        Values = training ? [.. shape.Hidden.Select(arena.Rows)] : [];
        Derivatives = training ? [.. shape.Hidden.Select(arena.Rows)] : [];
    }

    /// <summary>The network's input [D + T + C][64], of which the next three are parts.</summary>
    public Block Input { get; }

    /// <summary>z [D][64].</summary>
    public Block Position { get; }

    /// <summary>Time features [T][64]; the caller sets row 0 to t and lets the embedding fill the rest.</summary>
    public Block Time { get; }

    /// <summary>c [C][64], in standard units.</summary>
    public Block Condition { get; }

    /// <summary>f(z, t, c) [D][64].</summary>
    public Block Output { get; }

    /// <summary>Derivative of the loss by the output [D][64], set by the caller before the backward pass.</summary>
    public Block OutputGradient { get; }

    /// <summary>Two blocks [W][64] between which hidden layers (or, backwards, their gradients) pass.</summary>
    internal Block[] Passing { get; }

    /// <summary>Each hidden layer's values after activation [W][64].</summary>
    internal Block[] Values { get; }

    /// <summary>Each hidden layer's derivative of the activation [W][64].</summary>
    internal Block[] Derivatives { get; }
}
