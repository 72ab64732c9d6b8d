using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Methods.Markov;

namespace Locus.Tests.Methods.Markov;

public sealed class LeapfrogTests
{
    private readonly Block position;
    private readonly Block score;
    private readonly Block momentum;
    private readonly Locus.Flows.Reward reward = Laws.Reward(Laws.Correlated);
    private readonly Block scratch;

    public LeapfrogTests()
    {
        var arena = new Arena((6 + reward.ScratchRows) * Block.Lanes);
        (position, score, momentum, scratch) = (arena.Rows(2), arena.Rows(2), arena.Rows(2), arena.Rows(reward.ScratchRows));
        Draws.Normal(Key.Seed(1), 0, 0, position);
        Draws.Normal(Key.Seed(2), 0, 0, momentum);
    }

    [Fact]
    public void Turned_around_it_leads_back_to_the_start()
    {
        float[] x = [.. position.Values], e = [.. momentum.Values];
        var law = new TemperedLaw(0.7, 2);
        Leap(law, 0.005, 20);
        Assert.All(x.Zip(position.Values.ToArray()), pair => Assert.NotEqual(pair.First, pair.Second));
        foreach (ref var value in momentum.Values) value = -value;
        Leap(law, 0.005, 20);
        // Rounding of 40 steps in floats of size 1: some 40 2^-24.
        for (var i = 0; i < x.Length; i++)
        {
            Assert.InRange(position.Values[i], x[i] - 5e-6f, x[i] + 5e-6f);
            Assert.InRange(-momentum.Values[i], e[i] - 1e-5f, e[i] + 1e-5f);
        }
    }

    [Fact]
    public void The_energy_is_missed_by_the_square_of_the_step()
    {
        var (coarse, fine) = (Missed(0.005, 16), Missed(0.00125, 32));
        // Steps of 0.1 and 0.05, where the law's least deviation is 0.28: the same time in steps half as long: a quarter, and what comes of the fourth power.
        Assert.InRange(fine / coarse, 0.22, 0.28);
    }

    // The root of the mean square over 64 paths.
    private double Missed(double size, int leaps)
    {
        Draws.Normal(Key.Seed(1), 0, 0, position);
        Draws.Normal(Key.Seed(2), 0, 0, momentum);
        var before = Energies(reward.Run(position, default, scratch));
        var after = Energies(Leap(TemperedLaw.Target, size, leaps));
        return Math.Sqrt(before.Zip(after, (a, b) => (b - a) * (b - a)).Average());
    }

    private double[] Energies(Block values) =>
        [.. Enumerable.Range(0, Block.Lanes).Select(lane => -values[0][lane] + 0.5 * (momentum[0][lane] * (double)momentum[0][lane] + momentum[1][lane] * (double)momentum[1][lane]))];

    private Block Leap(TemperedLaw law, double size, int leaps)
    {
        reward.Run(position, default, scratch).Slice(1, 2).Values.CopyTo(score.Values);
        return Leapfrog.Run(reward, scratch, law, size, leaps, default, position, score, momentum);
    }
}
