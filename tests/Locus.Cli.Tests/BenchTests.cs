using System.Text.Json;

namespace Locus.Cli.Tests;

public class BenchTests
{
    [Fact]
    public void Bench_prints_the_machine_and_a_row_for_each_piece_of_work()
    {
        var answer = LocusProgram.Call("bench", "--seconds", "0.002", "--threads", "2").Done();
        Assert.Contains("cores", answer.Output.Split('\n')[0], StringComparison.Ordinal);
        foreach (var row in new[] { "fused multiply-adds", "memory", "layer 128 x 128 forward", "layer 128 x 128 weight gradient", "training step 4 x 128", "4096 samples", "1 sample" })
            Assert.Contains($"\n{row}", answer.Output, StringComparison.Ordinal);
        Assert.Contains("measuring training step", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bench_has_the_keys_that_others_read()
    {
        var answer = LocusProgram.Call("bench", "--seconds", "0.002", "--threads", "1", "--json", "--quiet").Done();
        Assert.Empty(answer.Error);
        using var json = JsonDocument.Parse(answer.Output);
        Assert.Equal(0.002, json.RootElement.GetProperty("secondsPerRow").GetDouble());
        Assert.NotEmpty(json.RootElement.GetProperty("environment").GetProperty("processor").GetString()!);
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToList();
        foreach (var row in rows)
        {
            Assert.NotEmpty(row.GetProperty("name").GetString()!);
            Assert.Equal(1, row.GetProperty("threads").GetInt32());
            Assert.InRange(row.GetProperty("bestSeconds").GetDouble(), 1e-12, row.GetProperty("seconds").GetDouble());
            Assert.True(row.GetProperty("allocatedBytes").GetDouble() >= 0);
            Assert.False(row.TryGetProperty("speedUp", out _));
        }
        Assert.All(rows.Where(row => !row.TryGetProperty("gigabytesPerSecond", out _)), row =>
        {
            Assert.True(row.GetProperty("gigaflops").GetDouble() > 0);
            Assert.True(row.GetProperty("shareOfPeak").GetDouble() > 0);
        });
        Assert.Single(rows, row => row.TryGetProperty("gigabytesPerSecond", out _));
    }

    [Theory]
    [InlineData("--seconds 0", "--seconds takes a number above 0 and at most 3600, not '0'")]
    [InlineData("--seconds long", "not 'long'")]
    [InlineData("--threads 0", "--threads must be at least 1, not 0")]
    [InlineData("three-rings", "'three-rings'")]
    public void Wrong_values_are_refused(string words, string message) =>
        LocusProgram.Call(["bench", .. words.Split(' ')]).Refused(ExitCode.Usage, message, "locus bench --help");
}
