using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Formats;
using Locus.Options;
using Locus.Problems;
using Locus.Sampling;
using Locus.Training;

namespace Locus.Runs;

/// <summary>
/// A run on disk: problem.yaml, options.json (every value), environment.json, metrics.jsonl (a line per round), checkpoints/last.safetensors, and later samples.npy, report.json and
/// report.html. Each file is whole or absent at any moment.
/// </summary>
public sealed class RunFolder
{
    private const string ProblemName = "problem.yaml", EnvironmentName = "environment.json", CheckpointsName = "checkpoints";

    private RunFolder(string path, Problem problem, string recipe, TrainingOptions options, long seed)
    {
        Path = path;
        Problem = problem;
        Recipe = recipe;
        Options = options;
        Seed = seed;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What is sampled.</summary>
    public Problem Problem { get; }

    /// <summary>Name of the recipe that the options began with.</summary>
    public string Recipe { get; }

    /// <summary>All options.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The seed.</summary>
    public long Seed { get; }

    /// <summary>The training state of the last checkpoint.</summary>
    public string CheckpointFile => File($"{CheckpointsName}/last.safetensors");

    /// <summary>One JSON line per round.</summary>
    public string MetricsFile => File("metrics.jsonl");

    /// <summary>Samples drawn at the end of training.</summary>
    public string SamplesFile => File("samples.npy");

    /// <summary>The measured numbers.</summary>
    public string ReportFile => File("report.json");

    /// <summary>The measured numbers and pictures for people.</summary>
    public string ReportPageFile => File("report.html");

    /// <summary>What is sampled, as text.</summary>
    public string ProblemFile => File(ProblemName);

    /// <summary>The machine that the run was made on.</summary>
    public string EnvironmentFile => File(EnvironmentName);

    /// <summary>Whether there is a checkpoint.</summary>
    public bool HasCheckpoint => System.IO.File.Exists(CheckpointFile);

    /// <summary>Whether a folder holds a run that was begun: its problem and options are there.</summary>
    /// <param name="path">A folder.</param>
    public static bool Exists(string path) => System.IO.File.Exists(System.IO.Path.Combine(path, "options.json"));

    /// <summary>The key that the samples of a seed come from: the run's own seed gives its samples.npy again.</summary>
    /// <param name="seed">Any seed.</param>
    public static Key SampleKey(long seed) => Key.Seed(seed).Fold("samples");

    /// <summary>Begins a run in a new or empty folder.</summary>
    /// <param name="path">The folder; made if it is not there.</param>
    /// <param name="problem">What is sampled.</param>
    /// <param name="recipe">Name of the recipe that the options began with.</param>
    /// <param name="options">All options.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="environment">This machine.</param>
    /// <exception cref="LocusException">There is no such recipe, the folder holds a run or something else already, the problem cannot be written as text, or a file cannot be written.</exception>
    public static RunFolder Create(string path, Problem problem, string recipe, TrainingOptions options, long seed, RunEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        if (options.GetType() != Runs.Recipe.Find(recipe).Options.GetType()) throw new ArgumentException($"the recipe '{recipe}' has other options than {options.GetType().Name}", nameof(options));
        if (Exists(path)) throw new LocusException($"{path}: holds a run already; go on with it by --resume, or name another folder by --out");
        if (System.IO.File.Exists(path)) throw new LocusException($"{path}: is a file; a run is a folder, name one by --out");
        var text = problem.ToYaml();
        if (Foreign(path, text) is { } foreign) throw new LocusException($"{path}: holds other things ('{foreign}'); a run needs a folder of its own, name a new one by --out");
        // Reading back what was written makes a resumed run work on the very same problem.
        var run = new RunFolder(path, Problems.ProblemFile.Parse(text, ProblemName), recipe, options, seed);
        run.MakeCheckpointFolder();
        AtomicFile.Write(run.File(ProblemName), text);
        AtomicFile.Write(run.EnvironmentFile, JsonSerializer.Serialize(environment, JsonLines.DefaultOptions) + "\n");
        // Last, because it is what makes the folder a run.
        AtomicFile.Write(run.File("options.json"), new JsonObject { ["recipe"] = recipe, ["seed"] = seed, ["training"] = OptionTable.ToJson(options) }
            .ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        return run;
    }

    /// <summary>Takes away what was begun, where no training came of it: the run's own files, and the folder if nothing else is in it. A run with a checkpoint is left alone.</summary>
    public void Discard()
    {
        if (HasCheckpoint) return;
        foreach (var name in new[] { "options.json", EnvironmentName, ProblemName, "metrics.jsonl" }) System.IO.File.Delete(File(name));
        foreach (var folder in new[] { File(CheckpointsName), Path })
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    /// <summary>Opens a run.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="LocusException">It is no run folder, or a file in it is damaged.</exception>
    public static RunFolder Open(string path)
    {
        if (!Directory.Exists(path)) throw new LocusException($"{path}: there is no such run folder");
        if (!Exists(path)) throw new LocusException($"{path}: is not a run folder, for it has no options.json");
        var file = System.IO.Path.Combine(path, "options.json");
        try
        {
            var json = InputFile.Read(file, stream => JsonNode.Parse(stream))!.AsObject();
            var recipe = json["recipe"]!.GetValue<string>();
            var options = Checked(file, recipe, json["training"]!.AsObject());
            return new RunFolder(path, Problems.ProblemFile.Read(System.IO.Path.Combine(path, ProblemName)), recipe, options, json["seed"]!.GetValue<long>());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            throw FileContentException.AtLine(file, (error as JsonException)?.LineNumber + 1 ?? 1, "this is not what Locus wrote as options of a run; put it back as it was, or train anew", cause: error);
        }
    }

    /// <summary>The first free folder for a problem under <paramref name="root"/>: root/name-001, root/name-002, ...</summary>
    /// <param name="root">The folder of all runs.</param>
    /// <param name="problem">Name of the problem.</param>
    public static string Free(string root, string problem) => Numbered(root, problem).First(path => !Directory.Exists(path));

    /// <summary>The last run folder of a problem under <paramref name="root"/>, or the first free one if there is none.</summary>
    /// <param name="root">The folder of all runs.</param>
    /// <param name="problem">Name of the problem.</param>
    public static string Last(string root, string problem)
    {
        var taken = Numbered(root, problem).TakeWhile(Directory.Exists).ToList();
        return taken.Count > 0 ? taken[^1] : Free(root, problem);
    }

    /// <summary>A trainer that begins, or goes on from the last checkpoint if there is one.</summary>
    /// <param name="team">Workers.</param>
    /// <exception cref="LocusException">The checkpoint is damaged or belongs to another training.</exception>
    public Trainer Trainer(Team team)
    {
        MakeCheckpointFolder();
        if (!HasCheckpoint)
        {
            // Lines of rounds that no checkpoint kept are rounds that will be done again.
            JsonLines.Keep(MetricsFile, _ => false);
            return Options.Trainer(Problem, Seed, team);
        }
        var state = LoadState();
        JsonLines.Keep(MetricsFile, line => RoundOf(line) <= state.Round);
        return Options.Trainer(Problem, Seed, team, state);
    }

    /// <summary>The trained network of the last checkpoint.</summary>
    /// <exception cref="LocusException">There is no checkpoint yet, or it is damaged.</exception>
    public Sampler Sampler() => LoadState().Sampler;

    /// <summary>The training state of the last checkpoint.</summary>
    /// <exception cref="LocusException">There is none yet, or it is damaged or belongs to another training.</exception>
    public TrainingState LoadState()
    {
        if (!HasCheckpoint) throw new LocusException($"{Path}: has no checkpoint yet; train it first (locus train {ProblemFile} --out {Path} --resume)");
        var state = Options.NewState(Problem);
        Checkpoint.Read(CheckpointFile, Problem.ToYaml(), Options, Seed, state);
        return state;
    }

    /// <summary>The lines of metrics.jsonl, one per round.</summary>
    public IReadOnlyList<JsonElement> Metrics() => System.IO.File.Exists(MetricsFile) ? JsonLines.Read(MetricsFile) : [];

    private static TrainingOptions Checked(string file, string recipe, JsonObject json)
    {
        try
        {
            var options = OptionTable.FromJson(OptionTable.Defaults(Runs.Recipe.Find(recipe).Options), json);
            var findings = options.Validate();
            return findings.Count == 0 ? options : throw new LocusException(string.Join(Environment.NewLine, findings));
        }
        catch (LocusException mistake)
        {
            throw FileContentException.AtLine(file, 1, $"these are not the options of a run: {mistake.Message}", cause: mistake);
        }
    }

    /// <summary>Something in a folder that no beginning of this run could have left there; null when a run may begin in it.</summary>
    private static string? Foreign(string path, string problem)
    {
        if (!Directory.Exists(path)) return null;
        return Directory.EnumerateFileSystemEntries(path).Select(entry => System.IO.Path.GetFileName(entry)).Order(StringComparer.Ordinal).FirstOrDefault(name => name switch
        {
            // A problem file that someone wrote by hand may have this name too.
            ProblemName => InputFile.Read(System.IO.Path.Combine(path, name), stream => new StreamReader(stream).ReadToEnd()) != problem,
            EnvironmentName => false,
            CheckpointsName => Directory.EnumerateFileSystemEntries(System.IO.Path.Combine(path, name)).Any(),
            _ => !AtomicFile.IsLeftover(name),
        });
    }

    private void MakeCheckpointFolder()
    {
        try
        {
            Directory.CreateDirectory(File(CheckpointsName));
        }
        catch (Exception error) when (FileAccessException.Covers(error))
        {
            throw FileAccessException.Of(File(CheckpointsName), error);
        }
    }

    private int RoundOf(JsonElement line) =>
        line.TryGetProperty("round", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var round)
            ? round
            : throw new LocusException($"{MetricsFile}: a line has no \"round\": this is not what Locus wrote; remove the line or the file");

    private static IEnumerable<string> Numbered(string root, string problem) =>
        Enumerable.Range(1, 999_999).Select(i => System.IO.Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{problem}-{i:000}")));

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
