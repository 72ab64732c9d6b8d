using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Networks;

/// <summary>
/// What the network sees of a position z besides z itself: sin and cos of 2^k pi/2 z_d for k = 0 to K - 1. Networks learn fine detail slowly from z alone
/// (Tancik et al. 2020); two octaves are enough for sets of a few units.
/// </summary>
/// <param name="Frequencies">K; 0 for none.</param>
public readonly record struct PositionEmbedding(int Frequencies)
{
    /// <summary>Number of features for D coordinates.</summary>
    /// <param name="dimension">D.</param>
    public int Rows(int dimension) => 2 * Frequencies * dimension;

    /// <summary>Fills the features of positions.</summary>
    /// <param name="position">z [D][64].</param>
    /// <param name="features">[2 K D][64], written: by frequency, then coordinate, sine and cosine.</param>
    public void Fill(Block position, Block features)
    {
        if (Avx512F.IsSupported) Fill<Lanes16>(position, features);
        else if (Avx2.IsSupported) Fill<Lanes8>(position, features);
        else Fill<Lanes1>(position, features);
    }

    /// <summary>How position and features move when the position moves.</summary>
    /// <param name="features">The features at the position [2 K D][64].</param>
    /// <param name="direction">v [D][64].</param>
    /// <param name="image">v, then the movement of each feature, [D + 2 K D][64], written.</param>
    public void Tangent(Block features, Block direction, Block image)
    {
        var dimension = direction.Rows;
        direction.Values.CopyTo(image.Values);
        for (var k = 0; k < Frequencies; k++)
        {
            var rate = MathF.PI / 2 * (1 << k);
            for (var d = 0; d < dimension; d++)
            {
                var row = 2 * (k * dimension + d);
                Span<float> v = direction[d], sin = features[row], cos = features[row + 1], ofSin = image[dimension + row], ofCos = image[dimension + row + 1];
                for (var lane = 0; lane < Block.Lanes; lane++)
                {
                    ofSin[lane] = rate * cos[lane] * v[lane];
                    ofCos[lane] = -rate * sin[lane] * v[lane];
                }
            }
        }
    }

    internal unsafe void Fill<T>(Block position, Block features)
        where T : struct, ILanes<T>
    {
        fixed (float* z = position, rows = features)
        {
            var target = rows;
            for (var k = 0; k < Frequencies; k++)
            {
                // 2^k pi/2 z is 2^k z / 4 turns: exact, as is the reduction of turns.
                var turns = T.Of(0.25f * (1 << k));
                for (var d = 0; d < position.Rows; d++, target += 2 * Block.Lanes)
                    for (var lane = 0; lane < Block.Lanes; lane += T.Count)
                    {
                        Elementary.SinCosOfTurns(turns * T.Load(z + d * Block.Lanes + lane), out var sin, out var cos);
                        T.Store(sin, target + lane);
                        T.Store(cos, target + Block.Lanes + lane);
                    }
            }
        }
    }
}
