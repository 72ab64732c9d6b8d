using System.Text.Json;
using System.Text.Json.Serialization;

namespace Locus.Diagnostics;

/// <summary>
/// A report as JSON: names in camel case, in the order of the records; what is null has no key; a number that is none is the text "NaN"
/// or "Infinity".
/// </summary>
public static class ReportJson
{
    /// <summary>The text of a report, indented by two spaces, without a line end behind it.</summary>
    /// <param name="report">The report.</param>
    public static string Write(Report report) => JsonSerializer.Serialize(report, ReportContext.Default.Report);

    /// <summary>Reads what <see cref="Write"/> wrote; keys it does not know are passed over.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">Name of the file, for messages.</param>
    /// <exception cref="LocusException">The text is not JSON, or lacks a key that every report has.</exception>
    public static Report Read(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReportContext.Default.Report)
                ?? throw new LocusException($"{source}: holds null where a report was expected; write it again with 'locus report'");
        }
        catch (JsonException error)
        {
            var place = error.LineNumber is { } line ? $"({line + 1},{error.BytePositionInLine + 1})" : "";
            throw new LocusException($"{source}{place}: not a report: {error.Message}; write it again with 'locus report'", error);
        }
    }
}

/// <summary>The generated reader and writer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportContext : JsonSerializerContext;
