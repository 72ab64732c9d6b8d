using Locus.Engine.Programs;
using Locus.Expressions;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Expressions;

public class OpaqueFunctionTests
{
    private static readonly Vector X = Vector.Variables(2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_users_function_has_values_and_derivatives(bool exact)
    {
        OpaqueFunction function = exact ? new Exact() : new Spring();
        var y = Call(function, new Vector(X[0] * 2, X[1]));
        var e = y[0] * X[0] + Sin(y[1]);
        var twin = Square(2 * X[0]) * X[1] * X[0] + Sin(2 * X[0] - X[1]);
        var program = Compiler.Compile([e, .. Derivatives.Gradient(e, X)], 2, 0);
        var expected = Compiler.Compile([twin, .. Derivatives.Gradient(twin, X)], 2, 0);
        double[] x = [0.7, -0.4];
        var results = Running.InDouble(program, x, []);
        var single = Running.InFloat(program, [.. Enumerable.Repeat(x, 64)], []);
        for (var i = 0; i < 3; i++)
        {
            var truth = Running.InDouble(expected, x, [])[i];
            Assert.Equal(truth, results[i], exact ? 1e-14 : 1e-8);
            Assert.Equal(truth, single[63][i], 1e-5);
        }

        Assert.Equal(results[0], e.Evaluate(x, []), 14);
        Assert.Single(program.Instructions, i => i.Operation == Operation.Call && i.Function == function);
        Assert.Equal(2, program.Instructions.Count(i => i.Operation == Operation.Call));
    }

    [Fact]
    public void Second_derivatives_exist_by_differences_of_the_first()
    {
        var e = Call(new Exact(), X)[0];
        var second = Derivatives.Gradient(Derivatives.Gradient(e, X)[0], X);
        Assert.Equal(2 * 3.0, second[0].Evaluate([2, 3], []), 1e-6);
        Assert.Equal(2 * 2.0, second[1].Evaluate([2, 3], []), 1e-6);
    }

    [Fact]
    public void An_exception_names_the_function()
    {
        var e = Call(new Failing(), X)[0];
        var program = Compiler.Compile([e], 2, 0);
        Action[] runs =
        [
            () => e.Evaluate([1, 2], []),
            () => Running.InDouble(program, [1, 2], []),
            () => Running.InFloat(program, [.. Enumerable.Repeat(new double[2], 64)], []),
        ];
        foreach (var run in runs)
        {
            var error = Assert.Throws<OpaqueFunctionException>(run);
            Assert.Equal("the function 'wind tunnel' failed: no air", error.Message);
            Assert.IsType<InvalidOperationException>(error.InnerException);
        }
    }

    [Fact]
    public void A_NaN_of_a_function_passes_on()
    {
        var e = Norm(1 + Call(new Spring(), X)[0], 2);
        Assert.True(double.IsNaN(e.Evaluate([double.NaN, 1], [])));
        Assert.True(float.IsNaN(Running.InFloat(Compiler.Compile([e], 2, 0), [.. Enumerable.Repeat<double[]>([double.NaN, 1], 64)], [])[5][0]));
    }

    [Fact]
    public void The_number_of_arguments_is_checked() =>
        Assert.Contains("takes 2 arguments", Assert.Throws<ArgumentException>(() => Call(new Spring(), X[..1])).Message, StringComparison.Ordinal);

    private class Spring : OpaqueFunction
    {
        public override int Inputs => 2;

        public override int Outputs => 2;

        public override void Evaluate(ReadOnlySpan<double> x, Span<double> values) => (values[0], values[1]) = (x[0] * x[0] * x[1], x[0] - x[1]);
    }

    private sealed class Exact : Spring
    {
        public override bool HasDerivative => true;

        public override void VectorJacobian(ReadOnlySpan<double> x, ReadOnlySpan<double> seeds, Span<double> gradient) =>
            (gradient[0], gradient[1]) = (2 * x[0] * x[1] * seeds[0] + seeds[1], x[0] * x[0] * seeds[0] - seeds[1]);
    }

    private sealed class Failing : OpaqueFunction
    {
        public override string Name => "wind tunnel";

        public override int Inputs => 2;

        public override int Outputs => 1;

        public override void Evaluate(ReadOnlySpan<double> x, Span<double> values) => throw new InvalidOperationException("no air");
    }
}
