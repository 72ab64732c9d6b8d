using System.CommandLine;
using System.Globalization;
using Locus.Cli.Runs;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Formats;
using Locus.Options;
using Locus.Problems;
using Locus.Runs;
using Locus.Training;

namespace Locus.Cli.Verbs;

/// <summary>locus train: from a problem to a run folder with samples and a report.</summary>
internal static class TrainVerb
{
    private const string Root = "runs";

    private static readonly Argument<string> ProblemName = ProblemArgument.Create();
    private static readonly Option<string[]> Data = ProblemArgument.Data();
    private static readonly Option<string> Out = new Option<string>("--out", "-o") { Description = "Run folder; left out: runs/PROBLEM-001 and so on", HelpName = "DIR" }.Named();
    private static readonly Option<string?> RecipeName = new("--recipe") { Description = $"Set of options to begin with: {string.Join(", ", Recipe.All.Select(r => r.Name))}", HelpName = "NAME" };
    private static readonly Option<long?> Seed = RunArgument.Seed("1");
    private static readonly Option<int> Threads = RunArgument.Threads();
    private static readonly SettingOption Set = SettingOption.Training();
    private static readonly Option<double?> Minutes = new("--minutes") { Description = "Time for the training, exploration included: short for --set minutes=M", HelpName = "M" };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on with the run in --out (or the problem's last one); begin it if there is none" };
    private static readonly Option<int> Count = RunArgument.Count(10_000);
    private static readonly Option<bool> RawOnly = RunArgument.RawOnly();
    private static readonly Option<int?> Exact = RunArgument.Exact(ReportVerb.ExactDescription);
    private static readonly Option<string[]> Require = Requirements.Option();

    public static Command Create() =>
        new Command("train", "Train a network to draw from a problem's set") { ProblemName, Data, Out, RecipeName, Seed, Threads, Set, Minutes, Resume, Count, RawOnly, Exact, Require }.Does(Run);

    private static int Run(CommandContext context)
    {
        var arguments = context.Arguments;
        var problem = ProblemArgument.Resolve(arguments.GetRequiredValue(ProblemName), arguments.GetRequiredValue(Data));
        var scope = new ReportScope(arguments.GetValue(RawOnly), arguments.GetValue(Exact)).Checked();
        var requirements = Requirements.Parse(arguments.GetRequiredValue(Require), scope);
        using var team = new Team(arguments.GetValue(Threads));
        var run = Open(context, problem, team);
        var trainer = run.Trainer(team);
        if (trainer.Finished)
        {
            context.Note($"{run.Path}: is trained already; its samples and report are made again");
        }
        else
        {
            context.Note(trainer.State.Weights.Steps > 0
                ? $"{run.Path}: going on with round {trainer.State.Round + 1} of {trainer.State.Rounds}"
                : $"{run.Path}: recipe {run.Recipe}, seed {run.Seed}, network of {trainer.State.Weights.Count:N0} weights, {team.Threads} {(team.Threads == 1 ? "thread" : "threads")}");
            try
            {
                RunTraining.Train(run, trainer, team, context);
            }
            catch (LocusException mistake) when (mistake is not FileAccessException)
            {
                // Nothing was learned: the folder is free for the next try.
                run.Discard();
                throw;
            }
            if (!trainer.Finished)
                return Interrupted(context, run, trainer.State.Weights.Steps > 0 ? $"in round {trainer.State.Round + 1} of {trainer.State.Rounds}" : "before the first update");
        }
        RunReport result;
        try
        {
            RunReport.NoteWait(context, run, arguments.GetValue(Count));
            result = RunTraining.Deliver(run, arguments.GetValue(Count), scope, team, context.Cancellation);
        }
        catch (OperationCanceledException)
        {
            return Interrupted(context, run, "before the report was made");
        }
        if (run.Options is LocusOptions { Minutes: > 0 })
            context.Note($"{run.Path}: {trainer.State.PlannedUpdates} updates fitted into the time; --set updates={trainer.State.PlannedUpdates} gives the same network on any machine");
        result.NoteFailed(context);
        result.Print(context);
        if (result.Report.Raw.Success.Values.All(share => share == 0))
            context.Note($"{run.Path}: no sample lies on the set, not even at the widest threshold: train longer, or let 'locus check {arguments.GetRequiredValue(ProblemName)}' tell whether any point meets the constraints");
        context.Note($"{run.Path}: samples.npy, report.json, report.html");
        return requirements.Check(result.Report, context);
    }

    private static int Interrupted(CommandContext context, RunFolder run, string where)
    {
        var arguments = context.Arguments;
        List<string> words = [.. arguments.Tokens.Select(token => token.Value.Any(char.IsWhiteSpace) ? $"'{token.Value}'" : token.Value)];
        if (arguments.GetValue(Out) is null) words.AddRange(["--out", run.Path]);
        if (!arguments.GetValue(Resume)) words.Add("--resume");
        context.Error.WriteLine($"locus: interrupted {where}; the training is saved. Go on with: locus {string.Join(" ", words)}");
        return ExitCode.Interrupted;
    }

    private static RunFolder Open(CommandContext context, Problem problem, Team team)
    {
        var arguments = context.Arguments;
        var resume = arguments.GetValue(Resume);
        var path = arguments.GetValue(Out) ?? (resume ? RunFolder.Last(Root, problem.Name) : RunFolder.Free(Root, problem.Name));
        List<KeyValuePair<string, string>> settings = [.. NamedValues.Pairs("--set", arguments.GetRequiredValue(Set))];
        if (arguments.GetValue(Minutes) is { } minutes) settings.Add(KeyValuePair.Create("minutes", minutes.ToString(CultureInfo.InvariantCulture)));
        if (resume && RunFolder.Exists(path)) return Reopen(context, problem, path, settings);
        var recipe = (arguments.GetValue(RecipeName) is { } name ? Recipe.Find(name) : Recipe.Default(problem));
        var options = Options(recipe, problem, settings);
        var seed = arguments.GetValue(Seed) ?? 1;
        // Made once for trial: options that are wrong, or too large for the memory, leave no folder behind.
        _ = options.Trainer(problem, seed, team);
        SettingOption.NoteIdle(context, options, settings);
        if (problem is { Energy: not null, IsUnlimited: true }) Examine(context, problem);
        return RunFolder.Create(path, problem, recipe.Name, options, seed, RunEnvironment.Here(team.Threads));
    }

    /// <summary>Looks at an energy as check does, for a training comes too late to its mistakes, and cannot see that exp(-E) has no integral: what is wrong is refused, what is doubtful told.</summary>
    private static void Examine(CommandContext context, Problem problem)
    {
        var findings = ProblemCheck.Run(problem, Key.Seed(1).Fold("check"), new CheckOptions { Points = 256, DerivativePoints = 32 }, context.Cancellation).Findings;
        List<CheckFinding> errors = [.. findings.Where(finding => finding.Level == CheckLevel.Error)];
        if (errors.Count > 0) throw new LocusException(string.Join(Environment.NewLine, errors.Select(finding => $"{finding.Subject}: {finding.Message}; {finding.Advice}")));
        foreach (var finding in findings.Where(finding => finding.Level == CheckLevel.Warning)) context.Note($"warning: {finding.Subject}: {finding.Message}; {finding.Advice}");
    }

    /// <summary>The options of a recipe for the problem, with the settings. Of a key that only another recipe has, the message names that one too.</summary>
    private static TrainingOptions Options(Recipe recipe, Problem problem, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        try
        {
            return OptionTable.Set(recipe.For(problem), settings);
        }
        catch (LocusException mistake)
        {
            var elsewhere = from setting in settings
                            where !Has(recipe, setting.Key)
                            let others = Recipe.All.Where(other => Has(other, setting.Key)).ToList()
                            where others.Count > 0
                            let fit = others.Where(other => other.For(problem).Unfit(problem).Count == 0).ToList()
                            select fit.Count == 0
                                ? $"'{setting.Key}' is an option of {Names(others)}, for other problems than '{problem.Name}'"
                                : $"'{setting.Key}' is an option of {Names(fit)}; to train by {(fit.Count == 1 ? "that one" : "the first")}, add --recipe {fit[0].Name}";
            throw new LocusException(string.Join(Environment.NewLine, [mistake.Message, .. elsewhere]), mistake);
        }

        static string Names(List<Recipe> recipes) => $"the recipe{(recipes.Count == 1 ? "" : "s")} {string.Join(", ", recipes.Select(r => r.Name))}";

        static bool Has(Recipe recipe, string key) => OptionTable.Rows(recipe.Options).Any(row => string.Equals(row.Key, key, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A run that was begun. What the command line says of it must be as it was then.</summary>
    private static RunFolder Reopen(CommandContext context, Problem problem, string path, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var arguments = context.Arguments;
        var run = RunFolder.Open(path);
        var mistakes = new List<string>();
        if (run.Problem.ToYaml() != problem.ToYaml()) mistakes.Add($"{path}: its problem is not the '{problem.Name}' given here; begin another run without --resume");
        if (arguments.GetValue(Seed) is { } other && other != run.Seed) mistakes.Add($"{path}: was begun with seed {run.Seed}, not {other}; a run keeps its seed");
        if (arguments.GetValue(RecipeName) is { } name && name != run.Recipe) mistakes.Add($"{path}: was begun with recipe {run.Recipe}, not {name}; a run keeps its recipe");
        else if (OptionTable.Differences(run.Options, OptionTable.Set(run.Options, settings)) is { Count: > 0 } differences)
            mistakes.Add($"{path}: was begun with other options: there and here are {string.Join(", ", differences)}; a run keeps its options");
        return mistakes.Count == 0 ? run : throw new LocusException(string.Join(Environment.NewLine, mistakes));
    }
}
