using System.Globalization;
using System.Text;

namespace Locus.Formats;

/// <summary>
/// Reads csv (RFC 4180) row by row: a header with names, '#' comment lines anywhere between rows, cells in quotes where they hold commas, quotes
/// or line breaks. Lines end in LF or CRLF; empty lines are passed over. A mistake is reported with its line and cell.
/// </summary>
public sealed class CsvReader : IDisposable
{
    private readonly StreamReader reader;
    private readonly string file;
    private readonly List<string> comments = [];
    private readonly List<string> cells = [];
    private readonly StringBuilder cell = new();
    private long nextLine = 1;

    // The character that comes next, -1 at the end. StreamReader.Peek may say -1 in the middle of a slow stream.
    private int ahead;

    /// <summary>Reads up to the header.</summary>
    /// <param name="stream">The content in UTF-8; closed with the reader.</param>
    /// <param name="name">The name of the source, for errors.</param>
    /// <exception cref="FileContentException">There is no header, or a name comes twice.</exception>
    public CsvReader(Stream stream, string name)
    {
        file = name;
        reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        Next();
        if (ahead == '\uFEFF') Next();
        if (!ReadCells()) throw FileContentException.AtLine(name, 1, "there is no header with the names of the columns");
        Names = [.. cells];
        for (var i = 0; i < Names.Count; i++)
            if (cells.IndexOf(Names[i]) != i) throw FileContentException.AtLine(name, Line, $"two columns are named '{Names[i]}'", i + 1);
    }

    /// <summary>The comments so far, without '#' and the blank behind it.</summary>
    public IReadOnlyList<string> Comments => comments;

    /// <summary>The names of the D columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The texts of the present row, [D]; overwritten by the next.</summary>
    public IReadOnlyList<string> Cells => cells;

    /// <summary>The line on which the present row begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileContentException">There is no header, or a name comes twice.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public static CsvReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var stream = InputFile.Open(path);
        try
        {
            return new CsvReader(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a file that holds numbers only.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileContentException">A cell is no number, a row is too long or too short, or the quoting is broken.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public static CsvTable ReadNumbers(string path) => InputFile.Read(path, stream =>
    {
        using var reader = new CsvReader(stream, path);
        var values = new List<double>();
        while (reader.Read())
            for (var i = 0; i < reader.Names.Count; i++) values.Add(reader.Number(i));
        return new CsvTable(reader.Comments, reader.Names, [.. values]);
    });

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="FileContentException">The row is too long or too short, or the quoting is broken.</exception>
    public bool Read()
    {
        if (!ReadCells()) return false;
        if (cells.Count != Names.Count)
            throw FileContentException.AtLine(file, Line, $"the row has {cells.Count} cells, the header {Names.Count}", Math.Min(cells.Count, Names.Count) + 1);
        return true;
    }

    /// <summary>A cell of the present row as a number.</summary>
    /// <param name="column">0 to D - 1.</param>
    /// <exception cref="FileContentException">The cell is no number.</exception>
    public double Number(int column) =>
        double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw FileContentException.AtLine(file, Line, $"'{cells[column]}' in column '{Names[column]}' is no number", column + 1);

    /// <summary>Closes the stream.</summary>
    public void Dispose() => reader.Dispose();

    private bool ReadCells()
    {
        cells.Clear();
        while (ahead is '#' or '\n' or '\r')
            if (ahead == '#') comments.Add(Comment());
            else TakeLineEnd();
        if (ahead < 0) return false;
        Line = nextLine;
        do cells.Add(ahead == '"' ? Quoted() : Plain());
        while (Skip(','));
        if (ahead >= 0 && !TakeLineEnd())
            throw FileContentException.AtLine(file, nextLine, $"'{(char)ahead}' follows the end of a cell; a cell that holds quotes is quoted as a whole, and the quotes in it are doubled", cells.Count);
        return true;
    }

    private string Comment()
    {
        Next();
        Skip(' ');
        cell.Clear();
        while (ahead >= 0 && ahead != '\n') cell.Append(Next());
        TakeLineEnd();
        return cell.ToString().TrimEnd('\r');
    }

    private string Plain()
    {
        cell.Clear();
        while (ahead is >= 0 and not (',' or '\n' or '\r' or '"')) cell.Append(Next());
        return cell.ToString();
    }

    private string Quoted()
    {
        cell.Clear();
        Next();
        do
        {
            while (ahead is >= 0 and not '"') cell.Append(Next());
            if (!Skip('"')) throw FileContentException.AtLine(file, Line, "the quote that opens this cell is never closed", cells.Count + 1);
        }
        while (ahead == '"' && cell.Append(Next()) is not null);
        return cell.ToString();
    }

    private bool TakeLineEnd()
    {
        var half = Skip('\r');
        if (half && ahead != '\n') throw FileContentException.AtLine(file, nextLine, "a carriage return stands alone; lines end in LF or CRLF");
        return Skip('\n');
    }

    private bool Skip(char expected)
    {
        if (ahead != expected) return false;
        Next();
        return true;
    }

    private char Next()
    {
        var taken = (char)ahead;
        if (taken == '\n') nextLine++;
        try
        {
            ahead = reader.Read();
        }
        catch (DecoderFallbackException error)
        {
            throw FileContentException.AtLine(file, nextLine, "the text near here is not UTF-8; save it as such", cause: error);
        }
        return taken;
    }
}
