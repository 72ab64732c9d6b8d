using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// The determinants of 64 matrices side by side, by Gaussian elimination with partial pivoting in double precision (Golub and Van Loan, "Matrix
/// Computations", 4th edition, section 3.4). Each lane has pivots of its own: whenever a row has a larger one, the two rows change places in the lanes
/// where this is so. Lanes never mix, and every operation is rounded as IEEE 754 says, so that the bits are the same on each machine.
/// </summary>
public sealed class Determinants
{
    private const int Lanes = 8;
    private const double Ln2 = 0.6931471805599453;
    private const long ExponentField = 0x7FF0_0000_0000_0000;

    private readonly Vector512<double>[] matrix;
    private readonly int size;

    /// <summary>Memory for matrices of one size.</summary>
    /// <param name="size">n, at least 1; each matrix costs n^3 / 3 multiplications.</param>
    public Determinants(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        this.size = size;
        matrix = new Vector512<double>[size * size];
    }

    /// <summary>log |det A| and the sign of det A for each lane, as a logarithm because products of many small pivots would leave the range of numbers.</summary>
    /// <param name="matrices">A [n^2][64], row by row or column by column.</param>
    /// <param name="logs">log |det A| [64]: minus infinity where it vanishes, NaN where an entry is not finite.</param>
    /// <param name="signs">1 or -1 [64]; 0 for those two.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    [MethodImpl(Compiled.AtOnce)]
    public void Find(Block matrices, Span<double> logs, Span<int> signs)
    {
        if (matrices.Rows != matrix.Length || logs.Length != Block.Lanes || signs.Length != Block.Lanes)
            throw new ArgumentException($"{matrices.Rows} rows, {logs.Length} logarithms and {signs.Length} signs do not fit matrices of size {size}");
        for (var first = 0; first < Block.Lanes; first += Lanes)
        {
            var finite = Load(matrices.Values[first..]);
            // The product of the pivots: a mantissa in [1, 2^n), a power of two and a sign that flips with every exchange.
            var mantissa = Vector512<double>.One;
            Vector512<long> exponent = default, sign = default, regular = Vector512<long>.AllBitsSet;
            for (var k = 0; k < size; k++)
            {
                sign ^= ChooseRow(k);
                var bits = matrix[k * size + k].AsInt64();
                var field = bits & Vector512.Create(ExponentField);
                // Below the normal numbers there is nothing to divide by.
                regular &= ~Vector512.Equals(field, Vector512<long>.Zero);
                sign ^= bits;
                exponent += Vector512.ShiftRightLogical(field, 52) - Vector512.Create(1023L);
                mantissa *= ((bits & Vector512.Create(0x000F_FFFF_FFFF_FFFF)) | Vector512.Create(0x3FF0_0000_0000_0000)).AsDouble();
                Eliminate(k);
            }
            for (var lane = 0; lane < Lanes; lane++)
            {
                var (isFinite, isRegular) = (finite.GetElement(lane) != 0, regular.GetElement(lane) != 0);
                logs[first + lane] = !isFinite ? double.NaN : !isRegular ? double.NegativeInfinity
                    : Math.FusedMultiplyAdd(exponent.GetElement(lane), Ln2, ElementaryDouble.Log(mantissa.GetElement(lane)));
                signs[first + lane] = !isFinite || !isRegular ? 0 : sign.GetElement(lane) < 0 ? -1 : 1;
            }
        }
    }

    /// <summary>Takes 8 lanes, and says where all entries are finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<long> Load(ReadOnlySpan<float> values)
    {
        var finite = Vector512<long>.AllBitsSet;
        for (var i = 0; i < matrix.Length; i++)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(values.Slice(i * Block.Lanes, Lanes)));
            matrix[i] = Vector512.Create(low, high);
            finite &= Vector512.LessThan(Vector512.Abs(matrix[i]), Vector512.Create(double.PositiveInfinity)).AsInt64();
        }
        return finite;
    }

    /// <summary>Brings the row with the largest entry of column <paramref name="k"/> to place k, lane by lane; the sign bit is set where the number of exchanges is odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<long> ChooseRow(int k)
    {
        var exchanges = Vector512<long>.Zero;
        var best = matrix.AsSpan(k * size + k, size - k);
        for (var i = k + 1; i < size; i++)
        {
            var row = matrix.AsSpan(i * size + k, size - k);
            var larger = Vector512.GreaterThan(Vector512.Abs(row[0]), Vector512.Abs(best[0]));
            if (larger.AsInt64() == Vector512<long>.Zero) continue;
            for (var j = 0; j < row.Length; j++)
            {
                var (a, b) = (best[j], row[j]);
                best[j] = Vector512.ConditionalSelect(larger, b, a);
                row[j] = Vector512.ConditionalSelect(larger, a, b);
            }
            exchanges ^= larger.AsInt64();
        }
        return exchanges;
    }

    /// <summary>Subtracts row k from those below it such that their column k would become 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Eliminate(int k)
    {
        var pivot = matrix.AsSpan(k * size + k, size - k);
        for (var i = k + 1; i < size; i++)
        {
            var row = matrix.AsSpan(i * size + k, size - k);
            var factor = -(row[0] / pivot[0]);
            for (var j = 1; j < row.Length; j++) row[j] = Vector512.FusedMultiplyAdd(factor, pivot[j], row[j]);
        }
    }
}
