using System.CommandLine;
using Locus.Problems;

namespace Locus.Cli.Verbs;

/// <summary>PROBLEM on the command line: a name of the gallery or a YAML file.</summary>
internal static class ProblemArgument
{
    public static Argument<string> Create() => new Argument<string>("PROBLEM") { Description = "A name of the gallery (see 'locus list') or a problem file" }.Named();

    /// <summary>The problem that was meant.</summary>
    /// <exception cref="LocusException">It is neither, or the file has mistakes.</exception>
    public static Problem Resolve(string text)
    {
        if (Gallery.Gallery.Find(text) is { } entry) return entry.Problem;
        if (Directory.Exists(text)) throw new LocusException($"'{text}' is a folder; name a problem file in it, or a problem of the gallery ('locus list')");
        var isFile = File.Exists(text) || text.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || text.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (isFile && !File.Exists(text) && !Directory.Exists(text)) throw new LocusException($"{text}: there is no such file; check the name, or begin a problem file by 'locus new {text}'");
        if (isFile) return ProblemFile.Read(text);
        throw new LocusException($"'{text}' is neither a problem of the gallery nor a file{Suggestion.For(text, Gallery.Gallery.All.Select(e => e.Problem.Name))}; 'locus list' shows the gallery, 'locus new {text}.yaml' begins a problem file");
    }
}
