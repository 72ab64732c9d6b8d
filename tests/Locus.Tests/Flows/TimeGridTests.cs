using Locus.Flows;

namespace Locus.Tests.Flows;

public sealed class TimeGridTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(2.5)]
    [InlineData(3)]
    [InlineData(10)]
    public void A_grid_runs_from_0_to_1_as_its_power_says(double power)
    {
        foreach (var steps in new[] { 1, 2, 7, 200, 100_000 })
        {
            var options = new FlowOptions { Steps = steps, GridPower = power };
            Assert.Equal(0, options.Time(0));
            Assert.Equal(1, options.Time(steps));
            for (var i = 0; i < steps; i += Math.Max(1, steps / 100))
            {
                Assert.Equal(1 - Math.Pow(1 - (double)i / steps, power), options.Time(i), 1e-14);
                Assert.True(options.Time(i + 1) >= options.Time(i));
                // What is left never vanishes before the end, even where t is 1 to all digits.
                Assert.True(options.Left(i) > options.Left(i + 1));
            }
            Assert.Equal(0, options.Left(steps));
        }
    }

    // The last of 100 steps of power 3 begins at 1 - t = 1e-6: by the clock as far from the one before as the first from the second.
    [Fact]
    public void By_the_clock_the_steps_are_evenly_apart()
    {
        for (var i = 0; i <= 100; i++)
        {
            Assert.Equal(i / 100.0, TimeGrid.Clock(1 - TimeGrid.Left(i, 100, 3), 3), 1e-6);
            Assert.Equal((float)(i / 100.0), TimeGrid.Clock(i / 100.0, 1));
        }
    }

    [Fact]
    public void The_steepest_grid_with_many_steps_still_lands_on_the_prediction()
    {
        var (shape, parameters) = KnownNetworks.Constant(0, 0.3f);
        foreach (var method in Enum.GetValues<FlowMethod>())
        {
            var end = FlowTests.Run(shape, parameters, new FlowOptions { Method = method, Steps = 1000, GridPower = 10 })[^1];
            Assert.All(end[0], x => Assert.Equal(0.3f, x));
        }
    }
}
