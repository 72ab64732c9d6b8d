// With x = center + scale u, d log R / d u = scale d log R / d x, coordinate by coordinate; log R itself is left as it is, so that log Z stays that of the user's units.
using Locus.Engine.Blocks;

namespace Locus.Problems;

/// <summary>A density by code in the network's coordinates u = (x - center) / scale, c' likewise.</summary>
internal sealed class StandardDensity(Density density, Standardization standard) : Density
{
    /// <inheritdoc/>
    public override int Dimension => density.Dimension;

    /// <inheritdoc/>
    public override int Conditions => density.Conditions;

    /// <inheritdoc/>
    public override int ScratchNumbers => Dimension + Conditions + density.ScratchNumbers;

    /// <inheritdoc/>
    public override int ScratchRows => Dimension + Conditions + density.ScratchRows;

    /// <summary>A density in the coordinates of <paramref name="standard"/>; itself where these are the user's own.</summary>
    public static Density Of(Density density, Standardization standard) =>
        Array.TrueForAll([.. standard.Center, .. standard.ConditionCenter], center => center == 0) && Array.TrueForAll([.. standard.Scale, .. standard.ConditionScale], scale => scale == 1)
            ? density
            : new StandardDensity(density, standard);

    /// <inheritdoc/>
    public override double Log(ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> score, Span<double> scratch)
    {
        var point = scratch[..Dimension];
        var given = scratch.Slice(Dimension, Conditions);
        for (var d = 0; d < point.Length; d++) point[d] = standard.Center[d] + standard.Scale[d] * x[d];
        for (var j = 0; j < given.Length; j++) given[j] = standard.ConditionCenter[j] + standard.ConditionScale[j] * c[j];
        var log = density.Log(point, given, score, scratch[(Dimension + Conditions)..]);
        for (var d = 0; d < score.Length; d++) score[d] *= standard.Scale[d];
        return log;
    }

    /// <inheritdoc/>
    public override void Run(Block x, Block c, Block values, Block scratch)
    {
        var (point, given) = (scratch.Slice(0, Dimension), scratch.Slice(Dimension, Conditions));
        for (var d = 0; d < Dimension; d++) Affine(x[d], point[d], (float)standard.Scale[d], (float)standard.Center[d]);
        for (var j = 0; j < Conditions; j++) Affine(c[j], given[j], (float)standard.ConditionScale[j], (float)standard.ConditionCenter[j]);
        density.Run(point, given, values, scratch.Slice(Dimension + Conditions, density.ScratchRows));
        for (var d = 0; d < Dimension; d++) Affine(values[1 + d], values[1 + d], (float)standard.Scale[d], 0);
    }

    private static void Affine(ReadOnlySpan<float> from, Span<float> to, float scale, float center)
    {
        for (var lane = 0; lane < to.Length; lane++) to[lane] = scale * from[lane] + center;
    }
}
