using System.Diagnostics;

namespace Locus.Cli.Tests;

/// <summary>Calls the command line, in this process or in one of its own.</summary>
internal static class LocusProgram
{
    /// <summary>Settings with which a training by the paper's method takes a fraction of a second.</summary>
    public static readonly string[] Tiny =
    [
        "--recipe", "paper", "--set", "rounds=3", "--set", "passes=1", "--set", "poolSize=512", "--set", "batch=128", "--set", "poolSteps=4", "--set", "sampler.steps=8", "--set", "hidden=32,32", "--count", "500",
    ];

    /// <summary>Settings with which one by the default method takes about a second, most of it the exploration.</summary>
    public static readonly string[] Small =
    [
        "--set", "updates=400", "--set", "rounds=4", "--set", "poolSize=4096", "--set", "pairings=1", "--set", "hidden=16,16", "--count", "500",
    ];

    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "Locus.Cli.dll");

    /// <summary>Calls it in this process.</summary>
    public static Answer Call(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.RunAsync(arguments, output, error).GetAwaiter().GetResult();
        return new Answer(code, output.ToString(), error.ToString());
    }

    /// <summary>Starts it in a process of its own.</summary>
    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [File, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Starts it in a process of its own and waits for its end.</summary>
    public static Answer Run(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(folder, environment, arguments);
        return End(process);
    }

    /// <inheritdoc cref="Run(string, IReadOnlyDictionary{string, string}, string[])"/>
    public static Answer Run(string folder, params string[] arguments) => Run(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Waits for the end of a process and gives what it said.</summary>
    public static Answer End(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return new Answer(process.ExitCode, output.Result, error.Result);
    }
}
