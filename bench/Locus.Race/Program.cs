using System.Text.Json;
using System.Text.Json.Serialization;
using Locus;
using Locus.Race;

// An order in JSON per line, an answer in JSON per line, until the input ends. Between two orders nothing runs.
var format = new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
using var stable = new Stable();
while (Console.In.ReadLine() is { } line)
{
    Answer answer;
    try
    {
        answer = stable.Run(JsonSerializer.Deserialize<Order>(line, format) ?? throw new JsonException("null"));
    }
    catch (Exception mistake) when (mistake is JsonException or LocusException or ArgumentException)
    {
        answer = new Answer { Mistake = mistake.Message };
    }
    Console.Out.WriteLine(JsonSerializer.Serialize(answer, format));
}
