using System.Text;
using Locus.Options;
using Locus.Runs;

namespace Locus.Cli.Verbs;

/// <summary>The page docs/options.md, made from the option records.</summary>
internal static class OptionsPage
{
    /// <summary>The text of the page.</summary>
    public static string Write()
    {
        var page = new StringBuilder("""
            # Options

            Every value that training and sampling use. Set them with `--set key=value` on the command line or as properties in C#; the run folder keeps all of
            them in `options.json`. This page is written by `./locus options --markdown`.

            """);
        foreach (var method in Recipe.All.GroupBy(recipe => recipe.Options.GetType()))
        {
            if (method.Count() == 1) Write(page, $"Recipe `{method.First().Name}`", $"{method.First().Summary}.", method.First().Options);
            else Write(page, [.. method]);
        }
        return page.ToString();
    }

    // Recipes of one method have its options, and differ by the values of a few.
    private static void Write(StringBuilder page, IReadOnlyList<Recipe> recipes)
    {
        var defaults = OptionTable.Defaults(recipes[0].Options);
        Write(page, $"Recipes of the method {recipes[0].Options.Method}", "The recipes, and what they change of the defaults below:", defaults, () =>
        {
            page.Append("| recipe | what it is | settings |\n|---|---|---|\n");
            foreach (var recipe in recipes)
            {
                var changed = OptionTable.Rows(recipe.Options).Zip(OptionTable.Rows(defaults)).Where(pair => pair.First.Default != pair.Second.Default).Select(pair => $"`{pair.First.Key}={pair.First.Default}`");
                page.Append($"| `{recipe.Name}` | {recipe.Summary} | {string.Join(" ", changed)} |\n");
            }
            page.Append('\n');
        });
    }

    private static void Write(StringBuilder page, string heading, string words, object options, Action? before = null)
    {
        page.Append($"\n## {heading}\n\n{words}\n\n");
        before?.Invoke();
        page.Append("| key | values | default | what it does, and why the default |\n|---|---|---|---|\n");
        foreach (var row in OptionTable.Rows(options)) page.Append($"| `{row.Key}` | {row.Type} | `{row.Default}` | {row.Purpose.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
    }
}
