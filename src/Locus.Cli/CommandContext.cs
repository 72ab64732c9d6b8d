using System.CommandLine;
using Spectre.Console;

namespace Locus.Cli;

/// <summary>One call of the command line: what was asked, where answers go, and whether it should end.</summary>
/// <param name="Arguments">The parsed command line.</param>
/// <param name="Output">Results only.</param>
/// <param name="Error">Everything else: progress, notes, mistakes.</param>
/// <param name="Cancellation">Set by Ctrl+C.</param>
internal sealed record CommandContext(ParseResult Arguments, TextWriter Output, TextWriter Error, CancellationToken Cancellation)
{
    /// <summary>No progress and no notes, only results and mistakes.</summary>
    public static readonly Option<bool> QuietOption = new("--quiet", "-q") { Description = "Only results and mistakes, no progress", Recursive = true };

    /// <summary>Results as JSON.</summary>
    public static readonly Option<bool> JsonOption = new("--json") { Description = "Results as JSON on standard output", Recursive = true };

    /// <summary>Whether notes and progress are left out.</summary>
    public bool Quiet => Arguments.GetValue(QuietOption);

    /// <summary>Whether results are JSON.</summary>
    public bool Json => Arguments.GetValue(JsonOption);

    /// <summary>A console for tables and bars on the error stream; it knows whether it is a terminal.</summary>
    public IAnsiConsole ErrorConsole => Error == Console.Error
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
        : AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(Error) });

    /// <summary>Whether progress can be redrawn in place.</summary>
    public bool IsTerminal { get; init; } = Error == Console.Error && !Console.IsErrorRedirected;

    /// <summary>Columns of the terminal; 80 where there is none.</summary>
    public int Columns => ErrorConsole.Profile.Width;

    /// <summary>A note for people, unless they asked for quiet.</summary>
    public void Note(string text)
    {
        if (!Quiet) Error.WriteLine(text);
    }

    /// <summary>Prints a table of results, plain enough to be piped.</summary>
    /// <param name="headings">One per column.</param>
    /// <param name="rows">Cells.</param>
    public void WriteTable(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> lines = [headings, .. rows];
        var widths = Enumerable.Range(0, headings.Count).Select(c => lines.Max(line => line[c].Length)).ToList();
        foreach (var line in lines) Output.WriteLine(string.Join("  ", line.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd());
    }
}
