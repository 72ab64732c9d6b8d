namespace Locus.Tests.Architecture;

public sealed class DirectionTests
{
    [Fact]
    public void No_namespace_sees_one_that_stands_above_it()
    {
        var directions = new Directions(Sources.All);
        Assert.True(Sources.All.Count > 150, $"only {Sources.All.Count} source files were found");
        var violations = Sources.All.SelectMany(directions.Violations).ToList();
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }

    [Fact]
    public void Every_file_declares_the_namespace_of_its_folder_or_of_one_above()
    {
        // src/Locus/Problems/Yaml/Node.cs: Locus.Problems.Yaml. A folder below a part may also just hold some of the part's files together.
        var strays = Sources.All.Where(file => file.Namespace.Length > 0 && !Fits(file.Namespace, file.Path[4..file.Path.LastIndexOf('/')].Replace('/', '.'))).ToList();
        Assert.True(strays.Count == 0, string.Join(Environment.NewLine, strays.Select(file => $"{file.Path}: namespace {file.Namespace}")));
        Assert.Equal(["src/Locus.Cli/Program.cs"], Sources.All.Where(file => file.Namespace.Length == 0).Select(file => file.Path));
    }

    private static bool Fits(string name, string folder) =>
        name == folder || (folder.StartsWith(name + ".", StringComparison.Ordinal) && Directions.Part(name) == Directions.Part(folder));

    [Theory]
    [InlineData("Expressions", "using Locus.Problems;")]
    [InlineData("Problems", "using static Locus.Flows.Flow;")]
    [InlineData("Sampling", "using Options = Locus.Training.TrainingOptions;")]
    [InlineData("Training", "    var x = Locus.Diagnostics.EnergyDistance.Of(a, b);")]
    [InlineData("Training", "    var x = Diagnostics.EnergyDistance.Of(a, b);")]
    [InlineData("Training", "    private global::Locus.Diagnostics.Report? report;")]
    [InlineData("Formats", "using Locus.Problems;")]
    [InlineData("Formats", "using Locus.Engine.Blocks;")]
    [InlineData("Formats", "    Engine.Blocks.Block block;")]
    [InlineData("Options", "using Locus.Formats;")]
    [InlineData("Engine.Kernels", "using Locus.Expressions;")]
    [InlineData("Diagnostics", "using Locus.Gallery;")]
    [InlineData("Novelties", "using System;")]
    public void A_line_against_the_directions_is_found_with_its_place(string part, string line)
    {
        var file = SourceFile.Of($"src/Locus/{part}/New.cs", $"{(line.StartsWith("using", StringComparison.Ordinal) ? line : "")}\nnamespace Locus.{part};\n\n{line}\n");
        var found = new Directions([.. Sources.All, file]).Violations(file).ToList();
        Assert.NotEmpty(found);
        Assert.All(found, violation => Assert.StartsWith($"src/Locus/{part}/New.cs", violation, StringComparison.Ordinal));
        if (part != "Novelties") Assert.Contains(found, violation => violation.Contains(", line 4:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Training", "using Locus.Sampling;")]
    [InlineData("Training", "    var x = Sampling.Conditions.Drawn(key, 3);")]
    [InlineData("Expressions", "    // as Locus.Problems has it")]
    [InlineData("Expressions", "    var text = \"Locus.Problems\";")]
    [InlineData("Expressions", "    var text = $\"\\\"{a}\\\" Locus.Problems\"; // Locus.Flows")]
    [InlineData("Formats", "    var x = Options.Indented;")]
    public void A_line_along_the_directions_is_not(string part, string line)
    {
        var file = SourceFile.Of($"src/Locus/{part}/New.cs", $"namespace Locus.{part};\n\n{line}\n");
        Assert.Empty(new Directions(Sources.All).Violations(file));
    }
}
