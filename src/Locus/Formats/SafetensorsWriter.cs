using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace Locus.Formats;

/// <summary>
/// Writes safetensors (huggingface.co/docs/safetensors): the length of the header as 8 bytes, little-endian; a JSON header with type,
/// shape and place of each tensor, padded with spaces to a multiple of 8; the numbers, little-endian, in C order, without gaps.
/// The same content gives the same bytes. A checksum over the whole file stands in the metadata, see docs/file-formats.md.
/// </summary>
public static class SafetensorsWriter
{
    /// <summary>Writes a file at once or not at all, see <see cref="AtomicFile"/>.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensors">Tensors by name; "__metadata__" is not a name.</param>
    /// <param name="metadata">Texts by name; "checksum" and "writer" belong to the format.</param>
    /// <exception cref="ArgumentException">A name is empty or taken.</exception>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Writes to a stream.</summary>
    /// <param name="stream">Where the bytes go; only written, never sought.</param>
    /// <param name="tensors">Tensors by name; "__metadata__" is not a name.</param>
    /// <param name="metadata">Texts by name; "checksum" and "writer" belong to the format.</param>
    /// <exception cref="ArgumentException">A name is empty or taken.</exception>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        metadata ??= new Dictionary<string, string>();
        CheckNames(tensors, metadata);

        // Widest numbers first: each tensor then lies at a multiple of its own size. Names break the tie, for equal bytes.
        var ordered = tensors.OrderByDescending(pair => pair.Value.Type.Size()).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        var header = Header(ordered, metadata);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);

        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sum.AppendData(length);
        sum.AppendData(header);
        foreach (var (_, tensor) in ordered) sum.AppendData(tensor.Bytes);
        SafetensorsChecksum.Text(sum).CopyTo(SafetensorsChecksum.Digits(header));

        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in ordered) stream.Write(tensor.Bytes);
    }

    private static byte[] Header(KeyValuePair<string, Tensor>[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataKey);
            json.WriteString(SafetensorsChecksum.Key, SafetensorsChecksum.Algorithm + SafetensorsChecksum.Blank);
            json.WriteString(SafetensorsChecksum.WriterKey, SafetensorsChecksum.Writer);
            foreach (var (name, text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(name, text);
            json.WriteEndObject();
            long offset = 0;
            foreach (var (name, tensor) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type.ToString());
                json.WriteStartArray("shape");
                foreach (var axis in tensor.Shape) json.WriteNumberValue(axis);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        var header = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        header.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        return header;
    }

    private static void CheckNames(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var wrong = new List<string>();
        if (tensors.Keys.Any(string.IsNullOrEmpty)) wrong.Add("a tensor has no name");
        if (tensors.ContainsKey(SafetensorsHeader.MetadataKey)) wrong.Add($"a tensor is named '{SafetensorsHeader.MetadataKey}', which belongs to the format");
        foreach (var key in (string[])[SafetensorsChecksum.Key, SafetensorsChecksum.WriterKey])
            if (metadata.ContainsKey(key)) wrong.Add($"a text is named '{key}', which belongs to the format");
        if (wrong.Count > 0) throw new ArgumentException($"{string.Join("; ", wrong)}: choose other names");
    }
}
