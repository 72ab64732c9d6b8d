namespace Locus.Engine.Kernels;

/// <summary>A layer's nonlinearity as a formula over lanes, value and derivative together.</summary>
public interface IActivation
{
    /// <summary>Whether <see cref="ValueAndDerivative{T}"/> is too long to be done with two registers side by side.</summary>
    static abstract bool IsLong { get; }

    /// <summary>f(x).</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="x">The argument.</param>
    static abstract T Value<T>(T x)
        where T : struct, ILanes<T>;

    /// <summary>f(x) and f'(x); the value has the bits of <see cref="Value{T}"/>.</summary>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <param name="x">The argument.</param>
    /// <param name="value">f(x).</param>
    /// <param name="derivative">f'(x).</param>
    static abstract void ValueAndDerivative<T>(T x, out T value, out T derivative)
        where T : struct, ILanes<T>;
}
