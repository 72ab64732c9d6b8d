using System.Runtime.CompilerServices;
using Locus.Engine.Kernels;

namespace Locus.Benchmarks;

/// <summary>An elementary function of one number.</summary>
internal interface IElementary
{
    /// <summary>f(x).</summary>
    static abstract T Of<T>(T x)
        where T : struct, ILanes<T>;
}

/// <summary>f(x) beside x, which is left as it is: as <see cref="Beside{TActivation}"/>, for what has no derivative.</summary>
/// <typeparam name="TFunction">f.</typeparam>
internal readonly struct ElementaryBeside<TFunction> : IActivation
    where TFunction : struct, IElementary
{
    /// <inheritdoc/>
    public static bool IsLong => false;

    /// <inheritdoc/>
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T> => (value, derivative) = (x, TFunction.Of(x));
}
