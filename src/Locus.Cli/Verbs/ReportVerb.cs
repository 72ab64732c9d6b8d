using System.CommandLine;
using Locus.Cli.Runs;
using Locus.Engine.Workers;
using Locus.Formats;

namespace Locus.Cli.Verbs;

/// <summary>locus report: measures a trained network.</summary>
internal static class ReportVerb
{
    public const string ExactDescription = "Measure the projected samples once more after K reversible steps each";

    private static readonly Argument<string> RunPath = RunArgument.Create();
    private static readonly Option<int> Count = RunArgument.Count(10_000);
    private static readonly Option<int> Threads = RunArgument.Threads();
    private static readonly GivenOption Given = new();
    private static readonly SettingOption Set = SettingOption.Sampling();
    private static readonly Option<string> Out = new Option<string>("--out", "-o") { Description = "The page to write; left out: none, the run keeps the page of its training", HelpName = "FILE.html" }.Named();
    private static readonly Option<bool> RawOnly = RunArgument.RawOnly();
    private static readonly Option<int?> Exact = RunArgument.Exact(ExactDescription);
    private static readonly RivalsOption Rivals = new();
    private static readonly Option<string[]> Require = Requirements.Option();

    public static Command Create() => new Command("report", "Measure a trained network") { RunPath, Count, Threads, Given, Set, RawOnly, Exact, Rivals, Out, Require }.Does(Run);

    private static int Run(CommandContext context)
    {
        var arguments = context.Arguments;
        if (arguments.GetValue(Out) is { } place) AtomicFile.Try(place);
        var scope = new ReportScope(arguments.GetValue(RawOnly), arguments.GetValue(Exact), Rivals.Scope(arguments)).Checked();
        var requirements = Requirements.Parse(arguments.GetRequiredValue(Require), scope);
        var settings = Set.SamplingValues(arguments);
        var run = RunArgument.Open(arguments.GetRequiredValue(RunPath), "report");
        var given = Given.Values(arguments, run.Problem);
        using var team = new Team(arguments.GetValue(Threads));
        RunReport.NoteWait(context, run, arguments.GetValue(Count));
        var result = RunReport.Make(run, arguments.GetValue(Count), settings, given, scope, team, context.Cancellation);
        SettingOption.NoteIdle(context, result.SamplerOptions, settings);
        Given.NoteDrawn(context, run.Problem, given);
        RunReport.NoteUnfinished(context, run, result.Report.Training?.Unfinished);
        result.NoteFailed(context);
        if (arguments.GetValue(Out) is { } page)
        {
            result.Write(null, page, team, context.Cancellation);
            context.Note($"wrote {page}");
        }
        result.Print(context);
        return requirements.Check(result.Report, context);
    }
}
