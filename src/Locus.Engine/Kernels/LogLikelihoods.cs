using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

/// <summary>log sigma(x), sigma the logistic function: the logarithm of the probability of a yes whose log odds are x. Absolute error at most 1.2e-7 (1 + |x|); the derivative is sigma(-x). NaN for NaN.</summary>
public readonly struct LogSigmoid : IActivation
{
    /// <inheritdoc/>
    public static bool IsLong => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T>
    {
        // min(x, 0) - log(1 + exp(-|x|)): nothing overflows, and the logarithm is of a number from 1 to 2.
        var e = Elementary.ExpOfModerate(-T.AtMost(T.Of(87f), T.Abs(x)));
        return T.AtMost(T.Of(0f), x) - Elementary.LogOfNormal(T.Of(1f) + e, T.Of(0f));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T>
    {
        value = Value(x);
        derivative = Elementary.Sigmoid(-x);
    }
}

/// <summary>-exp(x): the part of the log probability of a Poisson count that depends on the rate exp(x) alone. Minus infinity from 88.72284 on; NaN for NaN.</summary>
public readonly struct NegativeExponential : IActivation
{
    /// <inheritdoc/>
    public static bool IsLong => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => -Elementary.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T> => value = derivative = Value(x);
}
