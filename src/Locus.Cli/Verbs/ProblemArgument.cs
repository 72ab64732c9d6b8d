using System.CommandLine;
using Locus.Problems;

namespace Locus.Cli.Verbs;

/// <summary>PROBLEM on the command line: a name of the gallery or a YAML file.</summary>
internal static class ProblemArgument
{
    public static Argument<string> Create() => new Argument<string>("PROBLEM") { Description = "A name of the gallery (see 'locus list') or a problem file" }.Named();

    public static Option<string[]> Data() => new("--data") { Description = "Where the files of a gallery problem from data are: a folder, or each file in the order of 'locus list'", HelpName = "PATH", DefaultValueFactory = _ => [] };

    /// <summary>The problem that was meant.</summary>
    /// <param name="text">PROBLEM.</param>
    /// <param name="data">What --data says, as often as it does.</param>
    /// <exception cref="LocusException">It is neither, or the file has mistakes.</exception>
    public static Problem Resolve(string text, IReadOnlyList<string> data)
    {
        if (data.Any(string.IsNullOrEmpty)) throw new LocusException("--data needs the name of a file or folder; it is empty");
        if (Gallery.Gallery.FromData.FirstOrDefault(entry => entry.Name == text) is { } posterior)
            return data.Count > 0 ? posterior.Open(data) : throw new LocusException($"{text} is made from data that Locus does not ship: name by --data PATH {posterior.Needs}");
        if (data.Count > 0)
            throw new LocusException($"--data {data[0]}: '{text}' is no gallery problem from data; those are {string.Join(", ", Gallery.Gallery.FromData.Select(entry => entry.Name))}. A problem file names its data itself, under energy");
        if (Gallery.Gallery.Find(text) is { } entry) return entry.Problem;
        if (Directory.Exists(text)) throw new LocusException($"'{text}' is a folder; name a problem file in it, or a problem of the gallery ('locus list')");
        var isFile = File.Exists(text) || text.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || text.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (isFile && !File.Exists(text) && !Directory.Exists(text)) throw new LocusException($"{text}: there is no such file; check the name, or begin a problem file by 'locus new {text}'");
        if (isFile) return ProblemFile.Read(text);
        if (Gallery.Gallery.Families.FirstOrDefault(family => family.IsNear(text)) is { } kin) throw new LocusException($"the gallery has no '{text}'; it has {kin}");
        throw new LocusException($"'{text}' is neither a problem of the gallery nor a file{Suggestion.For(text, Gallery.Gallery.All.Select(e => e.Problem.Name).Concat(Gallery.Gallery.FromData.Select(e => e.Name)))}; 'locus list' shows the gallery, 'locus new {text}.yaml' begins a problem file");
    }
}
