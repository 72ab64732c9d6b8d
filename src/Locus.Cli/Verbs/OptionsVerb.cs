using System.CommandLine;
using System.Text.Json.Nodes;
using Locus.Options;
using Locus.Runs;

namespace Locus.Cli.Verbs;

/// <summary>locus options: every option of a recipe with its default and its reason; also the table in docs/options.md.</summary>
internal static class OptionsVerb
{
    private static readonly Option<string> RecipeName = new("--recipe") { Description = "The recipe", DefaultValueFactory = _ => Recipe.All[0].Name, HelpName = "NAME" };
    private static readonly Option<bool> Markdown = new("--markdown") { Description = "As the page docs/options.md" };

    public static Command Create() => new Command("options", "List all options of a recipe, for --set") { RecipeName, Markdown }.Does(Run);

    private static int Run(CommandContext context)
    {
        var recipe = Recipe.Find(context.Arguments.GetRequiredValue(RecipeName));
        var rows = OptionTable.Rows(recipe.Options);
        if (context.Json)
            context.Output.WriteLine(new JsonArray([.. rows.Select(r => (JsonNode)new JsonObject { ["key"] = r.Key, ["type"] = r.Type, ["default"] = r.Default, ["purpose"] = r.Purpose })]).ToJsonString());
        else if (context.Arguments.GetValue(Markdown))
            context.Output.Write(OptionsPage.Write());
        else
            context.WriteTable(["key", "values", "default", "purpose"], rows.Select(r => (IReadOnlyList<string>)[r.Key, r.Type, r.Default, r.Purpose]));
        return ExitCode.Done;
    }
}
