using Locus.Formats;
using Locus.Problems.Yaml;

namespace Locus.Problems;

/// <summary>Reads problem files: YAML with expressions; docs/problem-files.md describes the language.</summary>
public static class ProblemFile
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int MaximumBytes = 4 << 20;

    /// <summary>Reads a problem file.</summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <exception cref="ProblemException">The problem is wrong; every mistake is listed with line and column.</exception>
    /// <exception cref="LocusException">The file cannot be read, or is too large.</exception>
    public static Problem Read(string path) => InputFile.Read(path, stream =>
    {
        // One more than allowed, and not the length that the file system tells: it may be a pipe.
        var bytes = new byte[MaximumBytes + 1];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (count > MaximumBytes) throw new LocusException($"{path}: larger than {MaximumBytes >> 20} MB; a problem file is a page of text");
        return Parse(System.Text.Encoding.UTF8.GetString(bytes, 0, count), path);
    });

    /// <summary>Reads a problem from text.</summary>
    /// <param name="text">The text of a problem file.</param>
    /// <param name="source">The name for messages, such as the path.</param>
    /// <exception cref="ProblemException">The problem is wrong; every mistake is listed with line and column.</exception>
    public static Problem Parse(string text, string source = "problem")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(source);
        if (text.Length > MaximumBytes)
            throw new ProblemException(
                [new Finding(source, 1, 1, $"the text is larger than {MaximumBytes >> 20} MB; a problem file is a page of text")]);
        return DocumentReader.Read(new SourceText(text, source));
    }
}
