using System.Text.Json;
using Locus.Formats;
using Locus.Problems;

namespace Locus.Cli.Tests;

/// <summary>What lies in a run folder.</summary>
internal static class RunFiles
{
    /// <summary>All files of a run that has ended.</summary>
    public static readonly string[] All =
        ["checkpoints/last.safetensors", "environment.json", "metrics.jsonl", "options.json", "problem.yaml", "report.html", "report.json", "samples.npy"];

    /// <summary>The names of all files in a folder and below, hidden ones too.</summary>
    public static string[] Names(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];

    /// <summary>Reads every file as what it claims to be. Only the temporaries of a killed process are passed over.</summary>
    public static void AreWhole(string folder)
    {
        foreach (var name in Names(folder).Where(name => !AtomicFile.IsLeftover(Path.GetFileName(name))))
        {
            var file = Path.Combine(folder, name);
            switch (name)
            {
                case "problem.yaml": ProblemFile.Read(file); break;
                case "options.json" or "environment.json" or "report.json": JsonDocument.Parse(File.ReadAllText(file)).Dispose(); break;
                case "metrics.jsonl": JsonLines.Read(file, PartialLine.Refuse); break;
                case "checkpoints/last.safetensors": SafetensorsReader.Read(file, requireChecksum: true); break;
                case "samples.npy": NpyReader.Read(file); break;
                case "report.html": Assert.EndsWith("</html>", File.ReadAllText(file).TrimEnd(), StringComparison.Ordinal); break;
                default: Assert.Fail($"{name} is no file of a run"); break;
            }
        }
    }
}
