using System.CommandLine;
using System.Globalization;
using Locus.Engine.Random;
using Locus.Engine.Workers;

namespace Locus.Cli.Verbs;

/// <summary>Arguments and options that several verbs share.</summary>
internal static class RunArgument
{
    /// <summary>RUN: a run folder.</summary>
    public static Argument<string> Create() => new("RUN") { Description = "A run folder, such as runs/three-rings-001" };

    /// <summary>--threads.</summary>
    public static Option<int> Threads()
    {
        var option = new Option<int>("--threads") { Description = "Worker threads; results do not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "T" };
        option.Validators.Add(result => AtLeast(result, option, 1));
        return option;
    }

    /// <summary>--count.</summary>
    public static Option<int> Count(int @default)
    {
        var option = new Option<int>("--count", "-n") { Description = "Number of samples", DefaultValueFactory = _ => @default, HelpName = "N" };
        option.Validators.Add(result => AtLeast(result, option, 1));
        return option;
    }

    /// <summary>name=value pairs, as --given and --set take them.</summary>
    /// <exception cref="LocusException">Some are not of that form: all of them in one message.</exception>
    public static List<KeyValuePair<string, string>> Pairs(string option, IEnumerable<string> texts)
    {
        var pairs = texts.Select(text => (text, at: text.IndexOf('=', StringComparison.Ordinal))).ToList();
        var mistakes = pairs.Where(p => p.at < 1).Select(p => $"{option} takes name=value, not '{p.text}'").ToList();
        if (mistakes.Count > 0) throw new LocusException(string.Join(Environment.NewLine, mistakes));
        return [.. pairs.Select(p => KeyValuePair.Create(p.text[..p.at].Trim(), p.text[(p.at + 1)..].Trim()))];
    }

    /// <summary>name=number pairs.</summary>
    /// <exception cref="LocusException">Some are not of that form: all of them in one message.</exception>
    public static Dictionary<string, double> Numbers(string option, IEnumerable<string> texts)
    {
        var pairs = Pairs(option, texts);
        var mistakes = pairs.Where(p => !double.TryParse(p.Value, CultureInfo.InvariantCulture, out var x) || !double.IsFinite(x)).Select(p => $"{option} {p.Key}: '{p.Value}' is not a number").ToList();
        mistakes.AddRange(pairs.GroupBy(p => p.Key).Where(g => g.Count() > 1).Select(g => $"{option} names '{g.Key}' more than once"));
        if (mistakes.Count > 0) throw new LocusException(string.Join(Environment.NewLine, mistakes));
        return pairs.ToDictionary(p => p.Key, p => double.Parse(p.Value, CultureInfo.InvariantCulture));
    }

    /// <summary>The key that samples of a seed come from.</summary>
    public static Key SampleKey(long seed) => Key.Seed(seed).Fold("samples");

    private static void AtLeast(System.CommandLine.Parsing.OptionResult result, Option<int> option, int least)
    {
        if (result.Errors.Any() || result.Implicit) return;
        if (result.GetValueOrDefault<int>() is var value && value < least) result.AddError($"{option.Name} must be at least {least}, not {value}");
    }
}
