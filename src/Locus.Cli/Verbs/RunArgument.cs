using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Locus.Runs;

namespace Locus.Cli.Verbs;

/// <summary>Arguments and options that several verbs share.</summary>
internal static class RunArgument
{
    // More would only divide the work into pieces too small to be worth a thread.
    private const int MostThreads = 1024;

    // Of a chain: many times what any set needs in which steps lead everywhere.
    private const int MostSteps = 1_000_000;

    /// <summary>RUN: a run folder.</summary>
    public static Argument<string> Create() => new Argument<string>("RUN") { Description = "A run folder, such as runs/three-rings-001" }.Named();

    /// <summary>The run that was meant.</summary>
    /// <param name="path">The word on the command line.</param>
    /// <param name="verb">What is to be done with it, for the message.</param>
    /// <exception cref="LocusException">It is no run: a problem, perhaps, that is to be trained first.</exception>
    public static RunFolder Open(string path, string verb)
    {
        var isFile = File.Exists(path) && (Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML");
        var what = isFile ? "a problem file" : !Directory.Exists(path) && (Gallery.Gallery.Find(path) is not null || Gallery.Gallery.FromData.Any(entry => entry.Name == path)) ? "a problem of the gallery" : null;
        return what is null ? RunFolder.Open(path) : throw new LocusException($"{path} is {what}; train it first: locus train {path}, then locus {verb} runs/{Path.GetFileNameWithoutExtension(path)}-001");
    }

    /// <summary>--threads.</summary>
    public static Option<int> Threads() => new("--threads")
    {
        Description = "Worker threads; results do not depend on it",
        DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, MostThreads),
        CustomParser = result => (int)(Whole(result, "--threads", 1, MostThreads) ?? 0),
        HelpName = "T",
    };

    /// <summary>--count with a default.</summary>
    public static Option<int> Count(int @default) => new("--count", "-n")
    {
        Description = "Number of samples",
        DefaultValueFactory = _ => @default,
        CustomParser = result => (int)(Whole(result, "--count", 1, int.MaxValue) ?? 0),
        HelpName = "N",
    };

    /// <summary>--count where it must be given; 0 is a number of samples too.</summary>
    public static Option<int> RequiredCount() => new("--count", "-n")
    {
        Description = "Number of samples",
        Required = true,
        CustomParser = result => (int)(Whole(result, "--count", 0, int.MaxValue) ?? 0),
        HelpName = "N",
    };

    /// <summary>--raw-only.</summary>
    public static Option<bool> RawOnly() => new("--raw-only") { Description = "Measure the network's samples alone: neither project nor certify nor weigh them, which takes longest for sets of many coordinates" };

    /// <summary>--exact.</summary>
    public static Option<int?> Exact(string description) => new("--exact")
    {
        Description = description,
        CustomParser = result => (int?)Whole(result, "--exact", 1, MostSteps),
        HelpName = "K",
    };

    /// <summary>--seed.</summary>
    public static Option<long?> Seed(string leftOut) => new("--seed")
    {
        Description = $"Decides all randomness; left out: {leftOut}",
        CustomParser = result => Whole(result, "--seed", long.MinValue, long.MaxValue),
        HelpName = "S",
    };

    /// <summary>Refuses an empty name, as an unset variable of a shell leaves it: it would mean the current folder.</summary>
    public static Option<string> Named(this Option<string> option)
    {
        option.Validators.Add(result => Refuse(result, result.Tokens, option.Name));
        return option;
    }

    /// <inheritdoc cref="Named(Option{string})"/>
    public static Argument<string> Named(this Argument<string> argument)
    {
        argument.Validators.Add(result => Refuse(result, result.Tokens, argument.Name));
        return argument;
    }

    private static long? Whole(ArgumentResult result, string name, long least, long most)
    {
        if (result.Tokens is not [{ Value: var text }]) result.AddError($"{name} takes one whole number");
        else if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            result.AddError(text.Length > 0 && text.TrimStart('-').All(char.IsAsciiDigit) ? $"{name} {text} is too large a number" : $"{name} takes a whole number, not '{text}'");
        else if (value < least) result.AddError($"{name} must be at least {least}, not {value}");
        else if (value > most) result.AddError($"{name} must be at most {most}, not {value}");
        else return value;
        return null;
    }

    private static void Refuse(SymbolResult result, IReadOnlyList<Token> tokens, string name)
    {
        if (tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) result.AddError($"{name} is empty; give a name");
    }
}
