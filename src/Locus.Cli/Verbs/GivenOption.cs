using System.CommandLine;
using Locus.Cli.Runs;
using Locus.Diagnostics;
using Locus.Problems;

namespace Locus.Cli.Verbs;

/// <summary>--given NAME=VALUE: values of parameters, each entry of a vector by its own name; or --given observation=K, all of them from a row of the problem's observations.</summary>
internal sealed class GivenOption : Option<string[]>
{
    private const string Observation = "observation";

    // A vector may have thousands of entries; a few show how they are written.
    private const int ShownEntries = 4;

    public GivenOption()
        : base("--given")
    {
        Description = $"Value of a parameter; those not given are drawn from their ranges. Of a problem with observations, {Observation}=K gives all of them from row K";
        HelpName = "NAME=VALUE";
        DefaultValueFactory = _ => [];
    }

    /// <summary>The values by name. Unknown names and ranges are the sampler's to judge.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="problem">What is sampled.</param>
    /// <exception cref="LocusException">Some are no numbers, or a vector is given where a number is meant: all of them in one message.</exception>
    public Dictionary<string, double> Values(ParseResult arguments, Problem problem)
    {
        var values = NamedValues.Numbers(Name, arguments.GetRequiredValue(this), (name, value) => Misshapen(name, value, [.. problem.Parameters.Select(p => p.Name)]));
        if (problem.Energy?.Observations is not { } rows || !values.Remove(Observation, out var row)) return values;
        if (!(row >= 0 && row < rows.Count) || row != Math.Floor(row)) throw new LocusException($"{Name} {Observation}={row}: there is no such row; the observations have {rows.Count}, numbered from 0");
        // What is given by name comes before what the row says.
        var given = problem.Given(rows[(int)row]);
        foreach (var (name, value) in values) given[name] = value;
        return given;
    }

    /// <summary>Tells people which parameters are drawn because they are not given.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="problem">What is sampled.</param>
    /// <param name="given">The values given.</param>
    public void NoteDrawn(CommandContext context, Problem problem, IReadOnlyDictionary<string, double> given)
    {
        if (RunReport.NotGiven(problem, given) is { Count: > 0 } drawn)
            context.Note(drawn is [Report.Observations]
                ? $"parameters drawn from the rows of the observations, anew for each sample; to choose, write {Name} {Observation}=K"
                : $"parameters drawn at random within range, anew for each sample: {ReportTable.Names(drawn)}; to choose, write {Written(drawn[0], "VALUE")}");
    }

    /// <summary>What is wrong where a vector is given for a number, or a number for a vector; null otherwise.</summary>
    private string? Misshapen(string name, string value, List<string> parameters)
    {
        var numbers = value.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries);
        var entries = parameters.Where(p => p.StartsWith($"{name}[", StringComparison.Ordinal)).ToList();
        if (entries.Count > 0)
        {
            var shown = entries.Take(ShownEntries).Select((entry, i) => Written(entry, numbers.Length == entries.Count ? numbers[i] : "VALUE"));
            return $"{Name} {name}: '{name}' is a vector of {entries.Count}; write {string.Join(' ', shown)}{(entries.Count > ShownEntries ? " and so on" : "")}";
        }
        // An entry of what has none, such as load[0], or a vector in its place.
        var meant = parameters.Contains(name) ? name : name.Split('[')[0];
        var isVector = numbers.Length > 1 || value.StartsWith('[');
        if (!parameters.Contains(meant) || (meant == name && !isVector)) return null;
        return $"{Name} {name}: '{meant}' is a single number; write {Written(meant, numbers.Length == 1 ? numbers[0] : "VALUE")}";
    }

    // In quotes where a shell would take the brackets for a pattern.
    private string Written(string name, string value) => name.EndsWith(']') ? $"{Name} \"{name}={value}\"" : $"{Name} {name}={value}";
}
