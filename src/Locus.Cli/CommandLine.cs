using System.CommandLine;
using System.CommandLine.Help;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Locus.Cli.Verbs;
using Locus.Formats;
using Locus.Training;

namespace Locus.Cli;

/// <summary>The whole command line: verbs, interruption, and how mistakes are told.</summary>
internal static class CommandLine
{
    // Made once: the verbs' options are theirs for as long as the process lives.
    private static readonly Command Root = CreateRoot();

    /// <summary>Runs one command.</summary>
    /// <param name="arguments">The words after "locus".</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Everything else.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        // Whoever types the name alone wants to know what it does.
        var parsed = Root.Parse(arguments.Count == 0 ? ["--help"] : arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            foreach (var mistake in Mistakes(parsed)) await error.WriteLineAsync($"locus: {mistake}");
            await error.WriteLineAsync($"locus: see '{CommandName(parsed)} --help'");
            return ExitCode.Usage;
        }
        using var interruption = new Interruption();
        // The process is ended by the verbs, which first finish their step and save, not by a timer.
        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, interruption.Token);
    }

    /// <summary>Makes <paramref name="run"/> what a verb does, mistakes told in one place.</summary>
    public static Command Does(this Command command, Func<CommandContext, int> run)
    {
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var context = new CommandContext(parsed, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation);
            try
            {
                return run(context);
            }
            catch (LocusException mistake)
            {
                return Told(context, mistake.Message, mistake is FileAccessException { FolderIsMissing: false } or TrainingException ? ExitCode.Failed : ExitCode.Usage);
            }
            catch (OperationCanceledException)
            {
                return Told(context, "interrupted", ExitCode.Interrupted);
            }
            // Every file is read and written by Formats, which name it: what is left is the output itself, a full disk or a closed pipe.
            catch (IOException mistake)
            {
                return Told(context, $"the output cannot be written: {mistake.Message}", ExitCode.Failed);
            }
            // Sizes multiply: each option is in its range and their product is not.
            catch (Exception mistake) when (mistake is OutOfMemoryException or OverflowException)
            {
                return Told(context, "this needs more memory than there is; lower --count, --threads, poolSize, batch or hidden", ExitCode.Failed);
            }
        }));
        return command;
    }

    private static int Told(CommandContext context, string message, int code)
    {
        try
        {
            foreach (var line in message.Split('\n')) context.Error.WriteLine($"locus: {line.TrimEnd()}");
        }
        catch (IOException)
        {
            // There is nobody left to tell; the exit code says it.
        }
        return code;
    }

    private static IEnumerable<string> Mistakes(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..])
            return [$"'{word}' is not a verb{Suggestion.For(word, command.Subcommands.Select(c => c.Name))}; the verbs are {string.Join(", ", command.Subcommands.Select(c => c.Name))}"];
        var misplaced = command.Options.OfType<SettingOption>().SelectMany(option => option.Misplaced(parsed.Tokens)).ToList();
        // A flag that is none makes superfluous words of itself and of those behind it.
        var superfluous = misplaced.Count == 0 ? [] : parsed.UnmatchedTokens.Where(t => misplaced.Any(m => m.Flag == t) || !t.StartsWith('-')).Select(t => $"'{t}'").ToList();
        return misplaced.Select(m => m.Advice).Concat(parsed.Errors.Select(mistake => mistake.Message).Where(message => !superfluous.Any(message.Contains)));
    }

    // A plain command, since a root command is called by the name of its file.
    private static Command CreateRoot()
    {
        var root = new Command("locus", "Turns the description of a set into a neural network that draws from it.")
        {
            ListVerb.Create(), NewVerb.Create(), CheckVerb.Create(), TrainVerb.Create(), SampleVerb.Create(), ReportVerb.Create(), ReproduceVerb.Create(), BenchVerb.Create(), OptionsVerb.Create(),
        };
        root.Options.Add(new HelpOption());
        root.Options.Add(new VersionOption());
        root.Options.Add(CommandContext.QuietOption);
        root.Options.Add(CommandContext.JsonOption);
        return root;
    }

    private static string CommandName(ParseResult parsed) => parsed.CommandResult.Command.Name == "locus" ? "locus" : $"locus {parsed.CommandResult.Command.Name}";

    /// <summary>The first Ctrl+C (or SIGTERM) asks for an end after the current step, another one ends at once; not one that comes with the first, as from those who signal a process and then its group.</summary>
    private sealed class Interruption : IDisposable
    {
        private static readonly TimeSpan together = TimeSpan.FromSeconds(1);

        private readonly CancellationTokenSource source = new();
        private readonly Stopwatch since = new();
        private readonly List<PosixSignalRegistration> registrations = [];

        public Interruption()
        {
            foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
                registrations.Add(PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = since.Elapsed < together;
                    since.Start();
                    source.Cancel();
                }));
        }

        public CancellationToken Token => source.Token;

        public void Dispose()
        {
            foreach (var registration in registrations) registration.Dispose();
            source.Dispose();
        }
    }
}
