using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Methods.OffPolicy;

namespace Locus.Tests.Methods;

public class ReplayBufferTests
{
    private readonly Block position = Rows(2), condition = Rows(1);
    private readonly double[] reward = new double[Block.Lanes];

    [Fact]
    public void Ranks_fall_with_the_number_and_those_alike_keep_their_order()
    {
        float[] values = [1, -2, 0, 1e-40f, -1e30f, 3.5f, -2, 1, -0.25f, 1e30f];
        var order = new RankOrder(16);
        order.Sort(values);
        Assert.Equal(Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]), order.Ranked(values.Length).ToArray());
        var many = Enumerable.Range(0, 5000).Select(i => (float)Draws.Normal(Key.Seed(1), (ulong)(i % 4000), 0)).ToArray();
        order = new RankOrder(many.Length);
        order.Sort(many);
        Assert.Equal(Enumerable.Range(0, many.Length).OrderByDescending(i => many[i]), order.Ranked(many.Length).ToArray());
    }

    // P(rank < r) = log(1 + r / (k N)) / log(1 + 1 / k) with k = 0.01; the gap of 64,000 draws to it has a deviation of 0.002.
    [Fact]
    public void Points_are_drawn_by_rank()
    {
        const int count = 200, draws = 1000;
        var buffer = Filled(count, count);
        buffer.Rank();
        var ranks = new int[count];
        for (var i = 0; i < draws; i++)
        {
            buffer.Draw(Key.Seed(3), (ulong)(i * Block.Lanes), position, condition, reward);
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                // Point i has the reward i: the last is the best.
                var point = (int)reward[lane];
                Assert.Equal((point, -point, 0.5f), ((int)position[0][lane], (int)position[1][lane], condition[0][lane]));
                ranks[count - 1 - point]++;
            }
        }
        var sum = 0;
        for (var r = 0; r < count; r++)
        {
            Assert.InRange((double)sum / (draws * Block.Lanes) - Math.Log(1 + r / (0.01 * count)) / Math.Log(101), -0.008, 0.008);
            sum += ranks[r];
        }
    }

    [Fact]
    public void The_oldest_points_are_forgotten_and_new_ones_are_drawn_once_they_are_ranked()
    {
        var buffer = Filled(100, 128);
        Assert.False(buffer.IsRanked);
        buffer.Rank();
        Add(buffer, 100, 300);
        Assert.Equal(128, buffer.Count);
        buffer.Rank();
        var smallest = double.PositiveInfinity;
        for (var i = 0; i < 100; i++)
        {
            buffer.Draw(Key.Seed(4), (ulong)(i * Block.Lanes), position, condition, reward);
            smallest = Math.Min(smallest, reward.Min());
        }
        Assert.Equal(300 - 128, smallest);
    }

    [Fact]
    public void A_buffer_is_spent_when_as_many_points_were_drawn_as_it_held_when_ranked()
    {
        var buffer = Filled(100, 128);
        Assert.True(buffer.IsSpent);
        buffer.Rank();
        Add(buffer, 100, 128);
        List<bool> spent = [buffer.IsSpent];
        for (var i = 0; i < 2; i++)
        {
            buffer.Draw(Key.Seed(4), 0, position, condition, reward);
            spent.Add(buffer.IsSpent);
        }
        Assert.Equal([false, false, true], spent);
        buffer.Rank();
        Assert.False(buffer.IsSpent);
    }

    // Point i has the reward i / 20; 64,000 draws, so that a share of 0.05 has an error below 0.001, and the whole sum of gaps one below 0.02.
    [Theory]
    [InlineData(ReplayPriority.Even)]
    [InlineData(ReplayPriority.Reward)]
    [InlineData(ReplayPriority.Importance)]
    public void Points_are_drawn_by_their_weights(ReplayPriority priority)
    {
        const int count = 100, draws = 1000;
        var buffer = new ReplayBuffer("test", 128, 2, 1, priority);
        for (var i = 0; i < count; i++) buffer.Add(position, condition, 0, i / 20.0, weight: -i / 30.0);
        buffer.Rank();
        var counts = new int[count];
        for (var i = 0; i < draws; i++)
        {
            buffer.Draw(Key.Seed(3), (ulong)(i * Block.Lanes), position, condition, reward);
            foreach (var value in reward) counts[(int)Math.Round(20 * value)]++;
        }
        double[] weights = [.. Enumerable.Range(0, count).Select(i => priority switch { ReplayPriority.Even => 1, ReplayPriority.Reward => Math.Exp(i / 20.0), _ => Math.Exp(-i / 30.0) })];
        var sum = weights.Sum();
        Assert.InRange(Enumerable.Range(0, count).Sum(i => Math.Abs((double)counts[i] / (draws * Block.Lanes) - weights[i] / sum)), 0, 0.05);
    }

    [Fact]
    public void One_point_that_outweighs_all_others_is_not_drawn_alone()
    {
        var buffer = new ReplayBuffer("test", 100, 2, 1, ReplayPriority.Reward);
        for (var i = 0; i < 100; i++) buffer.Add(position, condition, 0, i == 40 ? 5 : 0);
        buffer.Rank();
        var heavy = 0;
        for (var i = 0; i < 200; i++)
        {
            buffer.Draw(Key.Seed(3), (ulong)(i * Block.Lanes), position, condition, reward);
            heavy += reward.Count(value => value == 5);
        }
        // exp(5) = 148.4 is cut to ten times the mean, 24.7: a share of 24.7 / 123.7.
        Assert.Equal(0.2, heavy / (200.0 * Block.Lanes), 0.015);
    }

    private static ReplayBuffer Filled(int count, int capacity)
    {
        var buffer = new ReplayBuffer("test", capacity, 2, 1);
        Add(buffer, 0, count);
        return buffer;
    }

    private static void Add(ReplayBuffer buffer, int from, int to)
    {
        var (position, condition) = (Rows(2), Rows(1));
        for (var i = from; i < to; i++)
        {
            (position[0][7], position[1][7], condition[0][7]) = (i, -i, 0.5f);
            buffer.Add(position, condition, 7, i);
        }
    }

    private static Block Rows(int rows) => new Arena(rows * Block.Lanes).Rows(rows);
}
