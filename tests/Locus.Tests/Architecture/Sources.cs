using System.Text.RegularExpressions;

namespace Locus.Tests.Architecture;

/// <summary>The repository's source files, without comments and texts.</summary>
internal static partial class Sources
{
    /// <summary>The folder with Locus.slnx, above the place where the tests run.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All C# files of src/ with their lines.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => SourceFile.Of(path, File.ReadAllText(Path.Combine(Root, path)))),
    ];

    /// <summary>A text in which comments and the inside of texts are blank, line for line.</summary>
    public static string Bare(string text) => CommentOrText().Replace(text, match => Visible().Replace(match.Value, " "));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Locus.slnx"))) return folder;
        throw new DirectoryNotFoundException($"Locus.slnx is nowhere above {AppContext.BaseDirectory}");
    }

    // In this order: raw texts, comments, texts that take quotes twice, ordinary texts, characters. The holes of an interpolated text go with it.
    [GeneratedRegex("""
        "{3,}[\s\S]*?"{3,}|//[^\n]*|/\*[\s\S]*?\*/|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrText();

    [GeneratedRegex(@"[^\r\n]")]
    private static partial Regex Visible();
}
