using System.Runtime.CompilerServices;
using Locus.Engine.Kernels;

namespace Locus.Benchmarks;

/// <summary>
/// Writes f(x) + f'(x) beside x and leaves x as it is: a kernel in place would, called again and again, end at values that no network has (0, infinity).
/// </summary>
/// <typeparam name="TActivation">f.</typeparam>
internal readonly struct Beside<TActivation> : IActivation
    where TActivation : struct, IActivation
{
    /// <inheritdoc/>
    public static bool IsLong => TActivation.IsLong;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T>
    {
        TActivation.ValueAndDerivative(x, out var f, out var slope);
        value = x;
        derivative = f + slope;
    }
}
