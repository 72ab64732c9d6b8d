// The unit box of 20 dimensions without the corner sum x_i > 9. Its volume is the Irwin-Hall law F(9) of a sum of 20 uniform numbers,
// sum_k<9 (-1)^k C(20, k) (9 - k)^20 / 20! = 0.2207. Exact draws: rejection from the box.
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A box of many dimensions with a corner cut off, which holds more than half of it.</summary>
internal static class CutBox
{
    private const int Size = 20, Limit = 9;

    public static GalleryProblem Entry()
    {
        var problem = Problem.Define(
            "cut-box", Size, x => [Sum(x) <= Limit], 0, 1, description: "A box of 20 dimensions with one corner cut off.");
        return new(problem, new BoxRejection(problem, reach: 1), "0 <= xi <= 1, x1 + ... + x20 <= 9", "ours", Volume());
    }

    private static double Volume()
    {
        var (volume, choices) = (0.0, 1.0);
        for (var k = 0; k < Limit; k++)
        {
            // C(20, k) (9 - k)^20 / 20!, a factor at a time: the terms stay below 10.
            var term = choices;
            for (var n = 1; n <= Size; n++) term *= (double)(Limit - k) / n;
            volume += k % 2 == 0 ? term : -term;
            choices *= (double)(Size - k) / (k + 1);
        }
        return volume;
    }
}
