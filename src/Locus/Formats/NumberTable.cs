using System.Globalization;
using System.Text;

namespace Locus.Formats;

/// <summary>
/// A table of numbers as statisticians exchange them: one row a line, cells apart by commas, by semicolons, or by blanks and tabs, whichever the first line has; a first line of which less than half are numbers names the columns;
/// quotes around a cell, empty lines and lines that begin with # are passed over.
/// </summary>
/// <param name="File">The file, for errors.</param>
/// <param name="Names">Names of the D columns; their numbers, from 1, where the file does not name them.</param>
/// <param name="Lines">Line of each row in the file, from 1, [N].</param>
/// <param name="Values">[N, D], row by row; finite.</param>
public sealed record NumberTable(string File, IReadOnlyList<string> Names, IReadOnlyList<int> Lines, double[] Values)
{
    /// <summary>D.</summary>
    public int Columns => Names.Count;

    /// <summary>N.</summary>
    public int Count => Lines.Count;

    /// <summary>The number in a row and column, both from 0.</summary>
    /// <param name="row">0 to N - 1.</param>
    /// <param name="column">0 to D - 1.</param>
    public double this[int row, int column] => Values[row * Columns + column];

    /// <summary>Reads a table.</summary>
    /// <param name="stream">The content in UTF-8.</param>
    /// <param name="name">The name of the source, for errors.</param>
    /// <exception cref="FileContentException">A cell is no finite number, a row is too long or too short, or there is no row.</exception>
    public static NumberTable Read(Stream stream, string name)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, bufferSize: -1, leaveOpen: true);
        List<string>? names = null;
        var (values, lines, separator, header) = (new List<double>(), new List<int>(), ' ', false);
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.AsSpan().Trim().IsEmpty || text.AsSpan().TrimStart().StartsWith("#")) continue;
            if (names is null) separator = text.Contains(',', StringComparison.Ordinal) ? ',' : text.Contains(';', StringComparison.Ordinal) ? ';' : ' ';
            var cells = Cells(text, separator);
            if (names is null)
            {
                // A row with a mistake in it is no header.
                header = 2 * cells.Count(cell => Number(cell, out _)) < cells.Count;
                names = header ? cells : [.. Enumerable.Range(1, cells.Count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
                if (header) continue;
            }
            if (cells.Count != names.Count)
                throw FileContentException.AtLine(name, line, $"the row has {cells.Count} cells, the {(header ? "header" : "first row")} {names.Count}: the file was cut here, or a cell is missing or holds the character that separates cells", Math.Min(cells.Count, names.Count));
            for (var i = 0; i < cells.Count; i++)
            {
                if (!Number(cells[i], out var value)) throw FileContentException.AtLine(name, line, $"'{cells[i]}' is no finite number; take out rows in which a value is missing, and write categories as numbers", i + 1);
                values.Add(value);
            }
            lines.Add(line);
        }
        return lines.Count > 0 ? new NumberTable(name, names!, lines, [.. values]) : throw FileContentException.AtLine(name, 1, "there is no row of numbers in this file");
    }

    /// <summary>The index of a column.</summary>
    /// <param name="column">"last", its number from 1, or its name.</param>
    /// <exception cref="LocusException">There is no such column.</exception>
    public int Column(string column)
    {
        if (column == "last") return Columns - 1;
        if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= Columns) return number - 1;
        for (var i = 0; i < Columns; i++)
            if (Names[i] == column) return i;
        throw new LocusException($"{File}: there is no column '{column}'; it has {Columns}, {(Names[0] == "1" ? $"numbered from 1 to {Columns}" : string.Join(", ", Names.Take(12)) + (Columns > 12 ? ", ..." : ""))}; \"last\" is the last one");
    }

    private static bool Number(string cell, out double value) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static List<string> Cells(string text, char separator)
    {
        var cells = separator == ' ' ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : text.Split(separator);
        return [.. cells.Select(cell => cell.Trim().Trim('"'))];
    }
}
