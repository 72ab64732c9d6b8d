using System.Security.Cryptography;
using System.Text;
using Locus.Formats;

namespace Locus.Training;

/// <summary>
/// A training state as a safetensors file with a checksum over every byte. It names the problem, options and seed that it belongs to, and is refused
/// where these differ, because training could then not go on as if it had never stopped.
/// </summary>
public static class Checkpoint
{
    private const string FormatName = "locus-checkpoint-1";

    /// <summary>Writes the state of a trainer, all of it or nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">The trainer, between two steps.</param>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public static void Write(string path, Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        var state = trainer.State;
        var tensors = new Dictionary<string, Tensor>();
        foreach (var (name, vector) in Vectors(state)) tensors[name] = Tensor.Of<float>(vector.Span[..state.Weights.Count]);
        tensors["counters"] = Tensor.Of<long>(
            [state.Weights.Steps, state.Round, state.Pass, state.Update, state.NetworkSamples, state.RoundUpdates, state.Pool.Count, state.Pool.ModelCount]);
        tensors["sums"] = Tensor.Of<double>([state.Seconds, state.VelocityLossSum, state.ConstraintLossSum]);
        for (var row = 0; row < state.Pool.Rows; row++) tensors[PoolColumn(row)] = Tensor.Of<float>(state.Pool.Column(row));
        SafetensorsWriter.Write(path, tensors, Identity(trainer.Problem.ToYaml(), trainer.Options, trainer.Seed));
    }

    /// <summary>Reads a state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">The problem's canonical text.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="state">A fresh state for the same network and options, filled.</param>
    /// <exception cref="FileContentException">The file is damaged, or belongs to another training.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public static void Read(string path, string problem, TrainingOptions options, long seed, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var content = SafetensorsReader.Read(path, requireChecksum: true);
        foreach (var (key, value) in Identity(problem, options, seed))
            if (content.Metadata.GetValueOrDefault(key) is var found && found != value)
                throw FileContentException.AtByte(path, 8, $"this is a checkpoint of another training: its {key} is {Shown(found)}, here it is {Shown(value)}");
        try
        {
            foreach (var (name, vector) in Vectors(state)) content.Tensors[name].CopyTo(vector.Span[..state.Weights.Count]);
            var counters = content.Tensors["counters"].ToArray<long>();
            (state.Weights.Steps, state.Round, state.Pass, state.Update) = (counters[0], (int)counters[1], (int)counters[2], (int)counters[3]);
            (state.NetworkSamples, state.RoundUpdates) = (counters[4], (int)counters[5]);
            state.Pool.Resize((int)counters[6]);
            state.Pool.ModelCount = (int)counters[7];
            var sums = content.Tensors["sums"].ToArray<double>();
            (state.Seconds, state.VelocityLossSum, state.ConstraintLossSum) = (sums[0], sums[1], sums[2]);
            for (var row = 0; row < state.Pool.Rows; row++) content.Tensors[PoolColumn(row)].CopyTo(state.Pool.Column(row));
        }
        catch (Exception error) when (error is KeyNotFoundException or ArgumentException or IndexOutOfRangeException)
        {
            throw FileContentException.AtByte(path, 8, $"the checkpoint's tensors are not those of this version of Locus ({error.Message})", error);
        }
    }

    private static IEnumerable<(string Name, Memory<float> Vector)> Vectors(TrainingState state) =>
    [
        ("parameters", state.Weights.Parameters),
        ("average", state.Weights.Average),
        ("firstMoment", state.Weights.FirstMoment),
        ("secondMoment", state.Weights.SecondMoment),
    ];

    private static string PoolColumn(int row) => $"pool.{row}";

    private static Dictionary<string, string> Identity(string problem, TrainingOptions options, long seed) => new()
    {
        ["format"] = FormatName,
        ["problem"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(problem))),
        ["options"] = Locus.Options.OptionTable.ToJson(options).ToJsonString(),
        ["seed"] = seed.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static string Shown(string? text) => text is null ? "missing" : text.Length <= 80 ? $"'{text}'" : $"'{text[..80]}...'";
}
