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
        foreach (var recipe in Recipe.All)
        {
            page.Append($"\n## Recipe `{recipe.Name}`\n\n{recipe.Summary}.\n\n| key | values | default | what it does, and why the default |\n|---|---|---|---|\n");
            foreach (var row in OptionTable.Rows(recipe.Options)) page.Append($"| `{row.Key}` | {row.Type} | `{row.Default}` | {row.Purpose.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
        return page.ToString();
    }
}
