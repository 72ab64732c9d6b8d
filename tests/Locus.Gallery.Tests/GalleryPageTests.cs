using System.Globalization;
using System.Text.RegularExpressions;
using Locus.Diagnostics;

namespace Locus.Gallery.Tests;

/// <summary>The table in docs/gallery.md names exactly the gallery, and says what the code says.</summary>
public sealed partial class GalleryPageTests
{
    [Fact]
    public void The_page_has_a_row_for_each_problem_in_order_and_says_what_the_code_says()
    {
        var rows = File.ReadAllLines(Path.Combine(Root(), "docs", "gallery.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();

        Assert.Equal(Gallery.Sets.Select(Row).Concat(Gallery.Energies.Concat(Gallery.EnergiesOnSets).Select(EnergyRow)).Concat(Gallery.FromData.Select(DataRow)), rows.Select(row => row[..Divider().Matches(row)[^2].Index]));
        Assert.All(rows, row => Assert.True(Divider().Split(row)[^2].Trim().Length >= 10, $"what it stresses is not said: {row}"));
    }

    [Fact]
    public void The_readme_leads_to_the_page() =>
        Assert.Contains("(docs/gallery.md)", File.ReadAllText(Path.Combine(Root(), "README.md")), StringComparison.Ordinal);

    /// <summary>A row without its last cell, which only the page has.</summary>
    private static string Row(GalleryProblem entry)
    {
        var (problem, measure) = (entry.Problem, entry.Problem.Measure.ToString().ToLowerInvariant());
        string[] cells = [$"`{problem.Name}`", $"{problem.Dimension}", $"`{entry.Formula}`", measure, Digits(entry.Size!.Value, 4), Shares(entry.Truth!), entry.Source];
        return "| " + string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))) + " ";
    }

    private static string EnergyRow(GalleryProblem entry)
    {
        string[] cells = [$"`{entry.Problem.Name}`", $"{entry.Problem.Dimension}", $"`{entry.Formula}`", entry.LogZ is { } logZ ? Digits(logZ, 9) : "not known", entry.Truth?.Components.Count is not { } parts ? "not known" : parts == 1 ? "one" : $"{parts}", entry.Source];
        return "| " + string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))) + " ";
    }

    private static string DataRow(DataProblem entry)
    {
        string[] cells = [$"`{entry.Name}`", $"{entry.Dimension}", $"`{entry.Formula}`", string.Join(", ", entry.Files.Select(file => $"`{file.Names[0]}`")), entry.Source];
        return "| " + string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))) + " ";
    }

    private static string Shares(Truth truth)
    {
        if (truth.Components.Count == 1) return "one";
        if (truth.Shares.Distinct().Count() == 1) return $"{truth.Components.Count}, {Digits(truth.Shares[0], 3)} each";
        return string.Join(", ", truth.Components.Zip(truth.Shares, (name, share) => $"{name} {Digits(share, 3)}"));
    }

    private static string Digits(double value, int count) => value.ToString($"G{count}", CultureInfo.InvariantCulture);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Locus.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Locus.slnx is in no folder above the tests");
        return folder;
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Divider();
}
