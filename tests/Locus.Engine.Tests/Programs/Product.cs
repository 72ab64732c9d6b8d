using Locus.Engine.Programs;

namespace Locus.Engine.Tests.Programs;

/// <summary>A function of the user: x0 x1.</summary>
internal sealed class Product : OpaqueFunction
{
    public override int Inputs => 2;

    public override int Outputs => 1;

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> values) => values[0] = x[0] * x[1];
}
