using System.CommandLine;
using System.Runtime.InteropServices;
using Locus.Cli.Verbs;
using Locus.Formats;
using Locus.Training;

namespace Locus.Cli;

/// <summary>The whole command line: verbs, interruption, and how mistakes are told.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <param name="arguments">The words after "locus".</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Everything else.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var parsed = Root().Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            foreach (var mistake in parsed.Errors) await error.WriteLineAsync($"locus: {mistake.Message}");
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
                foreach (var line in mistake.Message.Split('\n')) context.Error.WriteLine($"locus: {line.TrimEnd()}");
                return mistake is FileAccessException or TrainingException ? ExitCode.Failed : ExitCode.Usage;
            }
            catch (OperationCanceledException)
            {
                context.Error.WriteLine("locus: interrupted");
                return ExitCode.Interrupted;
            }
        }));
        return command;
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Turns the description of a set into a neural network that draws from it.")
        {
            ListVerb.Create(), NewVerb.Create(), CheckVerb.Create(), TrainVerb.Create(), SampleVerb.Create(), ReportVerb.Create(), OptionsVerb.Create(),
        };
        root.Options.Add(CommandContext.QuietOption);
        root.Options.Add(CommandContext.JsonOption);
        return root;
    }

    private static string CommandName(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? "locus" : $"locus {parsed.CommandResult.Command.Name}";

    /// <summary>The first Ctrl+C (or SIGTERM) asks for an end after the current step, the second one ends at once.</summary>
    private sealed class Interruption : IDisposable
    {
        private readonly CancellationTokenSource source = new();
        private readonly List<PosixSignalRegistration> registrations = [];

        public Interruption()
        {
            foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
                registrations.Add(PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = !source.IsCancellationRequested;
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
