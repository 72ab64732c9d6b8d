using System.Text;
using Locus.Formats;

namespace Locus.Tests.Formats;

public sealed class NumberTableTests
{
    [Theory]
    [InlineData("a,b\n1,2\n3,-4e1\n")]
    [InlineData("\uFEFF\"a\", \"b\"\r\n\"1\", 2\r\n\r\n3,-40\r\n")]
    [InlineData("a;b\n1;2\n3;-40")]
    [InlineData("# comment\n\n  a   b\n\t1 2\n3\t  -40 \n")]
    public void One_table_may_be_written_in_many_ways(string text)
    {
        var table = Read(text);
        Assert.Equal(["a", "b"], table.Names);
        Assert.Equal([1, 2, 3, -40], table.Values);
        Assert.Equal((2, 2, -40.0), (table.Count, table.Columns, table[1, 1]));
    }

    [Fact]
    public void Columns_without_names_are_numbered_from_1_and_rows_know_their_lines()
    {
        var table = Read("1 2 3\n\n4 5 6\n");
        Assert.Equal(["1", "2", "3"], table.Names);
        Assert.Equal([1, 3], table.Lines);
        Assert.Equal((1, 2), (table.Column("2"), table.Column("last")));
        Assert.Contains("it has 3, numbered from 1 to 3", Assert.Throws<LocusException>(() => table.Column("0")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,2\n3\n", 2, "the row has 1 cells, the first row 2")]
    [InlineData("a,b\n1,2,3\n", 2, "the row has 3 cells, the header 2")]
    [InlineData("1,2\n3,\n", 2, "'' is no finite number")]
    [InlineData("1,2,x\n3,4,5\n", 1, "'x' is no finite number")]
    [InlineData("1,2\n3,inf\n", 2, "'inf' is no finite number")]
    [InlineData("", 1, "there is no row of numbers")]
    [InlineData("a,b\n", 1, "there is no row of numbers")]
    public void A_mistake_is_told_with_its_line(string text, int line, string message)
    {
        var mistake = Assert.Throws<FileContentException>(() => Read(text));
        Assert.Equal(line, mistake.Line);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    private static NumberTable Read(string text) => NumberTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "table");
}
