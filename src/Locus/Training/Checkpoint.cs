using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Locus.Formats;
using Locus.Options;

namespace Locus.Training;

/// <summary>
/// A training state as a safetensors file with a checksum over every byte: a tensor for each part, by its name. It names the method, problem, options and seed
/// that it belongs to, and is refused where these differ, because training could then not go on as if it had never stopped.
/// </summary>
public static class Checkpoint
{
    private const string FormatName = "locus-checkpoint-3", OptionsKey = "options", ProblemKey = "problem";

    /// <summary>Writes the state of a trainer, all of it or nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainer">The trainer, between two updates.</param>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public static void Write(string path, Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        var fields = new WrittenFields();
        trainer.State.Visit(fields);
        SafetensorsWriter.Write(path, fields.Tensors, Identity(trainer.Problem.ToYaml(), trainer.Options, trainer.Seed).ToDictionary(i => i.Key, i => i.Value));
    }

    /// <summary>Reads a state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">The problem's canonical text.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="state">A new state of these options, filled.</param>
    /// <exception cref="FileContentException">The file is damaged, or belongs to another training.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public static void Read(string path, string problem, TrainingOptions options, long seed, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(state);
        var content = SafetensorsReader.Read(path, requireChecksum: true);
        foreach (var (key, value) in Identity(problem, options, seed))
            if (content.Metadata.GetValueOrDefault(key) is var found && found != value && (key != OptionsKey || Differences(found, options) is not []))
                throw FileContentException.AtByte(path, 8, $"this is a checkpoint of another training: {Difference(key, found, value, options)}");
        try
        {
            state.Visit(new ReadFields(content.Tensors));
        }
        catch (Exception error) when (error is KeyNotFoundException or ArgumentException)
        {
            throw FileContentException.AtByte(path, 8, $"the checkpoint's tensors are not those of this version of Locus: {error.Message}; train again, or read it with the version that environment.json beside it names", error);
        }
    }

    // In the order in which differences are told: another method has other options too.
    private static (string Key, string Value)[] Identity(string problem, TrainingOptions options, long seed) =>
    [
        ("format", FormatName),
        ("method", options.Method),
        (ProblemKey, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(problem)))),
        (OptionsKey, OptionTable.ToJson(options).ToJsonString()),
        ("seed", seed.ToString(CultureInfo.InvariantCulture)),
    ];

    private static string Difference(string key, string? found, string value, TrainingOptions options) =>
        key == OptionsKey && Differences(found, options) is { } differences ? $"there and here are {string.Join(", ", differences)}"
        : key == ProblemKey ? "its problem is not the one here, which was changed since or is another run's"
        : $"its {key} is {Shown(found)}, here it is {Shown(value)}";

    /// <summary>Which options differ; null where the text holds none of this kind.</summary>
    private static IReadOnlyList<string>? Differences(string? text, TrainingOptions options)
    {
        try
        {
            return text is not null && JsonNode.Parse(text) is JsonObject json ? OptionTable.Differences(OptionTable.FromJson(OptionTable.Defaults(options), json), options) : null;
        }
        catch (Exception error) when (error is JsonException or LocusException)
        {
            return null;
        }
    }

    private static string Shown(string? text) => text is null ? "missing" : text.Length <= 80 ? $"'{text}'" : $"'{text[..80]}...'";

    private sealed class WrittenFields : IStateFields
    {
        public Dictionary<string, Tensor> Tensors { get; } = [];

        public T Number<T>(string name, T value)
            where T : unmanaged
        {
            Tensors.Add(name, Tensor.Scalar(value));
            return value;
        }

        public void Vector<T>(string name, Span<T> values)
            where T : unmanaged => Tensors.Add(name, Tensor.Of<T>(values));
    }

    private sealed class ReadFields(IReadOnlyDictionary<string, Tensor> tensors) : IStateFields
    {
        public T Number<T>(string name, T value)
            where T : unmanaged
        {
            Find(name).CopyTo(new Span<T>(ref value));
            return value;
        }

        public void Vector<T>(string name, Span<T> values)
            where T : unmanaged => Find(name).CopyTo(values);

        private Tensor Find(string name) => tensors.TryGetValue(name, out var tensor) ? tensor : throw new KeyNotFoundException($"'{name}' is missing");
    }
}
