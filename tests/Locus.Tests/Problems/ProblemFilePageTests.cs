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

    public static TheoryData<string> DataExamples => [.. DataBlock().Matches(Page).Select(match => match.Groups[1].Value)];

    [Fact]
    public void There_are_examples() => Assert.Equal((7, 3), (Examples.Count, DataExamples.Count));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_example_is_a_sound_problem_that_comes_back_from_its_text(string example)
    {
        var problem = ProblemFile.Parse(example, "docs/problem-files.md");
        Assert.Equal(problem.ToYaml(), ProblemFile.Parse(problem.ToYaml()).ToYaml());
        var result = ProblemCheck.Run(problem, Key.Seed(1), new CheckOptions { Points = 2_000 });
        Assert.True(result.Level == CheckLevel.Ok, string.Join('\n', result.Findings));
    }

    // Those from data are right but for the files, which are the reader's.
    [Theory]
    [MemberData(nameof(DataExamples))]
    public void Each_example_from_data_lacks_its_files_alone(string example)
    {
        var findings = Assert.Throws<ProblemException>(() => ProblemFile.Parse(example, "no-such-folder/a.yaml")).Findings;
        Assert.All(findings, finding => Assert.Contains("the folder 'no-such-folder' does not exist", finding.Message, StringComparison.Ordinal));
        Assert.Contains($"| `{Kind().Match(example).Groups[1].Value}` |", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_function_is_on_the_page() =>
        Assert.All(FunctionTable.Names, name => Assert.Matches($@"`{name}[`(]", Page));

    [GeneratedRegex("kind: ([a-z-]+)")]
    private static partial Regex Kind();

    [GeneratedRegex("```yml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex DataBlock();

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Locus.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Locus.slnx is in no folder above the tests");
        return folder;
    }
}
