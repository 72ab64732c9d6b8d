using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>What is done to rows of a product as soon as they are complete, while they are still in the first cache.</summary>
internal unsafe interface IFinish
{
    /// <summary>Finishes some rows.</summary>
    /// <param name="y">The first of them.</param>
    /// <param name="first">Its number.</param>
    /// <param name="count">How many, each of 64 values.</param>
    void Rows(float* y, int first, int count);
}

/// <summary>Leaves them as they are.</summary>
internal readonly struct Unfinished : IFinish
{
    /// <inheritdoc/>
    public unsafe void Rows(float* y, int first, int count)
    {
    }
}

/// <summary>Replaces each value by f(value), and may keep f'(value).</summary>
/// <typeparam name="TActivation">f.</typeparam>
/// <param name="slopes">Receives the derivatives [rows][64], or null.</param>
internal readonly unsafe struct Activated<TActivation>(float* slopes) : IFinish
    where TActivation : struct, IActivation
{
    private readonly float* slopes = slopes;

    /// <inheritdoc/>
    public void Rows(float* y, int first, int count) => ActivationKernel.Rows<TActivation>(y, slopes == null ? null : slopes + first * Block.Lanes, count);
}

/// <summary>Multiplies each value by a factor of its own.</summary>
/// <param name="factors">[rows][64].</param>
internal readonly unsafe struct Multiplied(float* factors) : IFinish
{
    private readonly float* factors = factors;

    /// <inheritdoc/>
    public void Rows(float* y, int first, int count) => Elementwise.Multiply(y, factors + first * Block.Lanes, count * Block.Lanes);
}
