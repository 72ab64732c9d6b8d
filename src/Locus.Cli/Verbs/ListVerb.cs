using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Locus.Cli.Verbs;

/// <summary>locus list: the gallery.</summary>
internal static class ListVerb
{
    public static Command Create() => new Command("list", "List the problems of the gallery").Does(Run);

    private static int Run(CommandContext context)
    {
        var entries = Gallery.Gallery.All;
        if (context.Json)
        {
            var json = entries.Select(e => (JsonNode)new JsonObject
            {
                ["name"] = e.Problem.Name,
                ["dimension"] = e.Problem.Dimension,
                ["measure"] = e.Problem.Measure.ToString().ToLowerInvariant(),
                ["components"] = e.Truth?.Components.Count,
                ["size"] = e.Size,
                ["formula"] = e.Formula,
                ["source"] = e.Source,
                ["description"] = e.Problem.Description,
            });
            var fromData = Gallery.Gallery.FromData.Select(e => (JsonNode)new JsonObject
            {
                ["name"] = e.Name,
                ["dimension"] = e.Dimension,
                ["measure"] = "volume",
                ["components"] = null,
                ["size"] = null,
                ["formula"] = e.Formula,
                ["source"] = e.Source,
                ["description"] = e.Description,
                ["data"] = new JsonArray([.. e.Files.Select(file => (JsonNode)file.ToString())]),
            });
            context.Output.WriteLine(new JsonArray([.. json, .. fromData]).ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
            return ExitCode.Done;
        }
        context.WriteTable(["name", "D", "measure", "components", "description"], entries.Select(e => (IReadOnlyList<string>)
        [
            e.Problem.Name, e.Problem.Dimension.ToString(CultureInfo.InvariantCulture), e.Problem.Measure.ToString().ToLowerInvariant(),
            e.Truth?.Components.Count.ToString(CultureInfo.InvariantCulture) ?? "not known", e.Problem.Description,
        ]).Concat(Gallery.Gallery.FromData.Select(e => (IReadOnlyList<string>)
        [
            e.Name, e.Dimension.ToString(CultureInfo.InvariantCulture), "volume", "not known", $"{e.Description} Needs --data: {string.Join(", ", e.Files.Select(file => file.Names[0]))}.",
        ])));
        context.Note($"also in other sizes: {string.Join("; ", Gallery.Gallery.Families)}");
        return ExitCode.Done;
    }
}
