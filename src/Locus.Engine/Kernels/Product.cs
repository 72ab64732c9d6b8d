using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;

namespace Locus.Engine.Kernels;

/// <summary>
/// Y = b + A X, or Y += A X: Y[r, n] = start + sum over k of A[r, k] X[k, n], k ascending, one fused multiply-add each, where the start is b[r], 0, or what
/// Y[r, n] was. The columns of Y never mix and each adds in the same order at every width, so that all paths give the same bits.
/// A is read through two strides: (columns, 1) is a layer forward, (1, columns) the same layer's backward pass to its input.
/// </summary>
/// <remarks>
/// The work is cut into tiles of Y that stay in registers. 512 bits: 6 rows x 4 registers (24 accumulators, 4 columns of X, 1 broadcast of 32 registers).
/// 256 bits: 6 rows x 2 registers (12 + 2 + 1 of 16).
/// </remarks>
internal static unsafe class Product
{
    // A step along k that leaps further than this many floats finds each weight in a cache line, and soon a page, of its own.
    private const int Leap = 256;
    private const int PackedRows = 48;
    private const int PackedDepth = 128;

    /// <summary>Runs the widest path of this machine.</summary>
    /// <param name="f">The factors.</param>
    /// <param name="finish">What becomes of rows of Y that are complete.</param>
    /// <typeparam name="TFinish">Its kind.</typeparam>
    public static void Run<TFinish>(in Factors f, TFinish finish)
        where TFinish : struct, IFinish
    {
        if (f.ColumnStride > Leap && f.RowStride == 1) RunPacked(f, finish);
        else RunDirect(f, finish);
    }

    /// <summary>The plain twin: the definition, one sum at a time.</summary>
    public static void RunPlain(in Factors f)
    {
        for (var r = 0; r < f.Rows; r++)
            for (var n = 0; n < f.Width; n++)
            {
                var sum = f.Add ? f.RowOfY(r)[n] : f.Bias == null ? 0f : f.Bias[r];
                for (var k = 0; k < f.Columns; k++)
                    sum = MathF.FusedMultiplyAdd(f.RowOfA(r)[k * f.ColumnStride], f.X[k * Block.Lanes + n], sum);
                f.RowOfY(r)[n] = sum;
            }
    }

    /// <summary>The 512-bit path.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run512<TFinish>(in Factors f, TFinish finish)
        where TFinish : struct, IFinish
    {
        for (int r = 0, count; r < f.Rows; r += count)
        {
            float* a = f.RowOfA(r), bias = f.BiasFrom(r), y = f.RowOfY(r);
            count = r + 6 <= f.Rows ? 6 : r + 2 <= f.Rows && f.Width == Block.Lanes ? 2 : 1;
            if (f.Width == Block.Lanes)
            {
                if (count == 6) Tiles<Lanes16>.Six4(a, f.RowStride, f.ColumnStride, bias, f.Add, f.X, y, f.YStride, f.Columns);
                else if (count == 2) Tiles<Pair<Pair<Lanes16>>>.Two(a, f.RowStride, f.ColumnStride, bias, f.Add, f.X, y, f.YStride, f.Columns);
                else Tiles<Pair<Pair<Lanes16>>>.One(a, f.ColumnStride, bias, f.Add, f.X, y, f.Columns);
            }
            else
                for (int n = 0, step; n < f.Width; n += step)
                {
                    step = f.Width - n < 32 ? 16 : 32;
                    if (count == 6 && step == 32) Tiles<Pair<Lanes16>>.Six(a, f.RowStride, f.ColumnStride, bias, f.Add, f.X + n, y + n, f.YStride, f.Columns);
                    else if (count == 6) Tiles<Lanes16>.Six(a, f.RowStride, f.ColumnStride, bias, f.Add, f.X + n, y + n, f.YStride, f.Columns);
                    else if (step == 32) Tiles<Pair<Lanes16>>.One(a, f.ColumnStride, bias, f.Add, f.X + n, y + n, f.Columns);
                    else Tiles<Lanes16>.One(a, f.ColumnStride, bias, f.Add, f.X + n, y + n, f.Columns);
                }
            finish.Rows(y, r, count);
        }
    }

    /// <summary>The 256-bit path.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Run256<TFinish>(in Factors f, TFinish finish)
        where TFinish : struct, IFinish
    {
        for (int r = 0, count; r < f.Rows; r += count)
        {
            float* a = f.RowOfA(r), bias = f.BiasFrom(r), y = f.RowOfY(r);
            count = r + 6 <= f.Rows ? 6 : 1;
            for (var n = 0; n < f.Width; n += 16)
                if (count == 6) Tiles<Pair<Lanes8>>.Six(a, f.RowStride, f.ColumnStride, bias, f.Add, f.X + n, y + n, f.YStride, f.Columns);
                else Tiles<Pair<Lanes8>>.One(a, f.ColumnStride, bias, f.Add, f.X + n, y + n, f.Columns);
            finish.Rows(y, r, count);
        }
    }

    /// <summary>Reads A where it lies.</summary>
    private static void RunDirect<TFinish>(in Factors f, TFinish finish)
        where TFinish : struct, IFinish
    {
        if (Avx512F.IsSupported) Run512(f, finish);
        else if (Fma.IsSupported) Run256(f, finish);
        else
        {
            RunPlain(f);
            finish.Rows(f.Y, 0, f.Rows);
        }
    }

    /// <summary>Copies pieces of A that fit into the first cache side by side first; the sums stop and go on in Y, which changes no bit of them.</summary>
    [SkipLocalsInit]
    [MethodImpl(Compiled.AtOnce)]
    private static void RunPacked<TFinish>(in Factors f, TFinish finish)
        where TFinish : struct, IFinish
    {
        float* packed = stackalloc float[PackedRows * PackedDepth];
        for (var r = 0; r < f.Rows; r += PackedRows)
        {
            var height = Math.Min(PackedRows, f.Rows - r);
            for (var k = 0; k < f.Columns; k += PackedDepth)
            {
                var depth = Math.Min(PackedDepth, f.Columns - k);
                for (var i = 0; i < depth; i++)
                    new ReadOnlySpan<float>(f.RowOfA(r) + (k + i) * f.ColumnStride, height).CopyTo(new Span<float>(packed + i * PackedRows, height));
                var piece = f with
                {
                    A = packed, ColumnStride = PackedRows, Bias = f.BiasFrom(r), Add = f.Add || k > 0, X = f.X + (nint)k * Block.Lanes, Y = f.RowOfY(r), Rows = height, Columns = depth,
                };
                RunDirect(piece, default(Unfinished));
            }
            finish.Rows(f.RowOfY(r), r, height);
        }
    }
}
