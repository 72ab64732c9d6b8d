using Locus.Engine.Random;
using Locus.Engine.Tests.Intervals;
using Locus.Expressions;
using Locus.Problems;
using Locus.Projection;
using Locus.Tests.Expressions;

namespace Locus.Tests.Projection;

public sealed class RootProofTests
{
    // Composed expressions in one unknown, less their rounded value at a point: a root lies next to it. What is proven has to change its sign to 256 bits too.
    [Fact]
    public void Proven_roots_of_composed_expressions_are_changes_of_sign()
    {
        var (tried, proven) = (0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var expressions = new RandomExpressions(seed);
            var others = expressions.Point(4);
            var e = expressions.Smooth(4).Substitute(i => i == 0 ? Expr.Variable(0) : others[i], j => others[j]);
            var x = Draws.Uniform(Key.Seed(3), (ulong)seed, 0);
            var h = e - e.Evaluate([x], []);
            // Constants prove nothing.
            if (h.Operation == Locus.Engine.Programs.Operation.Constant) continue;
            tried++;
            // A little beside the root, at a distance of any order.
            x += Math.Pow(10, -17 * Draws.Uniform(Key.Seed(3), (ulong)seed, 1));
            var certificate = new Certifier(Problem.Define("root", 1, _ => [h == 0], -2, 2)).Check([x]);
            if (certificate.Verdict != Certificate.Near) continue;
            proven++;
            Big distance = certificate.Distance;
            var (first, last) = (BigEvaluation.Value(h, [(Big)x - distance], []), BigEvaluation.Value(h, [(Big)x + distance], []));
            Assert.True(first!.Value.CompareTo(0) * last!.Value.CompareTo(0) <= 0, $"seed {seed}: no root within {certificate.Distance:R} of {x:R}");
        }
        // Half of the points lie beyond the radius.
        Assert.InRange(tried, 150, 400);
        Assert.InRange(proven, 0.3 * tried, tried);
    }
}
