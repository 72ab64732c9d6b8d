using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Gallery.Tests;

public sealed class CheckTests
{
    /// <summary>Sets that random points miss, which a check rightly remarks.</summary>
    private static readonly string[] Small = ["lens", "shell"];

    public static TheoryData<string> Names => [.. Gallery.Sets.Select(entry => entry.Problem.Name)];

    public static TheoryData<string> All => [.. Gallery.Sets.Concat(Gallery.Energies).Concat(Gallery.EnergiesOnSets).Select(entry => entry.Problem.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_check_finds_nothing_wrong(string name)
    {
        var result = ProblemCheck.Run(Gallery.Find(name)!.Problem, Key.Seed(16), new CheckOptions { Points = 2000, DerivativePoints = 4, Descents = 4 });

        var remarks = result.Findings.Where(finding => finding.Level != CheckLevel.Ok).Select(finding => $"{finding.Subject}: {finding.Message}").ToList();
        if (Small.Contains(name)) Assert.StartsWith("feasible share: none of", Assert.Single(remarks), StringComparison.Ordinal);
        else Assert.Empty(remarks);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_problem_says_what_it_is(string name)
    {
        var entry = Gallery.Find(name)!;

        Assert.EndsWith(".", entry.Problem.Description, StringComparison.Ordinal);
        Assert.NotEmpty(entry.Formula);
        Assert.NotEmpty(entry.Source);
        Assert.True(entry.Size!.Value > 0 && double.IsFinite(entry.Size!.Value));
        Assert.Equal(entry.Problem.Dimension, entry.Truth!.Dimension);
        Assert.Equal(entry.Truth!.Components.Count, entry.Truth!.Shares.Count);
    }
}
