using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Locus.Formats;

/// <summary>The JSON header of a safetensors file, read and checked before any data is touched.</summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The header entry that holds texts instead of a tensor.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>Where a tensor's bytes lie: from Begin to before End, counted from the start of the data.</summary>
    public sealed record Entry(string Name, TensorType Type, int[] Shape, long Begin, long End);

    private readonly string file;

    private SafetensorsHeader(string file) => this.file = file;

    /// <summary>The texts, as they stand in the file.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>The tensors in the order of their bytes.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>Reads and checks a header.</summary>
    /// <param name="file">The file's name, for errors.</param>
    /// <param name="json">The header without its length.</param>
    /// <param name="dataLength">Bytes behind the header; the tensors must fill them without gap or overlap.</param>
    /// <exception cref="FileContentException">Anything in the header is wrong.</exception>
    public static SafetensorsHeader Parse(string file, ReadOnlyMemory<byte> json, long dataLength)
    {
        var header = new SafetensorsHeader(file);
        try
        {
            if (json.IsEmpty || json.Span[0] != '{') throw header.Wrong("the header does not begin with '{': this is no safetensors file");
            if (!Utf8.IsValid(json.Span)) throw header.Wrong("the header is not UTF-8");
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            foreach (var property in document.RootElement.EnumerateObject()) header.Add(property.Name, property.Value);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name or text with half a surrogate pair.
            throw header.Wrong($"the header is no valid JSON ({error.Message})", error);
        }
        header.CheckLayout(dataLength);
        return header;
    }

    private void Add(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw Wrong($"the header entry '{name}' is not an object");
        if (name == MetadataKey) AddMetadata(value);
        else AddTensor(name, value);
    }

    private void AddMetadata(JsonElement value)
    {
        foreach (var text in value.EnumerateObject())
        {
            if (text.Value.ValueKind != JsonValueKind.String) throw Wrong($"the metadata entry '{text.Name}' is not a text");
            Metadata.Add(text.Name, text.Value.GetString()!);
        }
    }

    private void AddTensor(string name, JsonElement value)
    {
        TensorType? type = null;
        long[]? shape = null, offsets = null;
        foreach (var field in value.EnumerateObject())
        {
            switch (field.Name)
            {
                case "dtype": type = Type(name, field.Value); break;
                case "shape": shape = Integers(name, field); break;
                case "data_offsets": offsets = Integers(name, field); break;
                default: throw Wrong($"tensor '{name}' has a field '{field.Name}'; dtype, shape and data_offsets are known");
            }
        }
        if (type is null || shape is null || offsets is null) throw Wrong($"tensor '{name}' lacks one of dtype, shape and data_offsets");
        if (shape.Any(length => length > int.MaxValue)) throw Wrong($"tensor '{name}' has an axis longer than {int.MaxValue}");
        if (offsets is not [var begin, var end] || begin > end) throw Wrong($"tensor '{name}': data_offsets must be two numbers, begin <= end");
        var axes = shape.Select(length => (int)length).ToArray();
        var count = Tensor.CountOf(axes);
        if (count < 0 || (end - begin) % type.Value.Size() != 0 || (end - begin) / type.Value.Size() != count)
            throw Wrong($"tensor '{name}': {end - begin} bytes do not fit {type} of shape ({string.Join(", ", shape)})");
        if (end - begin > Array.MaxLength) throw Wrong($"tensor '{name}' has {end - begin} bytes, more than the {Array.MaxLength} that one array holds");
        Entries.Add(new Entry(name, type.Value, axes, begin, end));
    }

    private TensorType Type(string tensor, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        // By name, not Enum.Parse, which would take numbers and lists too.
        foreach (var type in Enum.GetValues<TensorType>())
            if (type.ToString() == text) return type;
        throw Wrong($"tensor '{tensor}' is of type '{text}'; read are {string.Join(", ", Enum.GetNames<TensorType>())}: convert it first");
    }

    private long[] Integers(string tensor, JsonProperty field)
    {
        if (field.Value.ValueKind != JsonValueKind.Array) throw Wrong($"tensor '{tensor}': {field.Name} is not a list");
        var values = new List<long>();
        foreach (var item in field.Value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var value) || value < 0)
                throw Wrong($"tensor '{tensor}': {field.Name} holds {item.GetRawText()}, whole numbers from 0 were expected");
            values.Add(value);
        }
        return [.. values];
    }

    private void CheckLayout(long dataLength)
    {
        Entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        long next = 0;
        foreach (var entry in Entries)
        {
            if (entry.Begin != next)
                throw Wrong($"tensor '{entry.Name}' begins at data byte {entry.Begin} where {next} was expected: tensors {(entry.Begin < next ? "overlap" : "leave a gap")}");
            next = entry.End;
        }
        if (next != dataLength)
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"the tensors take {next} bytes of data, the file has {dataLength}: it was cut or is damaged"));
    }

    private FileContentException Wrong(string problem, Exception? cause = null) => FileContentException.AtByte(file, 8, problem, cause);
}
