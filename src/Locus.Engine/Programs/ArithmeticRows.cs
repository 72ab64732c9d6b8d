using System.Numerics;
using System.Runtime.CompilerServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Programs;

/// <summary>Arithmetic on rows of 64 lanes: one method for each operation that is exact or correctly rounded. A target may be an input.</summary>
/// <typeparam name="T">The lanes that are worked on at once.</typeparam>
/// <typeparam name="TNumber">The number in a lane.</typeparam>
internal static unsafe class ArithmeticRows<T, TNumber>
    where T : struct, IArithmeticLanes<T, TNumber>
    where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
{
    /// <summary>a + b.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Add(TNumber* a, TNumber* b, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Load(a + i) + T.Load(b + i), target + i);
    }

    /// <summary>a - b.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Subtract(TNumber* a, TNumber* b, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Load(a + i) - T.Load(b + i), target + i);
    }

    /// <summary>a * b.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Multiply(TNumber* a, TNumber* b, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Load(a + i) * T.Load(b + i), target + i);
    }

    /// <summary>a / b.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Divide(TNumber* a, TNumber* b, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Load(a + i) / T.Load(b + i), target + i);
    }

    /// <summary>a.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Copy(TNumber* a, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Load(a + i), target + i);
    }

    /// <summary>-a.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Negate(TNumber* a, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(-T.Load(a + i), target + i);
    }

    /// <summary>The magnitude.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Abs(TNumber* a, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Abs(T.Load(a + i)), target + i);
    }

    /// <summary>The largest integer not above a.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Floor(TNumber* a, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Floor(T.Load(a + i)), target + i);
    }

    /// <summary>The square root.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Sqrt(TNumber* a, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(T.Sqrt(T.Load(a + i)), target + i);
    }

    /// <summary>a / b, 0 where b = 0.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void DivideOrZero(TNumber* a, TNumber* b, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(DivideOrZero(T.Load(a + i), T.Load(b + i)), target + i);
    }

    /// <summary>The smaller, a at a tie.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Min(TNumber* a, TNumber* b, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Min(T.Load(a + i), T.Load(b + i)), target + i);
    }

    /// <summary>The larger, a at a tie.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Max(TNumber* a, TNumber* b, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Max(T.Load(a + i), T.Load(b + i)), target + i);
    }

    /// <summary>-1, 0 or 1.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Sign(TNumber* a, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Sign(T.Load(a + i)), target + i);
    }

    /// <summary>c where a &lt;= b, else d.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Choose(TNumber* a, TNumber* b, TNumber* c, TNumber* d, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count)
        {
            var isYes = T.LessOrEqual(T.Load(a + i), T.Load(b + i));
            T.Store(T.Select(isYes, T.Load(c + i), T.Load(d + i)), target + i);
        }
    }

    /// <summary>a to an integer power.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void IntegerPower(TNumber* a, int exponent, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(IntegerPower(T.Load(a + i), exponent), target + i);
    }

    /// <summary>a + b c + d e + ..., in order.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Dot(TNumber** bases, int* rows, int n, TNumber* target)
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
    public static void Norm(TNumber** bases, int* rows, int n, TNumber* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count)
        {
            var sum = T.Of(TNumber.Zero);
            for (var k = 0; k < n; k++)
            {
                var a = Load(bases, rows[k], i);
                sum = T.Fma(a, a, sum);
            }

            T.Store(T.Sqrt(sum), target + i);
        }
    }

    private static T Load(TNumber** bases, int row, int lane) => T.Load(Row.Address(bases, row) + lane);

    private static T DivideOrZero(T a, T b) => T.Select(T.Equal(b, T.Of(TNumber.Zero)), T.Of(TNumber.Zero), a / b);

    // The inner choice lets a NaN through from either side.
    private static T Min(T a, T b) => T.Select(T.LessOrEqual(a, b), a, T.Select(T.Equal(a, a), b, a));

    private static T Max(T a, T b) => T.Select(T.LessOrEqual(b, a), a, T.Select(T.Equal(a, a), b, a));

    // 0 and NaN stand for themselves.
    private static T Sign(T a) => T.Select(T.Less(T.Of(TNumber.Zero), T.Abs(a)), T.CopySign(T.Of(TNumber.One), a), a);

    private static T IntegerPower(T a, int exponent)
    {
        var product = T.Of(TNumber.One);
        for (var rest = Math.Abs((long)exponent); rest > 0; rest >>= 1)
        {
            if ((rest & 1) != 0) product *= a;
            a *= a;
        }

        return exponent < 0 ? T.Of(TNumber.One) / product : product;
    }
}
