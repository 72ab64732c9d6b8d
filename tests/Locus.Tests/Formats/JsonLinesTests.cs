using Locus.Formats;

namespace Locus.Tests.Formats;

public class JsonLinesTests
{
    private sealed record Milestone(int Epoch, double Loss, string? Note);

    [Fact]
    public void The_bytes_are_those_of_the_golden_file_and_come_back()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new JsonLinesWriter(folder["a.jsonl"]))
        {
            writer.Append(new Milestone(1, 0.5, "a \"b\""));
            writer.Flush();
        }
        using (var writer = new JsonLinesWriter(folder["a.jsonl"])) writer.Append(new Milestone(2, double.NaN, null));
        Assert.Equal(Golden.Bytes("metrics.jsonl"), File.ReadAllBytes(folder["a.jsonl"]));

        var lines = JsonLines.Read(Golden.Find("metrics.jsonl"), PartialLine.Refuse);
        Assert.Equal([1, 2], lines.Select(line => line.GetProperty("epoch").GetInt32()));
        Assert.Equal("a \"b\"", lines[0].GetProperty("note").GetString());
    }

    [Fact]
    public void A_file_cut_at_any_byte_keeps_its_whole_lines_and_can_grow_again()
    {
        using var folder = new TemporaryFolder();
        var whole = Golden.Bytes("metrics.jsonl");
        var path = folder["a.jsonl"];
        for (var length = 0; length <= whole.Length; length++)
        {
            var cut = whole[..length];
            File.WriteAllBytes(path, cut);
            // An object without its line feed is whole all the same.
            var expected = Enumerable.Range(1, whole.Length).Count(i => whole[i - 1] == '}' && i <= length);
            Assert.Equal(expected, JsonLines.Read(path).Count);
            var isPartial = length > 0 && cut[^1] is not ((byte)'\n' or (byte)'}');
            if (isPartial) Assert.Contains("the last line was cut", Assert.Throws<FileContentException>(() => JsonLines.Read(path, PartialLine.Refuse)).Message, StringComparison.Ordinal);
            else Assert.Equal(expected, JsonLines.Read(path, PartialLine.Refuse).Count);

            using (var writer = new JsonLinesWriter(path)) writer.Append(new Dictionary<string, int> { ["after"] = length });
            var lines = JsonLines.Read(path, PartialLine.Refuse);
            Assert.Equal((expected + 1, length), (lines.Count, lines[^1].GetProperty("after").GetInt32()));
        }
    }

    [Fact]
    public void A_long_partial_line_and_zeros_that_a_crash_left_are_removed()
    {
        using var folder = new TemporaryFolder();
        var path = folder["a.jsonl"];
        foreach (var tail in (byte[][])[[.. "{\"a\":\""u8, .. Enumerable.Repeat((byte)'x', 10_000)], new byte[5000]])
        {
            File.WriteAllBytes(path, [.. "{}\n"u8, .. tail]);
            new JsonLinesWriter(path).Dispose();
            Assert.Equal("{}\n", File.ReadAllText(path));
        }
    }

    [Theory]
    [InlineData("{}\n{\"a\":}\n{}\n", "line 2, column 6: the line is no JSON object")]
    [InlineData("{}\n\n[1]\n", "line 3: a JSON object was expected")]
    [InlineData("{}{}\n", "line 1, column 3: the line is no JSON object")]
    public void A_broken_line_is_reported_by_its_number(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.jsonl"], text);
        var error = Assert.Throws<FileContentException>(() => JsonLines.Read(folder["a.jsonl"]));
        Assert.StartsWith($"{folder["a.jsonl"]}, {expected}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_after_a_point_can_be_taken_back()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new JsonLinesWriter(folder["a.jsonl"]))
            for (var epoch = 1; epoch <= 5; epoch++) writer.Append(new Milestone(epoch, 1.0 / epoch, null));
        var lines = File.ReadAllLines(folder["a.jsonl"]);
        JsonLines.Keep(folder["a.jsonl"], line => line.GetProperty("epoch").GetInt32() <= 3);
        Assert.Equal(lines[..3], File.ReadAllLines(folder["a.jsonl"]));
        JsonLines.Keep(folder["none.jsonl"], _ => true);
        Assert.Equal(["a.jsonl"], folder.Names);
    }

    [Fact]
    public void Only_objects_on_one_line_are_taken()
    {
        using var folder = new TemporaryFolder();
        using var writer = new JsonLinesWriter(folder["a.jsonl"]);
        Assert.Throws<ArgumentException>(() => writer.Append(7));
        Assert.Throws<ArgumentException>(() => writer.Append(new Milestone(1, 0, null), new System.Text.Json.JsonSerializerOptions { WriteIndented = true }));
        Assert.Equal(0, new FileInfo(folder["a.jsonl"]).Length);
    }

    [Fact]
    public void A_full_disk_is_named()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["full.jsonl"], "/dev/full");
        using var writer = new JsonLinesWriter(folder["full.jsonl"]);
        var error = Assert.Throws<FileAccessException>(() => writer.Append(new Milestone(1, 0, null)));
        Assert.StartsWith(folder["full.jsonl"] + ": the disk is full", error.Message, StringComparison.Ordinal);
    }
}
