using System.Runtime.CompilerServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Programs;

/// <summary>Elementary functions on rows of 64 lanes, and those that are composed from them. A target may be an input.</summary>
/// <typeparam name="T">The lanes that are worked on at once.</typeparam>
internal readonly unsafe struct FunctionRows<T> : IFunctionRows<float>
    where T : struct, ILanes<T>
{
    /// <inheritdoc/>
    [MethodImpl(Compiled.AtOnce)]
    public static void Unary(Operation operation, float* a, float* target)
    {
        switch (operation)
        {
            case Operation.Exp: Exp(a, target); break;
            case Operation.Log: Log(a, target); break;
            case Operation.Sin: Sin(a, target); break;
            case Operation.Cos: Cos(a, target); break;
            case Operation.Tan: Tan(a, target); break;
            case Operation.Asin: Asin(a, target); break;
            case Operation.Acos: Acos(a, target); break;
            case Operation.Atan: Atan(a, target); break;
            case Operation.Sinh: Sinh(a, target); break;
            case Operation.Cosh: Cosh(a, target); break;
            case Operation.Tanh: Tanh(a, target); break;
            case Operation.Erf: Erf(a, target); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "not a function of one input");
        }
    }

    /// <inheritdoc/>
    [MethodImpl(Compiled.AtOnce)]
    public static void Binary(Operation operation, float* a, float* b, float* target)
    {
        switch (operation)
        {
            case Operation.Atan2: Atan2(a, b, target); break;
            case Operation.Power: Power(a, b, target); break;
            default: throw new ArgumentOutOfRangeException(nameof(operation), operation, "not a function of two inputs");
        }
    }

    /// <summary>e to the power a.</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Exp(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Elementary.Exp(T.Load(a + i)), target + i);
    }

    /// <summary>The natural logarithm.</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Log(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Elementary.Log(T.Load(a + i)), target + i);
    }

    /// <summary>The sine.</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Sin(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Elementary.Sin(T.Load(a + i)), target + i);
    }

    /// <summary>The cosine.</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Cos(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Elementary.Cos(T.Load(a + i)), target + i);
    }

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Tanh(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Elementary.Tanh(T.Load(a + i)), target + i);
    }

    /// <summary>The error function.</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Erf(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Elementary.Erf(T.Load(a + i)), target + i);
    }

    /// <summary>The tangent: sine by cosine.</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Tan(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Tan(T.Load(a + i)), target + i);
    }

    /// <summary>The arc sine: atan2(a, sqrt((1 - a)(1 + a))).</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Asin(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Asin(T.Load(a + i)), target + i);
    }

    /// <summary>The arc cosine: atan2(sqrt((1 - a)(1 + a)), a).</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Acos(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Acos(T.Load(a + i)), target + i);
    }

    /// <summary>The arc tangent: atan2(a, 1).</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Atan(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Elementary.Atan2(T.Load(a + i), T.Of(1)), target + i);
    }

    /// <summary>The angle of (x, y) = (b, a).</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Atan2(float* a, float* b, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Elementary.Atan2(T.Load(a + i), T.Load(b + i)), target + i);
    }

    /// <summary>The hyperbolic sine.</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Sinh(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Sinh(T.Load(a + i)), target + i);
    }

    /// <summary>The hyperbolic cosine.</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Cosh(float* a, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Cosh(T.Load(a + i)), target + i);
    }

    /// <summary>a to the power b: exp(b log a).</summary>
    [MethodImpl(Compiled.AtOnce)]
    private static void Power(float* a, float* b, float* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(Power(T.Load(a + i), T.Load(b + i)), target + i);
    }

    private static T Tan(T a) => Elementary.Sin(a) / Elementary.Cos(a);

    private static T Asin(T a) => Elementary.Atan2(a, T.Sqrt((T.Of(1) - a) * (T.Of(1) + a)));

    private static T Acos(T a) => Elementary.Atan2(T.Sqrt((T.Of(1) - a) * (T.Of(1) + a)), a);

    private static T Cosh(T a)
    {
        var e = Elementary.Exp(T.Abs(a));
        return T.Of(0.5f) * (e + T.Of(1) / e);
    }

    // Below 1/2 the difference of exponentials would cancel: there the Taylor series to a^9, whose first term left out is 1e-11 relative.
    private static T Sinh(T a)
    {
        var s = a * a;
        var sum = T.Of(0);
        for (var n = 9; n >= 3; n -= 2) sum = (sum + T.Of(1)) * s * T.Of(1f / (n * (n - 1)));
        var e = Elementary.Exp(T.Abs(a));
        var far = T.CopySign(T.Of(0.5f) * (e - T.Of(1) / e), a);
        return T.Select(T.Less(T.Abs(a), T.Of(0.5f)), T.Fma(a, sum, a), far);
    }

    // At a = 0 the sign of b decides between 0, 1 and infinity; a NaN in b stays.
    private static T Power(T a, T b)
    {
        var zero = T.Of(0);
        var atZero = T.Select(T.Less(zero, b), zero, T.Select(T.Less(b, zero), T.Of(float.PositiveInfinity), T.Select(T.Equal(b, zero), T.Of(1), b)));
        return T.Select(T.Equal(a, zero), atZero, Elementary.Exp(b * Elementary.Log(a)));
    }
}
