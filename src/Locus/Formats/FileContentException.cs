using System.Globalization;

namespace Locus.Formats;

/// <summary>What a file holds is not what its format allows. The message begins with the file and the place in it.</summary>
public sealed class FileContentException : LocusException
{
    private FileContentException(string file, string place, string problem, Exception? cause)
        : base($"{file}{place}: {problem}", cause) => File = file;

    /// <summary>The file, as the caller named it.</summary>
    public string File { get; }

    /// <summary>The byte at which the trouble begins, counted from 0; null where a line says it better.</summary>
    public long? Offset { get; private init; }

    /// <summary>The line of the trouble, counted from 1; null for binary files.</summary>
    public long? Line { get; private init; }

    /// <summary>The field (csv) or the byte within the line (jsonl), counted from 1; null where the whole line is meant.</summary>
    public long? Column { get; private init; }

    /// <summary>An error at a byte of a binary file.</summary>
    /// <param name="file">The file, as the caller named it.</param>
    /// <param name="offset">Bytes before the trouble.</param>
    /// <param name="problem">What was found, what was expected, and the way out.</param>
    /// <param name="cause">The error underneath, or null.</param>
    public static FileContentException AtByte(string file, long offset, string problem, Exception? cause = null) =>
        new(file, string.Create(CultureInfo.InvariantCulture, $", byte {offset}"), problem, cause) { Offset = offset };

    /// <summary>An error in a line of a text file.</summary>
    /// <param name="file">The file, as the caller named it.</param>
    /// <param name="line">Line, counted from 1.</param>
    /// <param name="problem">What was found, what was expected, and the way out.</param>
    /// <param name="column">Field or byte within the line, counted from 1, or null.</param>
    /// <param name="cause">The error underneath, or null.</param>
    public static FileContentException AtLine(string file, long line, string problem, long? column = null, Exception? cause = null)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $", line {line}{(column is null ? "" : ", column ")}{column}");
        return new(file, place, problem, cause) { Line = line, Column = column };
    }
}
