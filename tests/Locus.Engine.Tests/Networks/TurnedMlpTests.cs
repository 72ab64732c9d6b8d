using Locus.Engine.Blocks;
using Locus.Engine.Networks;

namespace Locus.Engine.Tests.Networks;

public sealed class TurnedMlpTests
{
    public static TheoryData<int[]> Hidden => [.. Nets.Hidden, [64], [65, 63]];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Gives_the_bits_of_a_block_and_leaves_the_other_lanes(int[] hidden)
    {
        foreach (var shape in Nets.All(hidden))
        {
            var parameters = Nets.Parameters(shape);
            MlpWorkspace block = Nets.Workspace(shape, training: false), few = Nets.Workspace(shape, training: false);
            Mlp.Evaluate(shape, parameters, block);
            var turned = new TurnedMlp(shape, parameters);
            foreach (var samples in new[] { 1, 2, 5, 6, 7, 13, TurnedMlp.MostSamples })
            {
                few.Output.Values.Fill(-1);
                turned.Evaluate(few, samples);
                for (var d = 0; d < shape.Dimension; d++)
                    for (var lane = 0; lane < Block.Lanes; lane++) Assert.Equal(lane < samples ? block.Output[d][lane] : -1, few.Output[d][lane]);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(TurnedMlp.MostSamples + 1)]
    public void Refuses_a_number_of_samples_that_it_cannot_take(int samples)
    {
        var shape = Nets.All([5]).First();
        var turned = new TurnedMlp(shape, Nets.Parameters(shape));
        Assert.Throws<ArgumentOutOfRangeException>(() => turned.Evaluate(new MlpWorkspace(shape, training: false), samples));
    }
}
