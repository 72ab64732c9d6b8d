using Locus.Cli.Verbs;
using Locus.Runs;

namespace Locus.Cli.Tests;

public sealed class OptionsPageTests
{
    [Fact]
    public void The_page_in_docs_is_the_one_that_the_records_make()
    {
        var page = File.ReadAllText(Repository.At("docs", "options.md"));
        Assert.True(OptionsPage.Write() == page, "docs/options.md is not what the option records say; write it again: ./locus options --markdown > docs/options.md");
    }

    [Fact]
    public void Every_option_of_every_recipe_says_why_it_is_as_it_is()
    {
        foreach (var recipe in Recipe.All)
            Assert.All(Options.OptionTable.Rows(recipe.Options), row => Assert.True(row.Purpose.Length >= 30, $"{row.Key}: \"{row.Purpose}\" gives no reason"));
    }
}
