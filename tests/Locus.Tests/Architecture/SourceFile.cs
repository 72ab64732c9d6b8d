using System.Text.RegularExpressions;

namespace Locus.Tests.Architecture;

/// <summary>One source file.</summary>
/// <param name="Path">From the root of the repository, with forward slashes.</param>
/// <param name="Namespace">What it declares; empty for a program of statements.</param>
/// <param name="Lines">Its lines without comments and texts.</param>
internal sealed partial record SourceFile(string Path, string Namespace, IReadOnlyList<string> Lines)
{
    public static SourceFile Of(string path, string text)
    {
        var lines = Sources.Bare(text).Split('\n');
        var declared = lines.Select(line => Declaration().Match(line)).FirstOrDefault(match => match.Success);
        return new SourceFile(path, declared?.Groups[1].Value ?? "", lines);
    }

    [GeneratedRegex(@"^namespace\s+([\w.]+)")]
    private static partial Regex Declaration();
}
