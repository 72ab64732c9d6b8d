using System.CommandLine;
using System.Globalization;
using Locus.Cli.Reproduction;
using Locus.Engine.Workers;

namespace Locus.Cli.Verbs;

/// <summary>locus reproduce: runs the experiments of a paper and writes published beside measured.</summary>
internal static class ReproduceVerb
{
    private static readonly Argument<string> Paper = new("PAPER") { Description = $"The paper: {string.Join(" or ", ReproductionPage.All.Keys)}" };
    private static readonly Option<string> Out = new Option<string>("--out", "-o") { Description = "Folder of the page and its pictures", DefaultValueFactory = _ => "docs/reproduction", HelpName = "DIR" }.Named();
    private static readonly Option<string> Runs = new Option<string>("--runs") { Description = "Folder of the runs, runs/PAPER if not given; finished ones are taken as they are", HelpName = "DIR" }.Named();
    private static readonly Option<string> Only = new Option<string>("--only") { Description = "Make only the runs whose folder's name has this text in it, and no page", HelpName = "TEXT" }.Named();
    private static readonly Option<bool> Finished = new("--finished") { Description = "Write the page from the runs that are finished, or whose numbers the csv file beside it has, and make none" };
    private static readonly Option<string> Data = new Option<string>("--data") { Description = "Folder of the public files of 'locus list', for experiments on data; without it these are not made", HelpName = "DIR" }.Named();
    private static readonly Option<int> Threads = RunArgument.Threads();
    private static readonly Option<double> Effort = new("--effort")
    {
        Description = "Factor on the length of every training; below 1 for a quick look",
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
        Paper.AcceptOnlyFromAmong([.. ReproductionPage.All.Keys]);
        return new Command("reproduce", "Run the experiments of a paper and write published beside measured") { Paper, Out, Runs, Only, Finished, Data, Threads, Effort }.Does(Run);
    }

    private static int Run(CommandContext context)
    {
        var arguments = context.Arguments;
        var data = arguments.GetValue(Data);
        if (data is not null && !Directory.Exists(data)) throw new LocusException($"--data {data}: there is no such folder");
        if (arguments.GetValue(Finished) && arguments.GetValue(Only) is not null) throw new LocusException("--finished makes no runs and --only no page: leave one of them out");
        using var team = new Team(arguments.GetValue(Threads));
        var name = arguments.GetRequiredValue(Paper);
        var (paper, runner) = (ReproductionPage.All[name](arguments.GetValue(Effort)), new JobRunner(arguments.GetValue(Runs) ?? $"runs/{name}", data, team, context, trains: !arguments.GetValue(Finished)));
        if (arguments.GetValue(Only) is { } some)
        {
            paper.Make(some, runner);
            return ExitCode.Done;
        }
        var page = paper.Write(arguments.GetRequiredValue(Out), name, runner);
        context.Output.WriteLine(page.Text);
        context.Note($"wrote {page.File}");
        return ExitCode.Done;
    }
}
