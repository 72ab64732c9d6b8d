using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Formats;
using Locus.Problems;

namespace Locus.Cli.Verbs;

/// <summary>locus check: looks for mistakes in a problem before any time is spent on training.</summary>
internal static class CheckVerb
{
    private static readonly Argument<string> ProblemName = ProblemArgument.Create();
    private static readonly Option<string[]> Data = ProblemArgument.Data();
    private static readonly Option<long?> Seed = RunArgument.Seed("1");

    private static readonly JsonSerializerOptions Indented = new(JsonLines.DefaultOptions)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Create() =>
        new Command("check", "Parse a problem and look for mistakes: sizes, derivatives, rank, feasible share") { ProblemName, Data, Seed }.Does(Run);

    private static int Run(CommandContext context)
    {
        var problem = ProblemArgument.Resolve(context.Arguments.GetRequiredValue(ProblemName), context.Arguments.GetRequiredValue(Data));
        var result = ProblemCheck.Run(problem, Key.Seed(context.Arguments.GetValue(Seed) ?? 1).Fold("check"), null, context.Cancellation);
        if (context.Json) context.Output.WriteLine(JsonSerializer.Serialize(result, Indented));
        else Print(context, result);
        return result.Level == CheckLevel.Error ? ExitCode.Usage : ExitCode.Done;
    }

    /// <summary>Prints what was found, one line each, with the advice below.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="result">The check.</param>
    private static void Print(CommandContext context, CheckResult result)
    {
        foreach (var finding in result.Findings)
        {
            context.Output.WriteLine($"{finding.Level.ToString().ToLowerInvariant(),-7} {finding.Subject}: {finding.Message}");
            if (finding.Advice is { } advice) context.Output.WriteLine($"        {advice}");
        }
        if (result.Constraints.Count == 0) return;
        context.Output.WriteLine();
        context.WriteTable(["constraint", "met by", "mean slack", "smallest slack"], result.Constraints.Select(c => (IReadOnlyList<string>)
            [c.Name, c.MetShare.ToString("P1", CultureInfo.InvariantCulture), ReportTable.Figure(c.MeanSlack), ReportTable.Figure(c.SmallestSlack)]));
    }
}
