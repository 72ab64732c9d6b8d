using System.CommandLine;
using System.CommandLine.Parsing;
using Locus.Flows;
using Locus.Options;
using Locus.Runs;

namespace Locus.Cli.Verbs;

/// <summary>--set KEY=VALUE. It knows its keys, so that one written as a flag of its own, --rounds 20, is answered with the right words.</summary>
internal sealed class SettingOption : Option<string[]>
{
    private const string Prefix = "sampler.";

    private readonly IReadOnlyList<string> keys;

    private SettingOption(string description, IEnumerable<string> keys)
        : base("--set")
    {
        Description = description;
        HelpName = "KEY=VALUE";
        DefaultValueFactory = _ => [];
        this.keys = [.. keys];
    }

    // Of whatever recipe: which one is meant is not known before the command line is read.
    private static IEnumerable<string> TrainingKeys => Recipe.All.SelectMany(recipe => OptionTable.Rows(recipe.Options)).Select(row => row.Key).Distinct();

    /// <summary>The options of training.</summary>
    public static SettingOption Training() => new("An option of the recipe, such as batch=256 (see 'locus options'); may be given again", TrainingKeys);

    /// <summary>The options of sampling.</summary>
    public static SettingOption Sampling() => new("How the network is run, such as steps=20, or of a flow method=heun (the sampler.* options of its recipe)", OptionTable.Rows(new FlowOptions()).Select(row => row.Key));

    /// <summary>The values of the sampling options. Whether they are in range is the sampler's to judge.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <exception cref="LocusException">Some are no pairs, or options of training, which a trained network keeps: all of them in one message.</exception>
    public List<KeyValuePair<string, string>> SamplingValues(ParseResult arguments)
    {
        var pairs = NamedValues.Pairs(Name, arguments.GetRequiredValue(this));
        // A name that both have, such as clip, is the one of sampling here.
        var training = TrainingKeys.Except(keys).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var misplaced = pairs.Where(p => training.Contains(p.Key) && !p.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(p => $"{Name} {p.Key}={p.Value}: '{p.Key}' is an option of train, not of sampling, which has {string.Join(", ", keys)}").ToList();
        // Both names are taken: steps, and sampler.steps as training calls it.
        return misplaced.Count == 0 ? [.. pairs.Select(p => KeyValuePair.Create(p.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? p.Key[Prefix.Length..] : p.Key, p.Value))] : throw new LocusException(string.Join(Environment.NewLine, misplaced));
    }

    /// <summary>Tells which of the options that were set do nothing.</summary>
    /// <param name="context">Where it is told.</param>
    /// <param name="options">All options, as they are set.</param>
    /// <param name="settings">Those that were set.</param>
    public static void NoteIdle(CommandContext context, object options, IEnumerable<KeyValuePair<string, string>> settings)
    {
        foreach (var finding in OptionTable.Idle(options, settings.Select(setting => setting.Key))) context.Note($"note: {finding}");
    }

    /// <summary>Keys that stand as flags among the words of a command line: the flag and what to write instead.</summary>
    /// <param name="words">The words, in order.</param>
    public IEnumerable<(string Flag, string Advice)> Misplaced(IReadOnlyList<Token> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] is not { Type: TokenType.Argument, Value: var flag } || !flag.StartsWith("--", StringComparison.Ordinal)) continue;
            var parts = flag[2..].Split('=', 2);
            if (keys.FirstOrDefault(k => Bare(k) == Bare(parts[0]) || Bare(k) == $"sampler{Bare(parts[0])}" || $"sampler{Bare(k)}" == Bare(parts[0])) is not { } key) continue;
            var value = parts.Length > 1 ? parts[1] : i + 1 < words.Count && words[i + 1].Type == TokenType.Argument ? words[i + 1].Value : "VALUE";
            yield return (flag, $"'--{parts[0]}' is not a flag of its own; write --set {key}={value}");
        }
    }

    // poolSize, pool-size and PoolSize are meant alike.
    private static string Bare(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
