using Locus.Engine.Blocks;

namespace Locus.Training;

/// <summary>How far from a set the projector's half of a batch sees its predictions.</summary>
internal static class ConstraintDistance
{
    /// <summary>
    /// Turns the sum P of squared distances from what is violated, and its gradient, into one squared distance and its gradient 2 s: s = 2 P / |P'|^2 P' leads to all of it where normals are
    /// orthogonal or the same. No pole of a constraint throws the network off: a step counts up to the length 1. A lane that holds no numbers counts nothing.
    /// </summary>
    /// <param name="distance">P and P', overwritten, [1 + D][64].</param>
    public static void Measure(Block distance)
    {
        var p = distance[0];
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var largest = 0f;
            for (var d = 1; d < distance.Rows; d++) largest = MathF.Max(largest, MathF.Abs(distance[d][lane]));
            var square = 0f;
            for (var d = 1; d < distance.Rows; d++) square += distance[d][lane] / largest * (distance[d][lane] / largest);
            var length = 2 * p[lane] / (largest * MathF.Sqrt(square));
            var counts = float.IsFinite(length) && length > 0;
            length = counts ? MathF.Min(length, 1) : 0;
            p[lane] = length * length;
            for (var d = 1; d < distance.Rows; d++) distance[d][lane] = counts ? 2 * length * (distance[d][lane] / largest) / MathF.Sqrt(square) : 0;
        }
    }
}
