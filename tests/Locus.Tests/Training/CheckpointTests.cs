using System.Text.Json.Nodes;
using Locus.Engine.Workers;
using Locus.Formats;
using Locus.Tests.Formats;
using Locus.Training;

namespace Locus.Tests.Training;

public sealed class CheckpointTests
{
    private static readonly PaperOptions Tiny = Trainings.Short with { PoolSize = 64, Batch = 64, Hidden = [3], Rounds = 2 };

    [Fact]
    public void A_state_comes_back_as_it_was()
    {
        using var folder = new TemporaryFolder();
        using var team = new Team(1);
        var trainer = Trainings.Train(Trainings.Ring, Tiny, team, until: 4);
        trainer.State.Seconds = 12.5;
        Checkpoint.Write(folder["state"], trainer);
        var state = Read(folder["state"]);
        Assert.Equal(Trainings.Bits(trainer), Trainings.Bits(Tiny.Trainer(Trainings.Ring, 3, team, state)));
        Assert.Equal(12.5, state.Seconds);
        // What is written does not depend on when or where.
        Checkpoint.Write(folder["again"], trainer);
        Assert.Equal(File.ReadAllBytes(folder["state"]), File.ReadAllBytes(folder["again"]));
    }

    [Fact]
    public void A_truncated_file_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var bytes = Written(folder);
        // All of the header, and every seventh length of the content behind it.
        for (var length = 0; length < bytes.Length; length += length < 1200 ? 1 : 7)
        {
            File.WriteAllBytes(folder["cut"], bytes[..length]);
            Refused(folder["cut"], $"cut to {length} of {bytes.Length} bytes");
        }
        File.WriteAllBytes(folder["cut"], [.. bytes, 0]);
        Refused(folder["cut"], "a byte too many");
    }

    [Fact]
    public void A_file_with_one_damaged_byte_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var bytes = Written(folder);
        for (var i = 0; i < bytes.Length; i += i < 1200 ? 1 : 7)
        {
            // One bit, its neighbour in value, all bits: in turn.
            var kept = bytes[i];
            bytes[i] = (i % 3) switch { 0 => (byte)(kept ^ (1 << (i % 8))), 1 => (byte)(kept + 1), _ => (byte)~kept };
            File.WriteAllBytes(folder["damaged"], bytes);
            Refused(folder["damaged"], $"byte {i}");
            bytes[i] = kept;
        }
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused_and_says_what_differs()
    {
        using var folder = new TemporaryFolder();
        Written(folder);
        var yaml = Trainings.Ring.ToYaml();
        Assert.Contains("its seed is '3', here it is '4'", Message(yaml, Tiny, 4), StringComparison.Ordinal);
        Assert.Contains($"there and here are learningRate {Tiny.LearningRate} and 0.003", Message(yaml, Tiny with { LearningRate = 0.003 }, 3), StringComparison.Ordinal);
        Assert.Contains($"there and here are rounds {Tiny.Rounds} and 77, sampler.steps {Tiny.Sampler.Steps} and 9", Message(yaml, Tiny with { Rounds = 77, Sampler = Tiny.Sampler with { Steps = 9 } }, 3), StringComparison.Ordinal);
        Assert.Contains("its problem is not the one here", Message(Trainings.Rectangle.ToYaml(), Tiny, 3), StringComparison.Ordinal);

        string Message(string problem, TrainingOptions options, long seed) =>
            Assert.Throws<FileContentException>(() => Checkpoint.Read(folder["state"], problem, options, seed, options.NewState(Trainings.Ring))).Message;
    }

    [Fact]
    public void An_option_that_is_younger_than_the_file_has_its_default()
    {
        using var folder = new TemporaryFolder();
        Written(folder);
        var content = SafetensorsReader.Read(folder["state"], requireChecksum: true);
        var options = JsonNode.Parse(content.Metadata["options"])!.AsObject();
        Assert.True(options.Remove("beta1"));
        SafetensorsWriter.Write(folder["older"], content.Tensors, content.Metadata.ToDictionary(m => m.Key, m => m.Key == "options" ? options.ToJsonString() : m.Value));
        var (state, younger) = (Read(folder["older"]), Tiny with { Beta1 = 0.5 });
        Assert.Equal(Read(folder["state"]).Round, state.Round);
        Assert.Contains("there and here are beta1 0.9 and 0.5", Assert.Throws<FileContentException>(() => Checkpoint.Read(folder["older"], Trainings.Ring.ToYaml(), younger, 3, younger.NewState(Trainings.Ring))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_file_with_other_content_is_refused()
    {
        using var folder = new TemporaryFolder();
        Written(folder);
        var content = SafetensorsReader.Read(folder["state"], requireChecksum: true);
        foreach (var missing in content.Tensors.Keys)
        {
            SafetensorsWriter.Write(folder["other"], content.Tensors.Where(t => t.Key != missing).ToDictionary(), content.Metadata);
            Refused(folder["other"], $"without {missing}");
            SafetensorsWriter.Write(folder["other"], content.Tensors.ToDictionary(t => t.Key, t => t.Key == missing ? Tensor.Of<float>([1, 2, 3]) : t.Value), content.Metadata);
            Refused(folder["other"], $"{missing} of another size");
        }
        foreach (var missing in content.Metadata.Keys)
        {
            SafetensorsWriter.Write(folder["other"], content.Tensors, content.Metadata.Where(m => m.Key != missing).ToDictionary());
            Refused(folder["other"], $"without {missing}");
        }
        Assert.Throws<FileAccessException>(() => Read(folder["none"]));
    }

    /// <summary>A checkpoint in the middle of a training; the bytes differ only in the seconds from one run to the next.</summary>
    private static byte[] Written(TemporaryFolder folder)
    {
        using var team = new Team(1);
        Checkpoint.Write(folder["state"], Trainings.Train(Trainings.Ring, Tiny, team, until: 4));
        return File.ReadAllBytes(folder["state"]);
    }

        private static TrainingState Read(string path)
    {
        var state = Tiny.NewState(Trainings.Ring);
        Checkpoint.Read(path, Trainings.Ring.ToYaml(), Tiny, 3, state);
        return state;
    }

    private static void Refused(string path, string what)
    {
        var error = Record.Exception(() => Read(path));
        if (error is not FileContentException) Assert.Fail($"{what}: {error?.ToString() ?? "was read"}");
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }
}
