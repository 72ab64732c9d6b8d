using System.Runtime.InteropServices;
using Locus.Engine.Blocks;

namespace Locus.Problems;

/// <summary>
/// The law of an energy: log R(x, c) = -E(x, c), the logarithm of its density without its norm, and the score, its gradient by x. A formula compiles to one; code of your own derives from this class.
/// <code>
/// sealed class Ring : Density
/// {
///     public override int Dimension => 2;
///
///     public override double Log(ReadOnlySpan&lt;double> x, ReadOnlySpan&lt;double> c, Span&lt;double> score, Span&lt;double> scratch)
///     {
///         var r = Math.Sqrt(x[0] * x[0] + x[1] * x[1]);
///         for (var d = 0; d &lt; score.Length; d++) score[d] = -100 * (r - 1) * x[d] / r;
///         return -50 * (r - 1) * (r - 1);
///     }
/// }
/// </code>
/// </summary>
/// <remarks>It gives the same values for the same x and c on any thread, and is called by several at once, each with scratch of its own.</remarks>
public abstract class Density
{
    private const int DoublesPerRow = Block.Lanes / 2;

    /// <summary>D, the number of variables.</summary>
    public abstract int Dimension { get; }

    /// <summary>C, the number of parameters.</summary>
    public virtual int Conditions => 0;

    /// <summary>
    /// Values of the parameters as they occur, [N, C] in the user's units, such as the data that posteriors are wanted for: training takes one row for each path, and so do samples for which nothing is given. Null where they come
    /// uniformly from their ranges.
    /// </summary>
    public virtual Points? Observations => null;

    /// <summary>Numbers of scratch that <see cref="Log"/> needs.</summary>
    public virtual int ScratchNumbers => 0;

    /// <summary>Rows of scratch that <see cref="Run"/> needs; who overrides one of them overrides the other.</summary>
    public virtual int ScratchRows => (2 * Dimension + Conditions + ScratchNumbers + DoublesPerRow - 1) / DoublesPerRow;

    /// <summary>One point in double precision, for reports and checks.</summary>
    /// <param name="x">The point [D], in the user's units.</param>
    /// <param name="c">The parameters [C], in the user's units.</param>
    /// <param name="score">Receives d log R / d x [D]; empty where log R alone is wanted.</param>
    /// <param name="scratch">At least [ScratchNumbers]; its content has no meaning.</param>
    /// <returns>log R.</returns>
    public abstract double Log(ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> score, Span<double> scratch);

    /// <summary>
    /// 64 points in single precision, for training: what a lane gets depends on its own point alone. By default each point is left to <see cref="Log"/>; who can work on all at once overrides it, and <c>locus check</c>
    /// compares the two. Nothing is to be allocated.
    /// </summary>
    /// <param name="x">The points [D][64], in the user's units.</param>
    /// <param name="c">The parameters [C][64], in the user's units.</param>
    /// <param name="values">Receives log R in the first row and the score in the others, [1 + D][64].</param>
    /// <param name="scratch">At least [ScratchRows][64]; its content has no meaning.</param>
    public virtual void Run(Block x, Block c, Block values, Block scratch)
    {
        var memory = MemoryMarshal.Cast<float, double>(scratch.Values);
        var point = memory[..Dimension];
        var score = memory.Slice(Dimension, Dimension);
        var given = memory.Slice(2 * Dimension, Conditions);
        var rest = memory[(2 * Dimension + Conditions)..];
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            for (var d = 0; d < point.Length; d++) point[d] = x[d][lane];
            for (var j = 0; j < given.Length; j++) given[j] = c[j][lane];
            values[0][lane] = (float)Log(point, given, score, rest);
            for (var d = 0; d < point.Length; d++) values[1 + d][lane] = (float)score[d];
        }
    }
}
