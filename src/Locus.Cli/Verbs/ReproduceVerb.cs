using System.CommandLine;
using System.Globalization;
using Locus.Cli.Reproduction;
using Locus.Engine.Workers;

namespace Locus.Cli.Verbs;

/// <summary>locus reproduce: runs the experiments of a paper and writes published beside measured.</summary>
internal static class ReproduceVerb
{
    private static readonly Argument<string> Paper = new("PAPER") { Description = $"The paper: {Burghoff2025.Name}" };
    private static readonly Option<string> Out = new Option<string>("--out", "-o") { Description = "Folder of the page and its pictures", DefaultValueFactory = _ => "docs/reproduction", HelpName = "DIR" }.Named();
    private static readonly Option<string> Runs = new Option<string>("--runs") { Description = "Folder of the runs; finished ones are taken as they are", DefaultValueFactory = _ => $"runs/{Burghoff2025.Name}", HelpName = "DIR" }.Named();
    private static readonly Option<int> Threads = RunArgument.Threads();
    private static readonly Option<double> Effort = new("--effort")
    {
        Description = "Factor on the training samples of every run; below 1 for a quick look",
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
        {
            if (result.Tokens is [{ Value: var text }] && double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 100) return value;
            result.AddError($"--effort takes a number above 0 and at most 100, not '{string.Join(' ', result.Tokens.Select(t => t.Value))}'");
            return default;
        },
        HelpName = "F",
    };

    public static Command Create()
    {
        Paper.AcceptOnlyFromAmong(Burghoff2025.Name);
        return new Command("reproduce", "Run the experiments of a paper and write published beside measured") { Paper, Out, Runs, Threads, Effort }.Does(Run);
    }

    private static int Run(CommandContext context)
    {
        var arguments = context.Arguments;
        using var team = new Team(arguments.GetValue(Threads));
        var page = new Burghoff2025(arguments.GetRequiredValue(Out), new JobRunner(arguments.GetRequiredValue(Runs), team, context), arguments.GetValue(Effort)).Write();
        context.Output.WriteLine(page.Text);
        context.Note($"wrote {page.File}");
        return ExitCode.Done;
    }
}
