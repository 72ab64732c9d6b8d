using System.Diagnostics;
using Locus.Problems;

namespace Locus.Tests.Problems;

/// <summary>Texts made to exhaust time, memory or the stack end soon, with a message.</summary>
public class ProblemFileLimitTests
{
    private const string Head = "name: a\nvariables: { x: { size: 3 } }\n";

    public static TheoryData<string, string> Hostile => new()
    {
        { "open brackets", Head + "constraints:\n  - " + new string('[', 1_000_000) },
        { "open parentheses", Head + "constraints:\n  - " + new string('(', 1_000_000) + "1" },
        { "minus signs", Head + "constraints:\n  - 1" + new string('-', 1_000_000) + "1 <= 2" },
        { "powers", Head + "constraints:\n  - x[0]" + string.Concat(Enumerable.Repeat("^x[0]", 200_000)) + " <= 2" },
        { "indices", Head + "constraints:\n  - x" + string.Concat(Enumerable.Repeat("[0]", 300_000)) + " <= 2" },
        { "braces", new string('{', 1_000_000) },
        { "brackets", new string('[', 1_000_000) },
        { "dashes", string.Concat(Enumerable.Repeat("- ", 500_000)) },
        { "question marks", string.Concat(Enumerable.Repeat("? ", 500_000)) },
        { "nested keys", string.Concat(Enumerable.Range(0, 1000).Select(i => new string(' ', i) + "a:\n")) },
        { "keys on one line", string.Concat(Enumerable.Repeat("a: ", 300_000)) },
        { "many unknown keys", string.Concat(Enumerable.Range(0, 200_000).Select(i => $"k{i}: 1\n")) },
        { "aliases", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n" },
        { "a loop", Head + "constraints:\n  - sum(x[0] for i in 0..1000000000) <= 1\n" },
        { "nested loops", Head + "constraints:\n  - sum(x[0] for i in 0..9999 for j in 0..9999 for k in 0..9999) <= 1\n" },
        { "empty loops", Head + "constraints:\n  - sum(x[0] for i in 0..99999 for j in 0..99999 for k in 0..0) <= 1\n" },
        { "a large size", Head.Replace("3", "2000000000", StringComparison.Ordinal) + "constraints: [norm(x) <= 1]\n" },
        { "many variables", "name: a\nvariables:\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"  v{i}: {{ size: 10000 }}\n")) + "constraints: [v0[0] <= 1]\n" },
        { "doubling lists", Head + "definitions:\n  d0: [x, x]\n" + string.Concat(Enumerable.Range(1, 50).Select(i => $"  d{i}: [d{i - 1}, d{i - 1}]\n")) + "constraints: [x <= 1]\n" },
        { "wide lists", Head + "definitions:\n  a: [x[0] for i in 0..1000]\n  b: [a for i in 0..1000]\n  c: [b for i in 0..1000]\nconstraints: [sum(c) <= 1]\n" },
        { "many conditions", Head + "constraints:\n  - x <= 1 for i in 0..100000\n  - any(x[0] <= i for i in 0..100000)\n  - x[0] <= 1 for i in 0..100000 for j in 0..100000\n" },
        { "digits", Head + "constraints:\n  - x[0] <= " + new string('9', 1_000_000) },
        { "decimals", Head + "constraints:\n  - x[0] <= 0." + new string('9', 1_000_000) + "x" },
        { "letters", Head + "constraints:\n  - " + new string('a', 1_000_000) + " <= 1" },
        { "many mistakes", Head + "constraints:\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"  - nrm{i}(x) <= 1\n")) },
        { "quotes", string.Concat(Enumerable.Repeat("\"", 500_001)) },
        { "a large file", new string(' ', ProblemFile.MaximumBytes + 1) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_texts_end_soon_with_a_message(string what, string text)
    {
        var (start, bytes) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        var e = Assert.Throws<ProblemException>(() => ProblemFile.Parse(text, what));
        Assert.InRange(e.Findings.Count, 1, 50);
        Assert.InRange(e.Message.Length, 1, 20_000);
        // An undisturbed machine needs well below a second; others may be busy.
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"{what} took {Stopwatch.GetElapsedTime(start)}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - bytes, 0, 1L << 30);
    }

    [Fact]
    public void Long_sums_and_long_chains_of_definitions_are_read_and_written()
    {
        var sum = string.Join(" + ", Enumerable.Range(0, 20_000).Select(i => $"{i}*x[{i % 3}]"));
        var chain = string.Concat(Enumerable.Range(1, 5_000).Select(i => $"  a{i}: sin(a{i - 1})\n"));
        var problem = ProblemFile.Parse($"{Head}definitions:\n  a0: x[0]\n{chain}constraints:\n  - {sum} <= 1\n  - a5000 <= 0.5\n");
        Assert.Equal(problem.ToYaml(), ProblemFile.Parse(problem.ToYaml()).ToYaml());
        Assert.Equal(0.0, problem.Constraints[0].Slack.Evaluate(new double[3], []));
    }

    [Fact]
    public void A_problem_of_the_largest_dimension_is_read_and_compiled()
    {
        var problem = ProblemFile.Parse("name: large\nvariables: { x: { size: 10000, box: [-1, 1] } }\nconstraints: [norm(x) <= 1, x[i] <= x[i + 1] for i in 0..9999]\n".Replace(", x[i]", "]\n#", StringComparison.Ordinal));
        Assert.Equal(10_000, problem.Dimension);
        Assert.Equal(1, problem.Slack.Outputs);
        Assert.Equal(problem.ToYaml(), ProblemFile.Parse(problem.ToYaml()).ToYaml());
    }
}
