using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using System.Text.Json.Serialization;
using Locus.Formats;

namespace Locus.Training;

/// <summary>On what a run was made: what a reader needs to judge its times. Results do not depend on it.</summary>
/// <param name="Locus">Version of Locus.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="System">Operating system.</param>
/// <param name="Processor">The processor's name, where the system tells.</param>
/// <param name="Cores">Logical processors that the process may use.</param>
/// <param name="Vectors">Widest vectors in use: AVX-512, AVX2 or none.</param>
/// <param name="Threads">Worker threads.</param>
/// <param name="Started">When the run began, UTC, ISO 8601.</param>
public sealed record RunEnvironment(string Locus, string Runtime, string System, string Processor, int Cores, string Vectors, int Threads, string Started)
{
    /// <summary>This machine, now.</summary>
    /// <param name="threads">Worker threads.</param>
    public static RunEnvironment Here(int threads) => new(
        typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown",
        RuntimeInformation.FrameworkDescription,
        $"{RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})",
        ProcessorName(),
        Environment.ProcessorCount,
        Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "none",
        threads,
        DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    /// <summary>The machine in a line: processor, cores, vectors, runtime.</summary>
    [JsonIgnore]
    public string Machine => $"{Processor}, {Cores} cores, {Vectors}, {Runtime}";

    /// <summary>The machine that a run was made on.</summary>
    /// <param name="path">An environment.json.</param>
    /// <exception cref="FileContentException">It is not what Locus wrote.</exception>
    public static RunEnvironment Read(string path) => InputFile.Read(path, stream =>
    {
        try
        {
            return JsonSerializer.Deserialize<RunEnvironment>(stream, JsonLines.DefaultOptions) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw FileContentException.AtLine(path, error.LineNumber + 1 ?? 1, "this is not what Locus wrote as environment of a run", cause: error);
        }
    });

    private static string ProcessorName()
    {
        const string file = "/proc/cpuinfo";
        try
        {
            var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "unknown";
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
