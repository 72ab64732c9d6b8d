using System.CommandLine;
using System.Globalization;
using Locus.Cli.Runs;

namespace Locus.Cli.Verbs;

/// <summary>--rivals, with or without a time.</summary>
internal sealed class RivalsOption : Option<string?>
{
    public RivalsOption()
        : base("--rivals")
    {
        Description = "Compare with classical ways to draw; each gets the time of training and drawing, or SECONDS; for an energy as many calls of it as the training took";
        HelpName = "SECONDS";
        Arity = ArgumentArity.ZeroOrOne;
    }

    /// <summary>What was asked for; null where nothing was.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <exception cref="LocusException">The time is no number above 0.</exception>
    public RivalScope? Scope(ParseResult arguments)
    {
        if (arguments.GetResult(this) is null) return null;
        if (arguments.GetValue(this) is not { } text) return new RivalScope(null);
        return double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 && double.IsFinite(seconds)
            ? new RivalScope(seconds)
            : throw new LocusException($"--rivals {text}: is no number of seconds above 0; leave it out for the time of training and drawing");
    }
}
