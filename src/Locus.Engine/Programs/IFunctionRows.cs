namespace Locus.Engine.Programs;

/// <summary>Elementary functions on rows of 64 lanes. A target may be an input.</summary>
/// <typeparam name="TNumber">The number in a lane.</typeparam>
internal unsafe interface IFunctionRows<TNumber>
    where TNumber : unmanaged
{
    /// <summary>Target = operation(a).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The operation is no function of one input.</exception>
    static abstract void Unary(Operation operation, TNumber* a, TNumber* target);

    /// <summary>Target = operation(a, b).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The operation is no function of two inputs.</exception>
    static abstract void Binary(Operation operation, TNumber* a, TNumber* b, TNumber* target);
}
