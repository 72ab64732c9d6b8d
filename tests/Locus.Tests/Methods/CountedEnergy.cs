using Locus.Engine.Programs;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Methods;

/// <summary>A standard normal law in the plane whose energy counts how often it is called.</summary>
internal sealed class CountedEnergy : OpaqueFunction
{
    private long calls;

    public CountedEnergy() => Problem = Problem.OfEnergy("counted", 2, x => Call(this, x)[0]);

    public Problem Problem { get; }

    public long Calls => Interlocked.Read(ref calls);

    public override int Inputs => 2;

    public override int Outputs => 1;

    public override bool HasDerivative => true;

    public override void Evaluate(ReadOnlySpan<double> x, Span<double> values)
    {
        Interlocked.Increment(ref calls);
        values[0] = (x[0] * x[0] + x[1] * x[1]) / 2;
    }

    public override void VectorJacobian(ReadOnlySpan<double> x, ReadOnlySpan<double> seeds, Span<double> gradient) => (gradient[0], gradient[1]) = (seeds[0] * x[0], seeds[0] * x[1]);
}
