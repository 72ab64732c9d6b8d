using System.Text;
using Locus.Formats;

namespace Locus.Tests.Formats;

public class CsvTests
{
    [Fact]
    public void The_bytes_are_those_of_the_golden_file()
    {
        using var folder = new TemporaryFolder();
        CsvWriter.Write(folder["a.csv"], csv =>
        {
            csv.Comment("problem: three-rings\nseed: 7\n");
            csv.Comment("recipe: paper");
            csv.Header("x0", "x1, in m", "name");
            csv.Row(CsvWriter.Text(0.1), CsvWriter.Text(-1e-7), "plain");
            csv.Row(CsvWriter.Text(0.33333334), "two\nlines", "a \"quoted\" one");
            csv.Row("#1", CsvWriter.Text(double.NaN), "");
        });
        Assert.Equal(Encoding.UTF8.GetString(Golden.Bytes("samples.csv")), File.ReadAllText(folder["a.csv"]));
    }

    [Fact]
    public void Cells_and_comments_come_back_with_their_lines()
    {
        using var reader = CsvReader.Open(Golden.Find("samples.csv"));
        Assert.Equal(["problem: three-rings", "seed: 7", "", "recipe: paper"], reader.Comments);
        Assert.Equal(["x0", "x1, in m", "name"], reader.Names);
        Assert.True(reader.Read());
        Assert.Equal((6, 0.1, -1e-7), (reader.Line, reader.Number(0), reader.Number(1)));
        Assert.True(reader.Read());
        Assert.Equal(["0.33333334", "two\nlines", "a \"quoted\" one"], reader.Cells);
        Assert.True(reader.Read());
        Assert.Equal(9, reader.Line);
        Assert.Equal(["#1", "NaN", ""], reader.Cells);
        Assert.False(reader.Read());
    }

    [Fact]
    public void Numbers_come_back_to_the_bit()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        double[] hard = [double.Epsilon, double.MaxValue, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1 + 0.2, 1e22, 123456789012345680];
        double[] values = [.. hard, .. Enumerable.Range(0, 991).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64()))];
        CsvWriter.Write(folder["a.csv"], csv =>
        {
            csv.Header("a", "b");
            for (var i = 0; i < values.Length; i += 2) csv.Row(values.AsSpan(i, 2));
        });
        var table = CsvReader.ReadNumbers(folder["a.csv"]);
        Assert.Equal((500, 2), (table.Count, table.Names.Count));
        Assert.Equal(values.Select(Bits), table.Values.Select(Bits));
        Assert.Equal(values[998..], table[499].ToArray());

        // All NaNs are one text.
        static long Bits(double value) => double.IsNaN(value) ? 0 : BitConverter.DoubleToInt64Bits(value);
    }

    [Theory]
    [InlineData("\uFEFFa,b\r\n1,2\r\n\r\n# more\r\n3,4", "1 2 3 4")]
    [InlineData("# a,b\n\"a\",\"b\"\n\"1\",\"2\"", "1 2")]
    [InlineData("a,b\n", "")]
    [InlineData("a\n 1 \n\n-1e3\n", "1 -1000")]
    public void What_others_write_is_read(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.csv"], text);
        Assert.Equal(expected, string.Join(' ', CsvReader.ReadNumbers(folder["a.csv"]).Values.Select(CsvWriter.Text)));
    }

    [Theory]
    [InlineData("", "line 1: there is no header")]
    [InlineData("# only\n\n", "line 1: there is no header")]
    [InlineData("a,a\n", "line 1, column 2: two columns are named 'a'")]
    [InlineData("a,b\n1,2\n\n3\n", "line 4, column 2: the row has 1 cells, the header 2")]
    [InlineData("a,b\n1,2,3\n", "line 2, column 3: the row has 3 cells, the header 2")]
    [InlineData("a,b\n\"1\n\",x\n", "line 2, column 2: 'x' in column 'b' is no number")]
    [InlineData("a,b\n1,2;3\n", "line 2, column 2: '2;3' in column 'b' is no number")]
    [InlineData("a,b\n1,\"2\n3,4\n", "line 2, column 2: the quote that opens this cell is never closed")]
    [InlineData("a,b\n\"1\"x,2\n", "line 2, column 1: 'x' follows the end of a cell")]
    [InlineData("a,b\n1,2\"\"\n", "line 2, column 2: '\"' follows the end of a cell")]
    [InlineData("a\n1\r2\n", "line 2: a carriage return stands alone")]
    public void A_mistake_is_reported_with_its_line_and_cell(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.csv"], text);
        var error = Assert.Throws<FileContentException>(() => CsvReader.ReadNumbers(folder["a.csv"]));
        Assert.StartsWith($"{folder["a.csv"]}, {expected}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_Unicode_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.csv"], [(byte)'a', (byte)'\n', 0xFF, 0xFE, (byte)'\n']);
        Assert.Contains("not UTF-8", Assert.Throws<FileContentException>(() => CsvReader.ReadNumbers(folder["a.csv"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_do_not_fit_the_header_are_refused_and_leave_no_file()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<InvalidOperationException>(() => CsvWriter.Write(folder["a.csv"], csv => csv.Row(new double[] { 1 })));
        Assert.Throws<ArgumentException>(() => CsvWriter.Write(folder["a.csv"], csv => csv.Header("a", "a")));
        Assert.Throws<InvalidOperationException>(() => CsvWriter.Write(folder["a.csv"], csv =>
        {
            csv.Header("a", "b");
            csv.Row(new double[] { 1 });
        }));
        Assert.Empty(folder.Names);
    }
}
