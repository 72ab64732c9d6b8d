using Locus.Engine.Random;
using Locus.Problems;
using Locus.Tests;

namespace Locus.Gallery.Tests;

/// <summary>Energies that are made from public files.</summary>
public sealed class DataProblemTests
{
    public static TheoryData<string> Names => [.. Gallery.FromData.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_says_what_it_is_and_what_it_needs(string name)
    {
        var entry = Find(name);
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", name);
        Assert.Null(Gallery.Find(name));
        Assert.EndsWith(".", entry.Description, StringComparison.Ordinal);
        Assert.All(entry.Files, file => Assert.Contains(file.Names[0], entry.Needs, StringComparison.Ordinal));
        Assert.Contains(entry.Files[0].Names[0], Assert.Throws<LocusException>(() => entry.Open([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_the_file_and_another_file_are_told()
    {
        var folder = Directory.CreateTempSubdirectory("locus-").FullName;
        try
        {
            Assert.StartsWith($"{folder}: holds no finnish-pines.csv, nor fpines.csv, nor df_pines.csv", Message("log-gaussian-cox", folder), StringComparison.Ordinal);
            Assert.Equal($"mnist-vae is made from 2 files, not 1: give {Find("mnist-vae").Needs}", Message("mnist-vae", "a"));
            var table = Path.Combine(folder, "german.data-numeric");
            File.WriteAllText(table, "1 2 1\n2 3 2\n");
            Assert.StartsWith($"{table}: gives 3 coordinates where german-credit has 25: this is not german.data-numeric", Message("german-credit", folder), StringComparison.Ordinal);
            File.WriteAllText(table, "1 2 3\n2 3 4\n3 1 1\n");
            var lines = Message("german-credit", table).Split(Environment.NewLine);
            Assert.StartsWith($"{table}: the label, column 3, holds 3 different values (1, 3, 4)", lines[0], StringComparison.Ordinal);
            Assert.StartsWith("german-credit is made from german.data-numeric (", lines[1], StringComparison.Ordinal);
            Assert.Contains("there is no such file", Message("german-credit", table + "x"), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [PublicDataFact("german-credit.data-numeric", "breast-cancer.data", "finnish-pines.csv", "mnist-vae.safetensors", "mnist-t10k-images-idx3-ubyte.gz")]
    public void On_the_public_files_a_check_finds_nothing_wrong_and_the_text_reads_back()
    {
        foreach (var entry in Gallery.FromData)
        {
            var problem = entry.Open([Path.GetDirectoryName(PublicDataFactAttribute.PathOf("finnish-pines.csv"))!]);
            var result = ProblemCheck.Run(problem, Key.Seed(16), new CheckOptions { Points = 100, DerivativePoints = 2, Descents = 1 });
            Assert.Empty(result.Findings.Where(finding => finding.Level != CheckLevel.Ok).Select(finding => $"{finding.Subject}: {finding.Message}"));
            Assert.Equal(problem.ToYaml(), ProblemFile.Parse(problem.ToYaml()).ToYaml());
            Assert.Null(Gallery.TruthOf(problem));
        }
    }

    private static DataProblem Find(string name) => Gallery.FromData.Single(entry => entry.Name == name);

    private static string Message(string name, string path) => Assert.ThrowsAny<LocusException>(() => Find(name).Open([path])).Message;
}
