using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Networks;

/// <summary>How the time t in [0, 1] enters the network.</summary>
public enum TimeEmbeddingKind
{
    /// <summary>t itself: one feature.</summary>
    Raw,

    /// <summary>t, and sin and cos of 2^k pi t for k = 0 to K - 1: octaves, fine detail with few features.</summary>
    Fourier,

    /// <summary>t, and sin and cos of 2 pi k t for k = 1 to K: the harmonics of one period.</summary>
    Harmonic,
}

/// <summary>A time embedding and its number of frequencies K (ignored by <see cref="TimeEmbeddingKind.Raw"/>).</summary>
/// <param name="Kind">Which features.</param>
/// <param name="Frequencies">K, at least 1.</param>
public readonly record struct TimeEmbedding(TimeEmbeddingKind Kind, int Frequencies)
{
    /// <summary>Number of input features.</summary>
    public int Rows => Kind == TimeEmbeddingKind.Raw ? 1 : 1 + 2 * Frequencies;

    /// <summary>Fills the rows after the first from the first, which holds t.</summary>
    /// <param name="features">[Rows][64]; row 0 is read, the others are written.</param>
    public void Fill(Block features)
    {
        if (Kind == TimeEmbeddingKind.Raw) return;
        var t = features[0];
        for (var k = 0; k < Frequencies; k++)
        {
            // 2^k is exact, and so is the product with a float pi up to its own rounding: the argument stays below 2^K pi.
            var factor = Kind == TimeEmbeddingKind.Fourier ? MathF.PI * (1L << k) : 2 * MathF.PI * (k + 1);
            Span<float> sin = features[1 + 2 * k], cos = features[2 + 2 * k];
            for (var lane = 0; lane < Block.Lanes; lane++) sin[lane] = factor * t[lane];
            BlockFunctions.SinCos(sin, cos);
        }
    }
}
