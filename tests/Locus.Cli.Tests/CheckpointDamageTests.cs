using Locus.Formats;
using Locus.Runs;

namespace Locus.Cli.Tests;

/// <summary>A checkpoint with one wrong byte, or one byte too few, is refused by its name.</summary>
public sealed class CheckpointDamageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string run;
    private readonly string file;
    private readonly byte[] whole;

    public CheckpointDamageTests()
    {
        run = folder["run"];
        LocusProgram.Call("train", "rectangle", "--out", run, "--quiet", "--count", "10", "--recipe", "paper", "--set", "rounds=2", "--set", "passes=1", "--set", "poolSize=64", "--set", "batch=64",
            "--set", "poolSteps=2", "--set", "sampler.steps=2", "--set", "hidden=4").Done();
        file = RunFolder.Open(run).CheckpointFile;
        whole = File.ReadAllBytes(file);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x20)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void Every_single_byte_that_is_wrong_is_found(int mask)
    {
        var opened = RunFolder.Open(run);
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= (byte)mask;
            AssertRefused(opened, damaged, $"byte {at} of {whole.Length}");
        }
    }

    [Fact]
    public void Every_other_value_of_a_byte_in_the_header_is_found()
    {
        var opened = RunFolder.Open(run);
        // The length and the first key: what decides how the rest is read.
        for (var at = 0; at < 24; at++)
            for (var value = 0; value < 256; value++)
            {
                if (value == whole[at]) continue;
                var damaged = whole.ToArray();
                damaged[at] = (byte)value;
                AssertRefused(opened, damaged, $"byte {at} as {value}");
            }
    }

    [Fact]
    public void Every_cut_and_every_addition_is_found()
    {
        var opened = RunFolder.Open(run);
        for (var length = 0; length < whole.Length; length++) AssertRefused(opened, whole[..length], $"cut to {length} of {whole.Length}");
        AssertRefused(opened, [.. whole, 0], "one byte more");
        AssertRefused(opened, [.. whole, .. whole], "twice");
    }

    [Fact]
    public void A_tensor_that_is_missing_or_of_another_size_is_found()
    {
        var content = SafetensorsReader.Read(file);
        // The checksum is right here: another version of the program may have written such a file.
        foreach (var name in content.Tensors.Keys)
        {
            SafetensorsWriter.Write(file, content.Tensors.Where(t => t.Key != name).ToDictionary(), content.Metadata);
            AssertNamed(Assert.ThrowsAny<LocusException>(() => RunFolder.Open(run).LoadState()), $"without {name}");
            SafetensorsWriter.Write(file, content.Tensors.ToDictionary(t => t.Key, t => t.Key == name ? Tensor.Of<byte>([1, 2, 3]) : t.Value), content.Metadata);
            AssertNamed(Assert.ThrowsAny<LocusException>(() => RunFolder.Open(run).LoadState()), $"{name} replaced");
        }
    }

    [Fact]
    public void The_program_refuses_by_the_name_of_the_file_and_changes_nothing()
    {
        foreach (var at in new[] { 0, 7, 8, 40, 200, whole.Length / 2, whole.Length - 1 })
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x10;
            Refuse(damaged);
        }
        foreach (var length in new[] { 0, 1, 8, 100, whole.Length - 1 }) Refuse(whole[..length]);

        File.WriteAllBytes(file, whole);
        LocusProgram.Call("sample", run, "--count", "1").Done();
    }

    private void Refuse(byte[] damaged)
    {
        File.WriteAllBytes(file, damaged);
        var before = RunFiles.Names(run);
        LocusProgram.Call("sample", run, "--count", "1").Refused(ExitCode.Usage, file);
        LocusProgram.Call("report", run, "--count", "10").Refused(ExitCode.Usage, file);
        LocusProgram.Call("train", "rectangle", "--out", run, "--resume").Refused(ExitCode.Usage, file);
        Assert.Equal(before, RunFiles.Names(run));
        Assert.Equal(damaged, File.ReadAllBytes(file));
    }

    private void AssertRefused(RunFolder opened, byte[] damaged, string what)
    {
        File.WriteAllBytes(file, damaged);
        AssertNamed(Assert.ThrowsAny<LocusException>(() => opened.LoadState()), what);
    }

    private void AssertNamed(LocusException mistake, string what)
    {
        Assert.True(mistake is FileContentException or FileAccessException, $"{what}: {mistake.GetType().Name}");
        Assert.True(mistake.Message.StartsWith(file, StringComparison.Ordinal), $"{what}: {mistake.Message}");
    }
}
