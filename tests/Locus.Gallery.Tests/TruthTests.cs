using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Gallery.Tests;

public sealed class TruthTests
{
    public static TheoryData<string> Names => [.. Gallery.Sets.Select(entry => entry.Problem.Name)];

    [Fact]
    public void The_gallery_begins_with_the_sets_of_the_paper_and_names_each_set_once()
    {
        string[] names = [.. Gallery.Sets.Select(entry => entry.Problem.Name)];

        Assert.Equal(["rectangle", "shield", "three-rings", "spiral", "disks-10", "disks-50"], names[..6]);
        Assert.Equal(names, names.Distinct());
        Assert.All(names, name => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", name));
    }

    [Fact]
    public void An_unknown_name_is_not_found() => Assert.Null(Gallery.Find("Three-Rings"));

    [Theory]
    [InlineData("disks-3", 3, 5)]
    [InlineData("gmm-49", 2, 49)]
    [InlineData("many-well-2", 2, 2)]
    [InlineData("many-well-512", 512, 257)]
    [InlineData("lennard-jones-55", 165, null)]
    public void A_family_has_its_problems_in_other_sizes(string name, int dimension, int? components)
    {
        var entry = Gallery.Find(name)!;
        Assert.Equal((name, dimension, components), (entry.Problem.Name, entry.Problem.Dimension, entry.Truth?.Components.Count));
        Assert.Equal(components, Gallery.TruthOf(ProblemFile.Parse(entry.Problem.ToYaml()))?.Components.Count);
    }

    [Theory]
    [InlineData("many-well-7")]
    [InlineData("many-well-016")]
    [InlineData("many-well-+16")]
    [InlineData("many-well-514")]
    [InlineData("many-well-99999999999")]
    [InlineData("many-well-")]
    [InlineData("many-well")]
    [InlineData("gmm-16")]
    [InlineData("gmm-41")]
    public void A_family_has_no_others(string name) => Assert.Null(Gallery.Find(name));

    [Fact]
    public void Families_have_what_is_listed_of_them() =>
        Assert.All(Gallery.Families, family => Assert.All(Gallery.All.Where(entry => family.IsNear(entry.Problem.Name) && entry.Problem.Name != "gmm-40"), entry => Assert.Equal(entry.Problem.ToYaml(), family.Find(entry.Problem.Name)!.Problem.ToYaml())));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_exact_sample_lies_on_the_set(string name)
    {
        var (problem, truth) = Open(name);

        var samples = truth.Sample(Key.Seed(1), 2000);
        var slacks = Slacks.Of(problem.Slack, samples, null, threads: 2);

        // D coordinates, each off by some 2^-53 of itself and then turned into D off-plane coordinates; angles of the spiral enter by a tenth.
        Assert.InRange(slacks.Max(), 0, Math.Pow(problem.Dimension, 1.5) * 2.3e-16 * Math.Max(1, samples.Values.Max(Math.Abs) / 2));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shares_of_exact_samples_match_and_add_up(string name)
    {
        var (_, truth) = Open(name);

        var shares = ComponentShares.Of(truth.Sample(Key.Seed(3), 20_000), truth);

        Assert.Equal(1, truth.Shares.Sum(), 12);
        Assert.Equal(0, shares.Outside);
        for (var i = 0; i < shares.Shares.Count; i++)
            Assert.InRange(shares.Shares[i] - shares.TrueShares[i], -4 * shares.Errors[i], 4 * shares.Errors[i]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_depends_on_key_and_index_alone(string name)
    {
        var (_, truth) = Open(name);
        var many = truth.Sample(Key.Seed(4), 100);
        var few = truth.Sample(Key.Seed(4), 10);
        var x = new double[truth.Dimension];

        truth.Draw(Key.Seed(4), 57, x);

        Assert.Equal(many.Values[..few.Values.Length], few.Values);
        Assert.Equal(many[57].ToArray(), x);
        Assert.NotEqual(many[57].ToArray(), truth.Sample(Key.Seed(5), 58)[57].ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_point_far_away_or_nowhere_belongs_to_no_component(string name)
    {
        var (_, truth) = Open(name);

        Assert.Equal(-1, truth.Component([.. Enumerable.Repeat(9, truth.Dimension)]));
        Assert.Equal(-1, truth.Component([.. Enumerable.Repeat(double.NaN, truth.Dimension)]));
    }

    [Theory]
    [InlineData("shield", 0.2, 0, "disk")]
    [InlineData("shield", 0, -0.3, "disk")]
    [InlineData("shield", 0.9, 0, "ring")]
    [InlineData("shield", 0.5, 0, null)]
    [InlineData("three-rings", 0.45, 0, "inner ring")]
    [InlineData("three-rings", 0, 1.05, "middle ring")]
    [InlineData("three-rings", -1.62, 0, "outer ring")]
    [InlineData("three-rings", 0, 0, null)]
    [InlineData("spiral", 0.1, 0, "first turn")]
    [InlineData("spiral", 0.73, 0, "second turn")]
    [InlineData("spiral", 0, -1.198, "third turn")]
    [InlineData("rectangle", 1.05, 0, "rectangle")]
    public void A_point_belongs_to_the_component_beside_it(string name, double x, double y, string? component)
    {
        var (_, truth) = Open(name);

        var index = truth.Component([x, y]);

        Assert.Equal(component, index < 0 ? null : truth.Components[index]);
    }

    [Theory]
    [InlineData("caps", 0, 0.1, 2.5, "small cap")]
    [InlineData("caps", 2.5, 0, 0.6, "large cap")]
    [InlineData("caps", 1.09, 0, 2.25, null)]
    [InlineData("caps", 0, 0, -2.5, null)]
    [InlineData("mixed", -1, -0.5, 0.55, "ball")]
    [InlineData("mixed", 1.1, -0.5, 0.04, "disk")]
    [InlineData("mixed", -1.2, 1, 0.05, "arc")]
    [InlineData("mixed", 0, 1, -1.2, null)]
    [InlineData("ellipsoids", -1.5, 0, 0, "needle")]
    [InlineData("ellipsoids", 1, 1, 0.5, "pancake")]
    [InlineData("ellipsoids", 1, -1, -0.4, "egg")]
    [InlineData("ellipsoids", 0, 0, 2, null)]
    [InlineData("linkage", -0.9, 2.2, -0.5, "elbow right")]
    [InlineData("linkage", 0.72, -1.1, -2.6, "elbow left")]
    [InlineData("linkage", 0, 0, 0, null)]
    [InlineData("sphere", 0, 0, 1.1, "sphere")]
    [InlineData("sphere", 0, 0, 0, null)]
    [InlineData("torus", 0, 0, 0, null)]
    [InlineData("swiss-roll", 0, 3, -4.7, "swiss-roll")]
    [InlineData("swiss-roll", 0, 30, -4.7, null)]
    public void A_point_of_space_belongs_to_the_component_beside_it(string name, double x, double y, double z, string? component)
    {
        var (_, truth) = Open(name);

        var index = truth.Component([x, y, z]);

        Assert.Equal(component, index < 0 ? null : truth.Components[index]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_truth_of_a_problem_is_found_by_its_text(string name)
    {
        var (problem, truth) = Open(name);
        var copy = ProblemFile.Parse(problem.ToYaml(), "copy");
        var other = Problem.Define(name, 2, x => [Expressions.Functions.Norm(x) <= 1]);

        Assert.Same(truth, Gallery.TruthOf(problem));
        Assert.Same(truth, Gallery.TruthOf(copy));
        Assert.Null(Gallery.TruthOf(other));
    }

    private static (Problem Problem, Truth Truth) Open(string name) => (Gallery.Find(name)!.Problem, Gallery.Find(name)!.Truth!);
}
