using Locus.Problems;
using Locus.Runs;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Training.Fitting;

public class OptionsForProblemsTests
{
    [Theory]
    [InlineData("rectangle", 12, 3)]
    [InlineData("ring", 20, 6)]
    [InlineData("circle", 20, 6)]
    [InlineData("cap", 20, 6)]
    [InlineData("circles", 20, 6)]
    public void Sets_of_equalities_and_those_with_parameters_are_sampled_with_more_and_shorter_last_steps(string name, int steps, double gridPower)
    {
        var recipe = (LocusOptions)Recipe.Locus.Options;
        var options = For(Trainings.Kinds.Single(problem => problem.Name == name));
        Assert.Equal((steps, gridPower), (options.Sampler.Steps, options.Sampler.GridPower));
        Assert.Equal(recipe, options with { Sampler = recipe.Sampler, Hidden = recipe.Hidden });
    }

    [Fact]
    public void Sets_in_many_dimensions_are_sampled_with_shorter_first_steps()
    {
        var corner = For(Problem.Define("corner", 10, x => [Sum(x) <= 1], -1, 1)).Sampler;
        Assert.Equal((20, 2.0), (corner.Steps, corner.GridPower));
        var sphere = For(Problem.Define("sphere", 10, x => [Norm(x) == 1], -1, 1)).Sampler;
        Assert.Equal((50, 4.0), (sphere.Steps, sphere.GridPower));
    }

    [Fact]
    public void Up_to_three_coordinates_have_a_narrow_network_and_many_sets_in_one_a_wide_one()
    {
        Assert.Equal([64, 64, 64, 64], Recipe.Locus.For(Ball(3)).Hidden);
        Assert.Equal([128, 128, 128, 128], Recipe.Locus.For(Ball(4)).Hidden);
        Assert.Equal([128, 128, 128, 128], Recipe.Locus.For(Trainings.Kinds.Single(problem => problem.Name == "ring")).Hidden);

        static Problem Ball(int dimension) => Problem.Define("ball", dimension, x => [Norm(x) <= 1], -1, 1);
    }

    private static LocusOptions For(Problem problem) => (LocusOptions)Recipe.Locus.For(problem);

    [Fact]
    public void The_paper_has_one_way_for_all() => Assert.All(Trainings.Kinds, problem => Assert.Same(Recipe.Paper.Options, Recipe.Paper.For(problem)));
}
