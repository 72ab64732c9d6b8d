using Locus.Expressions;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Expressions;

/// <summary>Chains of 100,000 nodes, on a thread with a small stack: nothing may recurse.</summary>
public class DeepGraphTests
{
    private const int Depth = 100_000;

    [Theory]
    [InlineData("sum")]
    [InlineData("right sum")]
    [InlineData("sine")]
    [InlineData("minimum")]
    [InlineData("square of itself")]
    public void No_operation_overflows_the_stack(string kind)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => Everything(Chain(kind))), 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static Expr Chain(string kind)
    {
        var (x, y) = (Expr.Variable(0), Expr.Variable(1));
        Expr e = x;
        var rounds = kind == "square of itself" ? Depth / 2 : Depth;
        for (var i = 0; i < rounds; i++)
        {
            e = kind switch
            {
                "sum" => e + (i % 2 == 0 ? x : y),
                "right sum" => (i % 3 == 0 ? x : 1e-4 * y) - e,
                "sine" => Sin(e),
                "minimum" => Min(e, i % 2 == 0 ? y : x),
                _ => 0.5 * (e * e),
            };
        }

        return e;
    }

    private static void Everything(Expr e)
    {
        double[] x = [0.5, 0.25];
        var value = e.Evaluate(x, []);
        var gradient = Derivatives.Gradient(e, [Expr.Variable(0), Expr.Variable(1)]);
        var program = Compiler.Compile([e, .. gradient], 2, 0);
        var results = Running.InDouble(program, x, []);
        Assert.Equal(value, results[0], 1e-9 * Math.Max(1, Math.Abs(value)));
        Assert.All(results, r => Assert.True(double.IsFinite(r)));
        Assert.Equal(value, e.Substitute(i => Expr.Variable(i), Expr.Parameter).Evaluate(x, []));
        var text = ExprText.Print([e], ["x", "y"], []);
        Assert.InRange(text.Texts[0].Length + text.Definitions.Sum(d => d.Text.Length), 1, 20 * Depth);
        var constraint = e <= 1;
        Assert.Equal(Math.Max(0, value - 1), constraint.Slack.Evaluate(x, []), 1e-9 * Math.Max(1, Math.Abs(value)));
    }
}
