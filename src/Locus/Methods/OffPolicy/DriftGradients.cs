using Locus.Engine.Networks;

namespace Locus.Methods.OffPolicy;

/// <summary>The derivatives of a loss by what a drift has of the time alone, in shards: each is filled by one task, and they are added in the order of the shards.</summary>
/// <param name="shape">The drift.</param>
/// <param name="steps">T.</param>
/// <param name="shards">Number of shards.</param>
internal sealed class DriftGradients(DriftShape shape, int steps, int shards)
{
    private readonly float[] shifts = new float[shards * steps * shape.ShiftLength];
    private readonly float[] scales = new float[shards * steps];

    /// <summary>Sets a shard to 0.</summary>
    /// <param name="shard">Which.</param>
    public void Clear(int shard)
    {
        shifts.AsSpan(shard * steps * shape.ShiftLength, steps * shape.ShiftLength).Clear();
        scales.AsSpan(shard * steps, steps).Clear();
    }

    /// <summary>Derivative by the shift of a step, [W].</summary>
    /// <param name="shard">Which shard.</param>
    /// <param name="step">0 to T - 1.</param>
    public Span<float> Shift(int shard, int step) => shifts.AsSpan((shard * steps + step) * shape.ShiftLength, shape.ShiftLength);

    /// <summary>Derivative by the scale of the score at a step.</summary>
    /// <param name="shard">Which shard.</param>
    /// <param name="step">0 to T - 1.</param>
    public ref float Scale(int shard, int step) => ref scales[shard * steps + step];

    /// <summary>Adds up the shards, and to a gradient what follows from them.</summary>
    /// <param name="parameters">[ParameterCount].</param>
    /// <param name="times">What <see cref="DriftSteps.Run"/> filled.</param>
    /// <param name="gradient">[ParameterCount], added to.</param>
    public void Collect(ReadOnlySpan<float> parameters, DriftSteps times, Span<float> gradient)
    {
        var (length, count) = (steps * shape.ShiftLength, steps);
        for (var shard = 1; shard < shards; shard++)
        {
            for (var i = 0; i < length; i++) shifts[i] += shifts[shard * length + i];
            for (var i = 0; i < count; i++) scales[i] += scales[shard * count + i];
        }
        times.Backward(parameters, shifts.AsSpan(0, length), scales.AsSpan(0, count), gradient);
    }
}
