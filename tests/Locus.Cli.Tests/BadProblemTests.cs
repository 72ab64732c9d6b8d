namespace Locus.Cli.Tests;

/// <summary>Wrong problems and wrong words: a clear message, exit code 2, and nothing left on the disk.</summary>
public class BadProblemTests
{
    [Theory]
    [InlineData("three-ring", "did you mean \"three-rings\"?")]
    [InlineData("disk-10", "did you mean \"disks-10\"?")]
    [InlineData("nothing-like-it", "'locus list' shows the gallery")]
    [InlineData("", "PROBLEM is empty")]
    [InlineData("missing.yaml", "missing.yaml")]
    [InlineData("missing/problem", "missing/problem")]
    public void An_unknown_problem_is_answered_with_the_way_out(string name, string message)
    {
        using var folder = new TemporaryFolder();
        LocusProgram.Call("train", name, "--out", folder["run"]).Refused(ExitCode.Usage, message);
        LocusProgram.Call("check", name).Refused(ExitCode.Usage, message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_is_no_problem()
    {
        using var folder = new TemporaryFolder();
        LocusProgram.Call("train", folder.Path).Refused(ExitCode.Usage, folder.Path, "is a folder");
    }

    [Theory]
    [InlineData("a bracket of YAML is missing", "name: p\nvariables:\n  x: { size: 2, box: [-2, 2\nconstraints:\n  - norm(x) <= 1\n", ":3:")]
    [InlineData("a bracket of an expression is missing", "name: p\nvariables:\n  x: { size: 2, box: [-2, 2] }\nconstraints:\n  - norm(x <= 1\n", ":5:", "expected \")\"")]
    [InlineData("sizes differ", "name: p\nvariables:\n  x: { size: 2, box: [-2, 2] }\nconstraints:\n  - norm(x - [1, 2, 3]) <= 1\n", ":5:12:", "2 and 3")]
    [InlineData("an entry is beyond the end", "name: p\nvariables:\n  x: { size: 2, box: [-2, 2] }\nconstraints:\n  - x[2] <= 1\n", ":5:", "0 to 1")]
    [InlineData("the box is empty", "name: p\nvariables:\n  x: { size: 2, box: [2, -2] }\nconstraints:\n  - norm(x) <= 1\n", ":3:", "[2, -2] is empty")]
    [InlineData("a constant is no number", "name: p\nvariables:\n  x: { size: 2, box: [-2, 2] }\nconstraints:\n  - norm(x) <= 0/0\n", ":5:", "not a finite number")]
    [InlineData("a box is no number", "name: p\nvariables:\n  x: { size: 2, box: [.nan, 2] }\nconstraints:\n  - norm(x) <= 1\n", ":3:")]
    [InlineData("a root of a negative constant", "name: p\nvariables:\n  x: { size: 2, box: [-2, 2] }\nconstraints:\n  - norm(x) <= sqrt(-1)\n", ":5:", "not a finite number")]
    [InlineData("unknown names", "name: p\nvariables:\n  x: { size: 2, box: [-2, 2] }\nconstraints:\n  - nrm(x) <= 1\n  - y <= 1\n", ":5:5:", "did you mean \"norm\"?", ":6:5:", "\"y\"")]
    [InlineData("unknown keys", "name: p\nvariable:\n  x: { size: 2 }\nconstraint:\n  - x[0] <= 1\n", "variable", "constraint")]
    [InlineData("no variables", "name: p\nconstraints:\n  - 1 <= 2\n", "variables")]
    [InlineData("a negative size", "name: p\nvariables:\n  x: { size: -2 }\nconstraints:\n  - x[0] <= 1\n", ":3:", "-2")]
    [InlineData("an empty file", "", ":1:1:")]
    [InlineData("no text", "\0\u0001\u0002", ":1:1:")]
    public void A_wrong_problem_is_refused_with_line_and_column(string what, string text, params string[] messages)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("p.yaml", text);
        foreach (var answer in new[] { LocusProgram.Call("train", file, "--out", folder["run"]), LocusProgram.Call("check", file) })
        {
            answer.Refused(ExitCode.Usage, [file, .. messages]);
            Assert.True(answer.Error.Split('\n').Length <= 8, $"{what}: {answer.Error}");
        }
        Assert.Equal(["p.yaml"], RunFiles.Names(folder.Path));
    }

    [Fact]
    public void Training_on_a_set_that_no_point_meets_ends_with_a_report_that_says_so()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("never.yaml", "name: never\nvariables:\n  x: { size: 2, box: [-2, 2] }\nconstraints:\n  - norm(x) <= -1\n");
        var answer = LocusProgram.Call(["train", file, "--out", folder["run"], .. LocusProgram.Tiny]).Done();
        Assert.Contains($"no sample lies on the set", answer.Error, StringComparison.Ordinal);
        Assert.Contains($"locus check {file}", answer.Error, StringComparison.Ordinal);
        Assert.Matches(@"success at 0\.01 +0\.000 ", answer.Output);
        Assert.Equal(RunFiles.All, RunFiles.Names(folder["run"]));
        RunFiles.AreWhole(folder["run"]);
        var required = LocusProgram.Call("report", folder["run"], "--count", "64", "--require", "success=0.5");
        Assert.Equal(ExitCode.QualityMissed, required.Code);
    }

    [Fact]
    public void A_constraint_that_is_nowhere_a_number_ends_training_with_advice()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("root.yaml", "name: root\nvariables:\n  x: { size: 2, box: [-2, 2] }\nconstraints:\n  - norm(x) <= sqrt(x[0] - 5)\n");
        LocusProgram.Call(["train", file, "--out", folder["run"], "--quiet", .. LocusProgram.Tiny]).Refused(ExitCode.Failed, "diverged", "locus check");
        Assert.False(Directory.Exists(folder["run"]));
        Assert.Equal(ExitCode.Usage, LocusProgram.Call("check", file).Code);
    }

    [Fact]
    public void A_training_that_found_nothing_leaves_its_folder_free_for_the_next_try()
    {
        using var folder = new TemporaryFolder();
        string Problem(string radius) => folder.Write("disc.yaml", $"name: disc\nvariables:\n  x: {{ size: 2, box: [-2, 2] }}\nconstraints:\n  - norm(x) <= {radius}\n");
        string[] words = ["--out", folder["run"], "--quiet", "--count", "64", "--set", "poolSize=1024", "--set", "updates=24"];
        LocusProgram.Call(["train", Problem("-1"), .. words]).Refused(ExitCode.Failed, "norm(x) <= -1");
        Assert.False(Directory.Exists(folder["run"]));
        Directory.CreateDirectory(folder["run"]);
        LocusProgram.Call(["train", Problem("-1"), .. words]).Refused(ExitCode.Failed, "norm(x) <= -1");
        LocusProgram.Call(["train", Problem("1"), .. words]).Done();
        RunFiles.AreWhole(folder["run"]);
    }
}
