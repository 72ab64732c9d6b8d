using Locus.Problems;
using Locus.Problems.Energies;
using Locus.Tests.Formats;

namespace Locus.Tests.Problems.Energies;

/// <summary>Energies from data in problem files.</summary>
public sealed class EnergyFileTests
{
    private const string Table = "1 2 0\n3 4 1\n5 5 1\n2 2 0\n";

    [Fact]
    public void A_path_begins_at_the_problem_file_and_data_say_how_many_variables_there_are()
    {
        using var folder = new TemporaryFolder();
        folder.Write("table.txt", Table);
        var problem = ProblemFile.Read(folder.Write("a.yaml", "name: a\nenergy:\n  kind: logistic-regression\n  data: table.txt\n  prior: 10/4\n  omit:\n    - 1\n"));
        Assert.Equal(["x[0]", "x[1]"], problem.Variables.Select(x => x.Name));
        Assert.Equal("logistic-regression", Assert.IsType<LogisticRegression>(problem.Energy).Kind);
        Assert.True(problem.IsUnlimited);
        var direct = new LogisticRegression(folder["table.txt"], 2.5, omit: ["1"]);
        Assert.Equal(direct.Log([0.3, 2], [], [], []), problem.Energy.Log([0.3, 2], [], [], []));
    }

    [Fact]
    public void The_canonical_text_has_the_full_path_the_hash_and_all_numbers_and_reads_back()
    {
        using var folder = new TemporaryFolder();
        var (table, text) = (folder.Write("ta \"b\".txt", Table), "name: a\nvariables: { w: { size: 2 } }\nenergy: { kind: logistic-regression, data: 'ta \"b\".txt', omit: [2] }\n");
        var problem = ProblemFile.Read(folder.Write("a.yaml", text));
        var canonical = problem.ToYaml();
        Assert.Contains(
            $"energy: {{ kind: logistic-regression, data: \"{table.Replace("\"", "\\\"", StringComparison.Ordinal)}\", data-sha256: bd18d6fa69eb6d1ee43eb0d9d0a6bdafe7ac4bde0c0d2eb5f0d8ad5d2b5d1a9f, prior: 10, label: 3, omit: [2] }}\n",
            canonical.Replace(new LogisticRegression(table).Files[0].File.Hash, "bd18d6fa69eb6d1ee43eb0d9d0a6bdafe7ac4bde0c0d2eb5f0d8ad5d2b5d1a9f", StringComparison.Ordinal), StringComparison.Ordinal);
        var again = ProblemFile.Parse(canonical);
        Assert.Equal(canonical, again.ToYaml());
        Assert.Equal(problem.Energy!.Log([1, 2], [], [], []), again.Energy!.Log([1, 2], [], [], []));
    }

    [Fact]
    public void The_hash_is_that_of_the_content()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", DataFile.Read(folder.Write("abc", "abc"), (_, _) => 0).File.Hash);
    }

    [Fact]
    public void All_kinds_read_back()
    {
        using var folder = new TemporaryFolder();
        folder.Write("trees.csv", "x,y\n0.1,0.2\n0.9,0.9\n");
        VaePosteriorTests.Decoder(folder, 1);
        VaePosteriorTests.Images(folder, true);
        foreach (var energy in new[] { "kind: log-gaussian-cox, data: trees.csv, grid: 3, variance: 0.5, scale: 1/7", "kind: vae-posterior, weights: decoder.safetensors, images: images, image: 1" })
        {
            var problem = ProblemFile.Read(folder.Write("a.yaml", $"name: a\nenergy: {{ {energy} }}\n"));
            var again = ProblemFile.Parse(problem.ToYaml());
            Assert.Equal(problem.ToYaml(), again.ToYaml());
            var (x, scratch) = (new double[problem.Dimension], new double[problem.Energy!.ScratchNumbers]);
            Array.Fill(x, 0.3);
            Assert.Equal(problem.Energy.Log(x, [], [], scratch), again.Energy!.Log(x, [], [], scratch));
        }
    }

    [Fact]
    public void A_file_that_has_changed_is_told()
    {
        using var folder = new TemporaryFolder();
        var table = folder.Write("table.txt", Table);
        var text = ProblemFile.Read(folder.Write("a.yaml", "name: a\nenergy: { kind: logistic-regression, data: table.txt }\n")).ToYaml();
        folder.Write("table.txt", Table + "7 7\n");
        var finding = Assert.Single(Assert.Throws<ProblemException>(() => ProblemFile.Parse(text)).Findings);
        Assert.Equal(4, finding.Line);
        Assert.StartsWith($"{table} is not the file that this problem was made from: its SHA-256 is ", finding.Message, StringComparison.Ordinal);
        Assert.EndsWith("bring that file back, or take out data-sha256 to begin with the new one", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ kind: logistic-regresion, data: t }", 17, "there is no kind of energy \"logistic-regresion\"; did you mean \"logistic-regression\"?; the kinds are logistic-regression, log-gaussian-cox, vae-posterior")]
    [InlineData("{ kind: logistic-regression }", 9, "an energy of kind logistic-regression needs the key \"data\", such as data: table.csv")]
    [InlineData("{ kind: logistic-regression, data: table.txt, pior: 3 }", 55, "the key \"pior\" is not known; did you mean \"prior\"?")]
    [InlineData("{ kind: logistic-regression, data: table.txt, prior: -1 }", 9, "the prior of a logistic regression is -1; it is a standard deviation, above 0, such as 10")]
    [InlineData("{ kind: log-gaussian-cox, data: table.txt, grid: 2.5 }", 58, "grid is a whole number, not 2.5")]
    [InlineData("{ kind: log-gaussian-cox, data: table.txt, grid: { a: b } }", 58, "expected a number or names, found keys with values")]
    [InlineData("{ kind: logistic-regression, data: table.txt, prior: hundred }", 62, "the name \"hundred\" is not known")]
    public void A_mistake_is_placed_and_explained(string energy, int column, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write("table.txt", Table);
        var file = folder.Write("a.yaml", $"name: a\nenergy: {energy}\n");
        var findings = Assert.Throws<ProblemException>(() => ProblemFile.Read(file)).Findings;
        Assert.Contains(new Finding(file, 2, column, message), findings);
    }

    [Fact]
    public void Mistakes_in_the_data_are_told_with_both_places_and_variables_are_counted()
    {
        using var folder = new TemporaryFolder();
        var table = folder.Write("table.txt", "1 2 0\n3 x 1\n");
        var file = folder.Write("a.yaml", "name: a\nenergy: { kind: logistic-regression, data: table.txt }\n");
        Assert.StartsWith($"{file}:2:9: {table}, line 2, column 2: 'x' is no finite number", Assert.Throws<ProblemException>(() => ProblemFile.Read(file)).Message, StringComparison.Ordinal);
        folder.Write("table.txt", Table);
        folder.Write("a.yaml", "name: a\nvariables: { w: { size: 5 } }\nenergy: { kind: logistic-regression, data: table.txt }\n");
        Assert.Equal($"{file}:3:9: the energy is one of 3 coordinates, the problem has 5 variables", Assert.Throws<ProblemException>(() => ProblemFile.Read(file)).Message);
        folder.Write("a.yaml", "name: a\nenergy: { kind: logistic-regression, data: missing.txt }\n");
        Assert.Equal($"{file}:2:9: {folder["missing.txt"]}: there is no such file; check the name", Assert.Throws<ProblemException>(() => ProblemFile.Read(file)).Message);
    }
}
