using System.Text.Json;
using System.Text.Json.Serialization;

namespace Locus.Formats;

/// <summary>
/// Reads and rewrites jsonl (jsonlines.org): one JSON object per line, in UTF-8. Objects only, since an object that was cut can be
/// told from a whole one. Growing files are written by <see cref="JsonLinesWriter"/>.
/// </summary>
public static class JsonLines
{
    /// <summary>How values become JSON where the caller does not say: names begin in lower case; NaN and infinities are texts, as JSON has no numbers for them.</summary>
    public static JsonSerializerOptions DefaultOptions { get; } = MakeOptions();

    /// <summary>Reads all lines; blank ones are passed over.</summary>
    /// <param name="path">The file.</param>
    /// <param name="partial">What is done with a last line that is not whole.</param>
    /// <returns>One object per line; they stay valid for as long as they are held.</returns>
    /// <exception cref="FileContentException">A line is no JSON object.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public static IReadOnlyList<JsonElement> Read(string path, PartialLine partial = PartialLine.Drop) =>
        InputFile.Read(path, stream => Read(stream, path, partial));

    /// <summary>Reads all lines of a stream; blank ones are passed over.</summary>
    /// <param name="stream">The content, from its present place to its end.</param>
    /// <param name="name">The name of the source, for errors.</param>
    /// <param name="partial">What is done with a last line that is not whole.</param>
    /// <returns>One object per line; they stay valid for as long as they are held.</returns>
    /// <exception cref="FileContentException">A line is no JSON object.</exception>
    public static IReadOnlyList<JsonElement> Read(Stream stream, string name, PartialLine partial = PartialLine.Drop)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.GetBuffer().AsMemory(0, (int)memory.Length);
        var objects = new List<JsonElement>();
        for (var line = 1; !bytes.IsEmpty; line++)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            var text = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (text.Span.Trim(" \t\r"u8).IsEmpty) continue;
            if (TryParse(text) is (JsonElement value, _)) objects.Add(value);
            else if (end >= 0) throw Broken(name, line, text);
            else if (partial == PartialLine.Refuse) throw FileContentException.AtLine(name, line, "the last line was cut in its middle; remove it or read without it");
        }
        return objects;
    }

    /// <summary>Replaces a file by those of its lines that are wanted, at once or not at all. A cut last line goes too. A missing file stays missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Tells for each object whether its line stays.</param>
    /// <exception cref="FileContentException">A line is no JSON object; the file stays as it was.</exception>
    /// <exception cref="FileAccessException">The file cannot be read or written.</exception>
    public static void Keep(string path, Func<JsonElement, bool> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (!File.Exists(path)) return;
        var kept = Read(path).Where(wanted);
        AtomicFile.Write(path, string.Concat(kept.Select(value => value.GetRawText() + "\n")));
    }

    /// <summary>The object of a line, or what is wrong with it.</summary>
    internal static (JsonElement? Value, JsonException? Error) TryParse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? (document.RootElement.Clone(), null) : (null, null);
        }
        catch (JsonException error)
        {
            return (null, error);
        }
    }

    private static FileContentException Broken(string name, long line, ReadOnlyMemory<byte> text)
    {
        var error = TryParse(text).Error;
        return FileContentException.AtLine(name, line, error is null ? "a JSON object was expected" : "the line is no JSON object", error?.BytePositionInLine + 1, error);
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
