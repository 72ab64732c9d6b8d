using System.Buffers;
using System.Globalization;
using System.Text;

namespace Locus.Formats;

/// <summary>
/// Writes csv (RFC 4180, with lines that end in a single line feed): comment lines with '#' for the configuration, as in the files
/// of Stan, then the names, then the rows. Numbers are the shortest text that reads back to the same bits, with a point, whatever
/// the machine's language; NaN, Infinity and -Infinity under these names.
/// </summary>
public sealed class CsvWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");
    private readonly TextWriter writer;
    private int columns;

    /// <summary>A writer on text that the caller closes.</summary>
    /// <param name="writer">Where the text goes.</param>
    public CsvWriter(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        this.writer = writer;
    }

    /// <summary>The text of a number, as it stands in a cell.</summary>
    /// <param name="value">Any number.</param>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Writes a comment, one line for each of its lines.</summary>
    /// <param name="text">The comment, without '#'.</param>
    public void Comment(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n')) writer.Write(line.Length == 0 ? "#\n" : $"# {line}\n");
    }

    /// <summary>Writes the names of the columns; comes before the first row.</summary>
    /// <param name="names">At least one name; no two alike.</param>
    /// <exception cref="ArgumentException">There is no name, or one comes twice.</exception>
    /// <exception cref="InvalidOperationException">There is a header already.</exception>
    public void Header(params ReadOnlySpan<string> names)
    {
        if (columns > 0) throw new InvalidOperationException("the header was written already");
        if (names.IsEmpty) throw new ArgumentException("a table needs at least one column", nameof(names));
        var seen = new HashSet<string>();
        foreach (var name in names)
            if (!seen.Add(name)) throw new ArgumentException($"two columns are named '{name}'", nameof(names));
        columns = names.Length;
        Row(names);
    }

    /// <summary>Writes a row of texts, quoted where they must be.</summary>
    /// <param name="cells">[D]; for numbers among them see <see cref="Text(double)"/>.</param>
    /// <exception cref="InvalidOperationException">The row is longer or shorter than the header, or there is no header yet.</exception>
    public void Row(params ReadOnlySpan<string> cells)
    {
        Check(cells.Length);
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) writer.Write(',');
            var cell = cells[i];
            // '#' at the start of a line would read as a comment, an empty line as no row at all.
            var quoted = cell.AsSpan().ContainsAny(Special) || (i == 0 && (cell.StartsWith('#') || (cell.Length == 0 && columns == 1)));
            writer.Write(quoted ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
        }
        writer.Write('\n');
    }

    /// <summary>Writes a row of numbers.</summary>
    /// <param name="values">[D]</param>
    /// <exception cref="InvalidOperationException">The row is longer or shorter than the header, or there is no header yet.</exception>
    public void Row(ReadOnlySpan<double> values)
    {
        Check(values.Length);
        for (var i = 0; i < values.Length; i++) writer.Write(i == 0 ? Text(values[i]) : "," + Text(values[i]));
        writer.Write('\n');
    }

    /// <summary>Writes a file at once or not at all, see <see cref="AtomicFile"/>.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="content">Writes comments, header and rows.</param>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public static void Write(string path, Action<CsvWriter> content)
    {
        ArgumentNullException.ThrowIfNull(content);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            content(new CsvWriter(writer));
        });
    }

    private void Check(int cells)
    {
        if (columns == 0) throw new InvalidOperationException("the header comes before the rows");
        if (cells != columns) throw new InvalidOperationException($"a row of {cells} cells in a table of {columns} columns");
    }
}
