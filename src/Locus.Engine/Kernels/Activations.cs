using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

/// <summary>x sigma(x), sigma the logistic function (Elfwing et al. 2018). Below -87 it stays at -1.4e-36; NaN for NaN.</summary>
public readonly struct Silu : IActivation
{
    /// <inheritdoc/>
    public static bool IsLong => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T>
    {
        x = T.AtLeast(T.Of(-87f), x);
        return x * Elementary.SigmoidOfClamped(UpTo87(x), out _);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T>
    {
        x = T.AtLeast(T.Of(-87f), x);
        var near = UpTo87(x);
        var sigma = Elementary.SigmoidOfClamped(near, out var complement);
        value = x * sigma;
        // sigma + x sigma (1 - sigma); with the clamped x, as infinity times 0 is no number.
        derivative = T.Fma(near * sigma, complement, sigma);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T UpTo87<T>(T x)
        where T : struct, ILanes<T> => T.AtMost(T.Of(87f), x);
}

/// <summary>
/// x Phi(x), Phi the normal distribution function by erf, not its tanh approximation (Hendrycks and Gimpel 2016). Error at most
/// 1e-7 (1 + |x|); NaN for NaN.
/// </summary>
public readonly struct Gelu : IActivation
{
    /// <inheritdoc/>
    public static bool IsLong => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T>
    {
        x = T.AtLeast(T.Of(-14f), x);
        return x * Phi(x);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T>
    {
        x = T.AtLeast(T.Of(-14f), x);
        var phi = Phi(x);
        value = x * phi;
        // Phi + x exp(-x^2 / 2) / sqrt(2 pi); the density is 0 to all digits long before 13, where its exponent still fits.
        var near = T.Select(T.Less(T.Of(13f), T.Abs(x)), T.CopySign(T.Of(13f), x), x);
        var density = Elementary.ExpOfModerate(near * near * T.Of(-0.5f)) * T.Of(0.3989423f);
        derivative = T.Fma(near, density, phi);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Phi<T>(T x)
        where T : struct, ILanes<T> => T.Fma(Elementary.Erf(x * T.Of(0.70710677f)), T.Of(0.5f), T.Of(0.5f));
}

/// <summary>max(x, 0), derivative 0 at 0; NaN for NaN.</summary>
public readonly struct Relu : IActivation
{
    /// <inheritdoc/>
    public static bool IsLong => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => T.AtLeast(T.Of(0f), x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T>
    {
        value = Value(x);
        derivative = T.Select(T.Less(T.Of(0f), x), T.Of(1f), T.Of(0f));
    }
}

/// <summary>tanh x; NaN for NaN.</summary>
public readonly struct TanhActivation : IActivation
{
    /// <inheritdoc/>
    public static bool IsLong => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => Elementary.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T>
    {
        value = Elementary.Tanh(x);
        derivative = T.Fma(-value, value, T.Of(1f));
    }
}

/// <summary>x itself, derivative 1: a layer without a nonlinearity.</summary>
public readonly struct Identity : IActivation
{
    /// <inheritdoc/>
    public static bool IsLong => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T>
    {
        value = x;
        derivative = T.Of(1f);
    }
}
