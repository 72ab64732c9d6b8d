using Locus.Engine.Programs;
using Locus.Expressions;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Expressions;

public class ExprTextTests
{
    private static readonly string[] Names = ["x[0]", "x[1]", "x[2]", "speed"];
    private static readonly Vector X = Vector.Variables(4);

    public static TheoryData<Constraint, string> Constraints => new()
    {
        { Abs(Norm(X[..3]) - 0.5) <= 0.1, "abs(norm(x) - 0.5) <= 0.1" },
        { Norm(X[1..3]) >= 0.75, "norm(x[1:3]) >= 0.75" },
        { Norm(X) <= X[3], "norm(x[0], x[1], x[2], speed) <= speed" },
        { X[0] + 1 <= 0, "x[0] <= -1" },
        { -X[0] <= 0, "x[0] >= 0" },
        { X[0] == X[1] * -0.5, "x[0] == x[1]*-0.5" },
        { 1e-7 * Square(X[0] - 1) <= 1.0 / 3, "1E-07*(x[0] - 1)^2 <= 0.3333333333333333" },
        { X[0] - (X[1] - X[2]) <= X[0] / (X[1] * X[2]), "x[0] - (x[1] - x[2]) <= x[0]/(x[1]*x[2])" },
        { Min(X[0], X[1], X[2]) <= Max(1, -X[0]), "min(x[0], x[1], x[2]) <= max(1, -x[0])" },
        { Pow(-X[0], 2.5) - Pow(X[1], -3) <= 0, "(-x[0])^2.5 <= x[1]^-3" },
        { Pow(Pow(X[0], 1.5), X[1]) == -Pow(X[1], Pow(X[2], 3)), "(x[0]^1.5)^x[1] + x[1]^x[2]^3 == 0" },
        { Where(X[0], 2, X[1], 3) <= 0, "where(x[0] <= 2, x[1], 3) <= 0" },
    };

    [Theory]
    [MemberData(nameof(Constraints))]
    public void Constraints_are_written_as_one_would_write_them(Constraint constraint, string expected)
    {
        var listing = ExprText.Print([constraint], Names, []);
        Assert.Equal(expected, Assert.Single(listing.Texts));
        Assert.Empty(listing.Definitions);
    }

    [Fact]
    public void Shared_subexpressions_are_named_once_before_they_are_used()
    {
        var r = Norm(X[..2]);
        var s = Sin(r) + r;
        var listing = ExprText.Print([Any(s <= 1, All(s >= 2, r == 3)), X[0] <= Expr.Parameter(0)], ["d1", "y", "d3[0]", "z"], ["load"]);
        Assert.Equal([("d2", "norm(d1, y)"), ("d4", "sin(d2) + d2")], listing.Definitions);
        Assert.Equal(["d4 <= 1", "d4 >= 2", "d2 == 3", "d1 <= load"], listing.Texts);
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same_graph()
    {
        string[] names = ["a", "b", "c", "d", "p", "q"];
        var random = new RandomExpressions(33);
        for (var n = 0; n < 300; n++)
        {
            var e = random.Smooth(5).Substitute(Expr.Variable, i => Expr.Variable(4 + i));
            Expr[] roots = [e, .. Derivatives.Gradient(e, X)];
            AssertSame(roots, TextReader.Read(ExprText.Print(roots, names, []), names));
        }
    }

    [Fact]
    public void Kinked_functions_read_back_too()
    {
        string[] names = ["a", "b", "c", "d"];
        var e = Clamp(X[0], X[1], X[2]) + Sign(X[0]) * Floor(X[1]) + Max(X[0], Max(X[1], X[2])) * Abs(X[3]);
        e = e + Atan2(X[0], X[1]) + Norm(X[0] - 1e-3, X[1] - 1e300);
        Expr[] roots = [e, .. Derivatives.Gradient(e, X)];
        AssertSame(roots, TextReader.Read(ExprText.Print(roots, names, []), names));
    }

    [Fact]
    public void Brackets_never_nest_deeper_than_a_reader_follows()
    {
        Expr e = X[0];
        for (var i = 0; i < 1000; i++) e = 1 - Sin(X[1] / (e + 2));
        var listing = ExprText.Print([e], Names, []);
        foreach (var text in listing.Texts.Concat(listing.Definitions.Select(d => d.Text)))
        {
            var (depth, deepest) = (0, 0);
            foreach (var c in text) deepest = Math.Max(deepest, depth += c == '(' ? 1 : c == ')' ? -1 : 0);
            Assert.InRange(deepest, 0, 25);
        }
    }

    [Fact]
    public void What_has_no_text_is_refused_by_name()
    {
        var call = Call(new Nameless(), X[..1])[0];
        Assert.Contains("'wind tunnel' has no text", Message(call + 1), StringComparison.Ordinal);
        Assert.Contains("parameter 2 has no name", Message(Expr.Parameter(2)), StringComparison.Ordinal);

        static string Message(Expr e) => Assert.Throws<ArgumentException>(() => ExprText.Print([e], Names, [])).Message;
    }

    // The same graph compiles to the same instructions.
    private static void AssertSame(Expr[] expected, Expr[] actual)
    {
        var (a, b) = (Compiler.Compile(expected, 6, 0), Compiler.Compile(actual, 6, 0));
        Assert.Equal(a.Instructions.Select(i => i.ToString()), b.Instructions.Select(i => i.ToString()));
        Assert.Equal(a.Instructions.SelectMany(i => i.Numbers), b.Instructions.SelectMany(i => i.Numbers));
        Assert.Equal(a.Constants.AsEnumerable(), b.Constants);
    }

    private sealed class Nameless : OpaqueFunction
    {
        public override string Name => "wind tunnel";

        public override int Inputs => 1;

        public override int Outputs => 1;

        public override void Evaluate(ReadOnlySpan<double> x, Span<double> values) => values[0] = x[0];
    }
}
