using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Flows;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Flows;

public class GuideTests
{
    [Fact]
    public void The_step_leads_to_a_line_from_any_distance_up_to_its_longest_move()
    {
        var f = Apply(Problem.Define("line", 2, x => [7 * (x[0] - 1) == 0], -2, 2), [0.8f, 1.3f], t: 1);
        Assert.Equal(1, f[0], 1e-3);
        Assert.Equal(1.3f, f[1], 1e-3);
        Assert.Equal(-0.5f, Apply(Problem.Define("line", 2, x => [x[0] == 1], -2, 2), [-1, 0], t: 1)[0], 1e-3);
    }

    [Theory]
    // A root of what is negative, a pole, and a slope that is too large for a number.
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_a_constraint_has_no_value_there_is_no_step(int kind)
    {
        var problem = Problem.Define("edge", 2, x => [kind switch { 0 => Sqrt(x[0]) == 1, 1 => 1 / x[0] == 1, _ => Exp(300 * x[1]) * x[0] == 1 }], -2, 2);
        float[] z = kind switch { 0 => [-1, 0.5f], 1 => [0, 0.5f], _ => [1, 1] };
        Assert.Equal(z, Apply(problem, z, t: 0.995f));
        // Far from the end there is none anywhere.
        Assert.Equal(z, Apply(problem, z, t: 0.5f));
    }

    /// <summary>The output for a network that says z.</summary>
    private static float[] Apply(Problem problem, float[] z, float t)
    {
        var guide = new Guide(Standardization.Of(problem));
        var net = new MlpWorkspace(new MlpShape(2, 0, [4], ActivationKind.Silu, default, residual: true), training: false);
        for (var d = 0; d < 2; d++)
        {
            net.Position[d].Fill(z[d]);
            net.Output[d].Fill(z[d]);
        }
        net.Time[0].Fill(t);
        guide.Apply(net, new Arena(Block.Lanes * guide.ScratchRows).Rows(guide.ScratchRows));
        return [net.Output[0][5], net.Output[1][5]];
    }
}
