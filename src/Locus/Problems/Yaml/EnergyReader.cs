using Locus.Problems.Energies;
using Locus.Problems.Language;

namespace Locus.Problems.Yaml;

/// <summary>Reads an energy: a formula, or a kind with the files that it is made from.</summary>
internal sealed class EnergyReader(SourceText source, Evaluation evaluation)
{
    private const string Expected = "expected an expression such as sum(x^2), or a kind with its data, such as { kind: logistic-regression, data: table.csv }";

    private static readonly Dictionary<string, (string[] Files, string[] Settings, Func<EnergySettings, DataDensity> Make)> Kinds = new()
    {
        ["logistic-regression"] = (["data"], ["prior", "label", "omit"], s => new LogisticRegression(s.File("data"), s.Number("prior", 10), s.Text("label", "last"), s.List("omit"))),
        ["log-gaussian-cox"] = (["data"], ["grid", "variance", "scale"], s => new LogGaussianCox(s.File("data"), s.Whole("grid", 40), s.Number("variance", 1.91), s.Number("scale", 1 / 33.0))),
        ["vae-posterior"] = (["weights", "images"], ["image"], s => new VaePosterior(s.File("weights"), s.File("images"), s.Text("image", "") == VaePosterior.Each ? null : s.Whole("image", 0))),
    };

    /// <summary>The kinds of energies from data.</summary>
    public static IReadOnlyCollection<string> KindNames => Kinds.Keys;

    /// <summary>The law; null where there is none, or where it is wrong and that has been reported.</summary>
    /// <param name="node">The value of the key energy.</param>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">C.</param>
    public Density? Read(Node? node, int dimension, int conditions)
    {
        switch (node)
        {
            case null:
                return null;
            case TextNode { Value.Length: > 0 } text:
                var value = evaluation.Value(text);
                if (value is Scalar scalar) return new FormulaDensity(scalar.Expression, dimension, conditions);
                if (value is not null) source.Report(text.Start, $"the energy is one number for a point, such as sum(x^2), not {value.Shown}");
                return null;
            case MapNode map when map.Entries.FirstOrDefault(entry => entry.Key.Value == "kind").Value is { } kind:
                return OfKind(map, kind);
            default:
                source.Report(node.Start, $"{Expected}, found {node.Shown}");
                return null;
        }
    }

    private DataDensity? OfKind(MapNode map, Node node)
    {
        if (node is not TextNode kind || !Kinds.TryGetValue(kind.Value, out var found))
        {
            source.Report(node.Start, $"there is no kind of energy {node.Shown}{(node is TextNode text ? Suggestion.For(text.Value, Kinds.Keys) : "")}; the kinds are {string.Join(", ", Kinds.Keys)}");
            return null;
        }
        var section = new Section(source, map, ["kind", .. found.Files, .. found.Files.Select(EnergySettings.HashKey), .. found.Settings], $"an energy of kind {kind.Value}");
        var settings = new EnergySettings(source, evaluation, section);
        foreach (var file in found.Files) section.Require(file, $"{file}: {(file == "data" ? "table.csv" : $"{file}.safetensors")}");
        try
        {
            settings.RequireContent(found.Files);
            return source.HasMistakes ? null : found.Make(settings);
        }
        catch (LocusException mistake) when (mistake is not ProblemException)
        {
            source.Report(map.Start, mistake.Message);
            return null;
        }
    }
}
