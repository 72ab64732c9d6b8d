using System.Runtime.Intrinsics.X86;
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

    /// <summary>Nothing: whoever runs the network shifts its first layer by the time instead, see <see cref="DriftShape"/>.</summary>
    None,
}

/// <summary>A time embedding and its number of frequencies K (ignored by <see cref="TimeEmbeddingKind.Raw"/> and <see cref="TimeEmbeddingKind.None"/>).</summary>
/// <param name="Kind">Which features.</param>
/// <param name="Frequencies">K, 1 to 20.</param>
public readonly record struct TimeEmbedding(TimeEmbeddingKind Kind, int Frequencies)
{
    /// <summary>Number of input features.</summary>
    public int Rows => Kind switch
    {
        TimeEmbeddingKind.None => 0,
        TimeEmbeddingKind.Raw => 1,
        _ => 1 + 2 * Frequencies,
    };

    /// <summary>Fills the rows after the first from the first, which holds t.</summary>
    /// <param name="features">[Rows][64]; row 0 is read, the others are written: sine and cosine of each frequency in turn.</param>
    public void Fill(Block features)
    {
        if (Avx512F.IsSupported) Fill<Lanes16>(features);
        else if (Avx2.IsSupported) Fill<Lanes8>(features);
        else Fill<Lanes1>(features);
    }

    internal unsafe void Fill<T>(Block features)
        where T : struct, ILanes<T>
    {
        fixed (float* rows = features)
        {
            for (var k = 0; 2 * k + 1 < Rows; k++)
            {
                // 2^k pi t is 2^k / 2 turns: halving and doubling are exact, as is the reduction of turns.
                var turns = T.Of(Kind == TimeEmbeddingKind.Fourier ? 0.5f * (1 << k) : k + 1);
                for (var lane = 0; lane < Block.Lanes; lane += T.Count)
                {
                    Elementary.SinCosOfTurns(turns * T.Load(rows + lane), out var sin, out var cos);
                    T.Store(sin, rows + (2 * k + 1) * Block.Lanes + lane);
                    T.Store(cos, rows + (2 * k + 2) * Block.Lanes + lane);
                }
            }
        }
    }
}
