using System.Runtime.CompilerServices;
using Locus.Engine.Kernels;

namespace Locus.Benchmarks;

/// <summary>exp x beside x, which is left as it is.</summary>
internal readonly struct ExpBeside : IActivation
{
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T> => (value, derivative) = (x, Elementary.Exp(x));
}

/// <summary>log |x| beside x, which is left as it is.</summary>
internal readonly struct LogBeside : IActivation
{
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T> => (value, derivative) = (x, Elementary.Log(T.Abs(x)));
}

/// <summary>sin x beside x, which is left as it is.</summary>
internal readonly struct SinBeside : IActivation
{
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T> => (value, derivative) = (x, Elementary.Sin(x));
}

/// <summary>cos x beside x, which is left as it is.</summary>
internal readonly struct CosBeside : IActivation
{
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T> => (value, derivative) = (x, Elementary.Cos(x));
}

/// <summary>tanh x beside x, which is left as it is.</summary>
internal readonly struct TanhBeside : IActivation
{
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T> => (value, derivative) = (x, Elementary.Tanh(x));
}

/// <summary>erf x beside x, which is left as it is.</summary>
internal readonly struct ErfBeside : IActivation
{
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T> => (value, derivative) = (x, Elementary.Erf(x));
}
