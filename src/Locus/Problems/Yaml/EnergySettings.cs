using Locus.Problems.Energies;

namespace Locus.Problems.Yaml;

/// <summary>The keys of an energy of some kind, read as what they are; what is wrong is reported at its place, and the default stands in.</summary>
internal sealed class EnergySettings(SourceText source, Evaluation evaluation, Section section)
{
    /// <summary>The key that holds the hash of the file under a key.</summary>
    public static string HashKey(string file) => $"{file}-sha256";

    /// <summary>The path of a file; one that is not a full path begins at the folder of the problem file.</summary>
    public string File(string key) => section.Text(key) is { Length: > 0 } path ? Path.Combine(Path.GetDirectoryName(source.Name) ?? "", path) : "";

    /// <summary>Reports each file whose content is not that of the hash beside it.</summary>
    /// <exception cref="LocusException">A file cannot be read.</exception>
    public void RequireContent(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            if (section.Text(HashKey(key)) is not { } expected || File(key) is not { Length: > 0 } path) continue;
            var (file, _) = DataFile.Read(path, (_, _) => 0);
            if (!string.Equals(file.Hash, expected, StringComparison.OrdinalIgnoreCase))
                source.Report(section.Find(HashKey(key))!.Start, $"{path} is not the file that this problem was made from: its SHA-256 is {file.Hash}; bring that file back, or take out {HashKey(key)} to begin with the new one");
        }
    }

    /// <summary>A number, written as an expression of numbers.</summary>
    public double Number(string key, double standard) => Fixed(key) ?? standard;

    /// <summary>A whole number.</summary>
    public int Whole(string key, int standard)
    {
        if (Fixed(key) is not { } value) return standard;
        if (value == Math.Floor(value) && Math.Abs(value) < int.MaxValue) return (int)value;
        source.Report(section.Find(key)!.Start, $"{key} is a whole number, not {Numbers.Print(value)}");
        return standard;
    }

    /// <summary>A text.</summary>
    public string Text(string key, string standard) => section.Text(key) ?? standard;

    /// <summary>Texts: in brackets, apart by commas, or one on each line.</summary>
    public IReadOnlyList<string> List(string key) => section.Find(key) switch
    {
        null => [],
        TextNode text => [.. text.Value.Trim().TrimStart('[').TrimEnd(']').Split(',').Select(item => item.Trim().Trim('"', '\'')).Where(item => item.Length > 0)],
        ListNode list => [.. list.Items.OfType<TextNode>().Select(item => item.Value)],
        var other => Wrong(other),
    };

    private double? Fixed(string key) => section.Find(key) switch
    {
        null => null,
        TextNode text => evaluation.Evaluate(text, (binder, syntax) => binder.Fixed(syntax)),
        var other => Wrong(other).Count,
    };

    private IReadOnlyList<string> Wrong(Node node)
    {
        source.Report(node.Start, $"expected a number or names, found {node.Shown}");
        return [];
    }
}
