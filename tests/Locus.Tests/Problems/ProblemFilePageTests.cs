using System.Text.RegularExpressions;
using Locus.Engine.Random;
using Locus.Problems;
using Locus.Problems.Language;

namespace Locus.Tests.Problems;

/// <summary>The page about problem files tells the truth: its examples are sound problems, and it names every function.</summary>
public partial class ProblemFilePageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "problem-files.md")).ReplaceLineEndings("\n");

    public static TheoryData<string> Examples => [.. YamlBlock().Matches(Page).Select(match => match.Groups[1].Value)];

    [Fact]
    public void There_are_examples() => Assert.Equal(5, Examples.Count);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_example_is_a_sound_problem_that_comes_back_from_its_text(string example)
    {
        var problem = ProblemFile.Parse(example, "docs/problem-files.md");
        Assert.Equal(problem.ToYaml(), ProblemFile.Parse(problem.ToYaml()).ToYaml());
        var result = ProblemCheck.Run(problem, Key.Seed(1), new CheckOptions { Points = 2_000 });
        Assert.True(result.Level == CheckLevel.Ok, string.Join('\n', result.Findings));
    }

    [Fact]
    public void Every_function_is_on_the_page() =>
        Assert.All(FunctionTable.Names, name => Assert.Matches($@"`{name}[`(]", Page));

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Locus.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Locus.slnx is in no folder above the tests");
        return folder;
    }
}
