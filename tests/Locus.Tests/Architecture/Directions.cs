using System.Text.RegularExpressions;

namespace Locus.Tests.Architecture;

/// <summary>Which namespace may see which, and where a file sees one that it may not.</summary>
internal sealed partial class Directions
{
    private static readonly string[] Engine = ["Engine"];

    /// <summary>
    /// Parts below Locus. and the parts that each may see besides itself and the root, which holds what all share. A new part must be given its place here.
    /// </summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        [""] = [],
        ["Engine"] = [],
        ["Options"] = [],
        ["Formats"] = [],
        ["Expressions"] = Engine,
        ["Problems"] = [.. Engine, "Expressions", "Formats"],
        ["Flows"] = [.. Engine, "Options", "Expressions", "Problems"],
        ["Projection"] = [.. Engine, "Options", "Expressions", "Problems"],
        ["Walks"] = [.. Engine, "Options", "Expressions", "Problems", "Projection"],
        ["Sampling"] = [.. Engine, "Options", "Expressions", "Problems", "Flows", "Projection", "Walks"],
        ["Training"] = [.. Engine, "Options", "Formats", "Expressions", "Problems", "Flows", "Projection", "Walks", "Sampling"],
        ["Methods"] = [.. Engine, "Options", "Formats", "Expressions", "Problems", "Flows", "Projection", "Walks", "Sampling", "Training"],
        ["Runs"] = [.. Engine, "Options", "Formats", "Expressions", "Problems", "Flows", "Projection", "Walks", "Sampling", "Training", "Methods"],
        ["Diagnostics"] = [.. Engine, "Options", "Formats", "Expressions", "Problems", "Flows", "Projection", "Walks", "Sampling", "Training", "Methods", "Runs"],
        ["Gallery"] = [.. Engine, "Options", "Formats", "Expressions", "Problems", "Flows", "Projection", "Walks", "Sampling", "Training", "Methods", "Runs", "Diagnostics"],
        ["Cli"] = [.. Engine, "Options", "Formats", "Expressions", "Problems", "Flows", "Projection", "Walks", "Sampling", "Training", "Methods", "Runs", "Diagnostics", "Gallery"],
    };

    /// <summary>Types by the part that declares them, to know "Training.Trainer" from a property named Training.</summary>
    private readonly ILookup<string, string> types;

    public Directions(IEnumerable<SourceFile> files) =>
        types = files.SelectMany(file => file.Lines.SelectMany(line => TypeName().Matches(line)).Select(match => (Part: Part(file.Namespace), Name: match.Groups[1].Value)))
            .ToLookup(pair => pair.Part ?? "?", pair => pair.Name);

    /// <summary>Everything that is seen against the directions, each with file and line.</summary>
    public IEnumerable<string> Violations(SourceFile file)
    {
        if (Part(file.Namespace) is not { } own)
        {
            if (file.Namespace.Length > 0) yield return $"{file.Path}: namespace {file.Namespace} is not below Locus";
            yield break;
        }
        if (!Allowed.TryGetValue(own, out var allowed))
        {
            yield return $"{file.Path}: the part {own} has no place among the directions; give it one in {nameof(Directions)}.cs";
            yield break;
        }
        for (var i = 0; i < file.Lines.Count; i++)
            foreach (var seen in Seen(file.Lines[i]).Distinct())
                if (seen.Length > 0 && seen != own && !allowed.Contains(seen))
                    yield return $"{file.Path}, line {i + 1}: Locus.{own} may not see Locus.{seen}: {file.Lines[i].Trim()}";
    }

    /// <summary>The part below Locus that a namespace belongs to; null outside of Locus.</summary>
    public static string? Part(string name) => name == "Locus" ? "" : name.StartsWith("Locus.", StringComparison.Ordinal) ? name.Split('.')[1] : null;

    private IEnumerable<string> Seen(string line)
    {
        foreach (Match match in FullName().Matches(line))
            if (!Declares(line)) yield return match.Groups[1].Value;
        // Inside namespace Locus.X a part can be named without Locus: Training.Trainer.
        foreach (Match match in ShortName().Matches(line))
            if (types[match.Groups[1].Value].Contains(match.Groups[2].Value) || match.Groups[1].Value == "Engine") yield return match.Groups[1].Value;
    }

    private static bool Declares(string line) => line.StartsWith("namespace ", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\w.])(?:global::)?Locus\.([A-Z]\w*)")]
    private static partial Regex FullName();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w*)\.([A-Z]\w*)")]
    private static partial Regex ShortName();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>?\[\]]+) ([A-Z]\w*)")]
    private static partial Regex TypeName();
}
