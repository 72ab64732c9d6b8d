using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>
/// The vector-Jacobian product of a user's function as a function of its own: (x, seeds) to gradient. So a derivative of a call is a
/// call again, and a second derivative exists too (by central differences of this one).
/// </summary>
internal sealed class VectorJacobianFunction(OpaqueFunction function) : OpaqueFunction
{
    public override string Name => $"derivative of {function.Name}";

    public override int Inputs { get; } = function.Inputs + function.Outputs;

    public override int Outputs { get; } = function.Inputs;

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> values) =>
        function.VectorJacobian(x[..function.Inputs], x[function.Inputs..], values);

    // Equal by what they differentiate, so that equal calls are found to be one.
    public override bool Equals(object? obj) => obj is VectorJacobianFunction other && function.Equals(other.Inner);

    public override int GetHashCode() => HashCode.Combine(nameof(VectorJacobianFunction), function);

    private OpaqueFunction Inner => function;
}
