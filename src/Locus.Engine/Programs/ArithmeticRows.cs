using System.Runtime.CompilerServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Programs;

/// <summary>Arithmetic on rows of 64 lanes: one method for each operation that is exact or correctly rounded. A target may be an input.</summary>
/// <typeparam name="T">The lanes that are worked on at once.</typeparam>
internal static unsafe class ArithmeticRows<T>
    where T : struct, ILanes<T>
{
    /// <summary>a + b.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Add(float* a, float* b, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Load(a + i) + T.Load(b + i), target + i);
    }

    /// <summary>a - b.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Subtract(float* a, float* b, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Load(a + i) - T.Load(b + i), target + i);
    }

    /// <summary>a * b.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Multiply(float* a, float* b, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Load(a + i) * T.Load(b + i), target + i);
    }

    /// <summary>a / b.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Divide(float* a, float* b, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Load(a + i) / T.Load(b + i), target + i);
    }

    /// <summary>a.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Copy(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Load(a + i), target + i);
    }

    /// <summary>-a.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Negate(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(-T.Load(a + i), target + i);
    }

    /// <summary>The magnitude.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Abs(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Abs(T.Load(a + i)), target + i);
    }

    /// <summary>The largest integer not above a.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Floor(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Floor(T.Load(a + i)), target + i);
    }

    /// <summary>The square root.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Sqrt(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Sqrt(T.Load(a + i)), target + i);
    }

    /// <summary>a / b, 0 where b = 0.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void DivideOrZero(float* a, float* b, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(DivideOrZero(T.Load(a + i), T.Load(b + i)), target + i);
    }

    /// <summary>The smaller, a at a tie.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Min(float* a, float* b, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Min(T.Load(a + i), T.Load(b + i)), target + i);
    }

    /// <summary>The larger, a at a tie.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Max(float* a, float* b, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Max(T.Load(a + i), T.Load(b + i)), target + i);
    }

    /// <summary>-1, 0 or 1.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Sign(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Sign(T.Load(a + i)), target + i);
    }

    /// <summary>c where a &lt;= b, else d.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Choose(float* a, float* b, float* c, float* d, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count)
        {
            var isYes = T.LessOrEqual(T.Load(a + i), T.Load(b + i));
            T.Store(T.Select(isYes, T.Load(c + i), T.Load(d + i)), target + i);
        }
    }

    /// <summary>a to an integer power.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void IntegerPower(float* a, int exponent, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(IntegerPower(T.Load(a + i), exponent), target + i);
    }

    /// <summary>a + b c + d e + ..., in order.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Dot(float** bases, int* rows, int n, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count)
        {
            var sum = Load(bases, rows[0], i);
            for (var k = 1; k < n; k += 2) sum = T.Fma(Load(bases, rows[k], i), Load(bases, rows[k + 1], i), sum);
            T.Store(sum, target + i);
        }
    }

    /// <summary>The square root of the sum of squares, in order.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Norm(float** bases, int* rows, int n, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count)
        {
            var sum = T.Of(0);
            for (var k = 0; k < n; k++)
            {
                var a = Load(bases, rows[k], i);
                sum = T.Fma(a, a, sum);
            }

            T.Store(T.Sqrt(sum), target + i);
        }
    }

    private static T Load(float** bases, int row, int lane) => T.Load(LaneInterpreter<T>.At(bases, row) + lane);

    private static T DivideOrZero(T a, T b) => T.Select(T.Equal(b, T.Of(0)), T.Of(0), a / b);

    // The inner choice lets a NaN through from either side.
    private static T Min(T a, T b) => T.Select(T.LessOrEqual(a, b), a, T.Select(T.Equal(a, a), b, a));

    private static T Max(T a, T b) => T.Select(T.LessOrEqual(b, a), a, T.Select(T.Equal(a, a), b, a));

    // 0 and NaN stand for themselves.
    private static T Sign(T a) => T.Select(T.Less(T.Of(0), T.Abs(a)), T.CopySign(T.Of(1), a), a);

    private static T IntegerPower(T a, int exponent)
    {
        var product = T.Of(1);
        for (var rest = Math.Abs((long)exponent); rest > 0; rest >>= 1)
        {
            if ((rest & 1) != 0) product *= a;
            a *= a;
        }

        return exponent < 0 ? T.Of(1) / product : product;
    }
}
