using System.Globalization;
using System.Text;
using Locus.Expressions;
using Locus.Problems.Energies;
using Locus.Problems.Yaml;

namespace Locus.Problems;

/// <summary>Writes a problem as a problem file, always in the same form: what is read back writes the same text.</summary>
internal sealed class ProblemWriter
{
    private readonly StringBuilder text = new();
    private readonly Queue<string> texts;

    private ProblemWriter(Problem problem)
    {
        var listing = Print(problem);
        texts = new Queue<string>(listing.Texts);
        Line(0, $"name: {problem.Name}");
        if (problem.Description.Length > 0) Line(0, $"description: {Quoted(problem.Description)}");
        Line(0, "variables:");
        Declarations("box", [.. problem.Variables.Select(v => (v.Name, v.Lower, v.Upper, v.Unit, v.Periodic))]);
        if (problem.Parameters.Count > 0) Line(0, "parameters:");
        Declarations("range", [.. problem.Parameters.Select(p => (p.Name, p.Lower, p.Upper, p.Unit, false))]);
        if (listing.Definitions.Count > 0) Line(0, "definitions:");
        foreach (var (name, definition) in listing.Definitions) Line(1, $"{name}: {definition}");
        if (problem.Constraints.Count > 0) Line(0, "constraints:");
        foreach (var constraint in problem.Constraints) Constraint(1, constraint);
        if (problem.Energy is not null) Line(0, $"energy: {EnergyText(problem)}");
        Line(0, $"measure: {problem.Measure.ToString().ToLowerInvariant()}");
    }

    /// <summary>The text of a problem file.</summary>
    /// <exception cref="LocusException">A constraint or the energy is, or calls, code of the user.</exception>
    public static string Write(Problem problem) => new ProblemWriter(problem).text.ToString();

    private static Listing Print(Problem problem)
    {
        try
        {
            return ExprText.Print(problem.Constraints, [.. problem.Variables.Select(v => v.Name)], [.. problem.Parameters.Select(p => p.Name)], problem.Energy is FormulaDensity formula ? [formula.Energy] : []);
        }
        catch (ArgumentException e)
        {
            throw new LocusException($"problem \"{problem.Name}\" cannot be written as a file: {e.Message}", e);
        }
    }

    private string EnergyText(Problem problem) => problem.Energy switch
    {
        FormulaDensity => texts.Dequeue(),
        DataDensity data => $"{{ kind: {data.Kind}, {string.Join(", ", data.Files.SelectMany(Named).Concat(data.Settings).Select(part => $"{part.Key}: {part.Value}"))} }}",
        _ => throw new LocusException($"problem \"{problem.Name}\" cannot be written as a file: its energy is {problem.Energy!.GetType().Name}, which exists in code only"),
    };

    private static IEnumerable<(string Key, string Value)> Named((string Key, DataFile File) entry) =>
        [(entry.Key, Quoted(entry.File.Path)), (EnergySettings.HashKey(entry.Key), entry.File.Hash)];

    private void Line(int level, string content) => text.Append(' ', 2 * level).Append(content).Append('\n');

    private void Declarations(string interval, List<(string Name, double Lower, double Upper, string? Unit, bool Periodic)> entries)
    {
        for (var first = 0; first < entries.Count;)
        {
            _ = EntryName.TryParse(entries[first].Name, out var name);
            var count = 1;
            while (name.Index == 0 && first + count < entries.Count && entries[first + count].Name == EntryName.Of(name.Base, count)) count++;
            var group = entries.GetRange(first, count);
            first += count;
            // One unit for a vector, and all of it periodic or nothing; where entries differ, each stands for itself.
            if (name.Index < 0 || group.Exists(entry => (entry.Unit, entry.Periodic) != (group[0].Unit, group[0].Periodic)))
            {
                foreach (var entry in group) Line(1, $"{entry.Name}: {Properties(null, interval, [entry])}");
            }
            else
            {
                Line(1, $"{name.Base}: {Properties(count, interval, group)}");
            }
        }
    }

    private static string Properties(int? size, string interval, List<(string Name, double Lower, double Upper, string? Unit, bool Periodic)> entries)
    {
        var parts = new List<string>();
        if (size is not null) parts.Add(string.Create(CultureInfo.InvariantCulture, $"size: {size}"));
        var intervals = entries.ConvertAll(entry => $"[{Numbers.Print(entry.Lower)}, {Numbers.Print(entry.Upper)}]");
        if (intervals.TrueForAll(text => text == intervals[0]))
        {
            if (!double.IsInfinity(entries[0].Lower) || !double.IsInfinity(entries[0].Upper)) parts.Add($"{interval}: {intervals[0]}");
        }
        else
        {
            parts.Add($"{interval}: [{string.Join(", ", intervals)}]");
        }
        if (entries[0].Unit is { } unit) parts.Add($"unit: {(EntryName.IsIdentifier(unit) ? unit : Quoted(unit))}");
        if (entries[0].Periodic) parts.Add("periodic: true");
        return parts.Count == 0 ? "{}" : $"{{ {string.Join(", ", parts)} }}";
    }

    private void Constraint(int level, Constraint constraint)
    {
        switch (constraint)
        {
            case AllOf all:
                Members(level, "all", all.Members);
                break;
            case AnyOf any:
                Members(level, "any", any.Members);
                break;
            default:
                Line(level, $"- {texts.Dequeue()}");
                break;
        }
    }

    private void Members(int level, string key, IReadOnlyList<Constraint> members)
    {
        Line(level, $"- {key}:");
        foreach (var member in members) Constraint(level + 2, member);
    }

    /// <summary>A text in double quotes, as YAML reads it back.</summary>
    internal static string Quoted(string content)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in content.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\') quoted.Append('\\').Append(rune);
            else if (rune.Value < 0x20 || rune.Value is >= 0x7F and < 0xA0 or 0x2028 or 0x2029 or 0xFEFF)
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else quoted.Append(rune);
        }
        return quoted.Append('"').ToString();
    }
}
