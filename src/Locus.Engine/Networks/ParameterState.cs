using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Networks;

/// <summary>All that training keeps of a network between two steps: four vectors of the same length and the number of steps done.</summary>
public sealed class ParameterState
{
    /// <summary>A state of zeros.</summary>
    /// <param name="count">Number of parameters P.</param>
    public ParameterState(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        // Padded to whole cells with parameters that stay 0, so that kernels have no tails.
        Padded = (count + AdamKernel.Cell - 1) / AdamKernel.Cell * AdamKernel.Cell;
        var arena = new Arena(4 * Padded);
        Parameters = arena.Vector(Padded);
        Average = arena.Vector(Padded);
        FirstMoment = arena.Vector(Padded);
        SecondMoment = arena.Vector(Padded);
    }

    /// <summary>Number of parameters P.</summary>
    public int Count { get; }

    /// <summary>The parameters [P, padded].</summary>
    public Memory<float> Parameters { get; }

    /// <summary>The exponential moving average of the parameters [P, padded].</summary>
    public Memory<float> Average { get; }

    /// <summary>Adam's first moment [P, padded].</summary>
    public Memory<float> FirstMoment { get; }

    /// <summary>Adam's second moment [P, padded].</summary>
    public Memory<float> SecondMoment { get; }

    /// <summary>Steps done.</summary>
    public long Steps { get; set; }

    /// <summary>P rounded up to whole cells.</summary>
    internal int Padded { get; }
}
