using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Locus.Formats;

/// <summary>
/// Reads safetensors and checks everything before it returns: bounds, names, types, sizes, the place of each tensor, and the
/// checksum. Of a file by <see cref="SafetensorsWriter"/> every changed byte and every truncation is found; files by others carry
/// no checksum and are read too, unless the caller requires one.
/// </summary>
public static class SafetensorsReader
{
    /// <summary>Longest header that is read, in bytes; the limit of the format's own library.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="requireChecksum">Whether a file without a checksum is refused, as it should be where only files by Locus belong.</param>
    /// <exception cref="FileContentException">The file is damaged, cut, or not safetensors.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public static SafetensorsContent Read(string path, bool requireChecksum = false) =>
        InputFile.Read(path, stream => Read(stream, path, requireChecksum));

    /// <summary>Reads a stream from its start to its end.</summary>
    /// <param name="stream">A stream that knows its length.</param>
    /// <param name="name">The name of the source, for errors.</param>
    /// <param name="requireChecksum">Whether a file without a checksum is refused.</param>
    /// <exception cref="FileContentException">The content is damaged, cut, or not safetensors.</exception>
    public static SafetensorsContent Read(Stream stream, string name, bool requireChecksum = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek) throw FileContentException.AtByte(name, 0, "this is a pipe or a device; a plain file was expected");
        var total = stream.Length;
        if (total < 8) throw FileContentException.AtByte(name, total, $"the file ends after {total} bytes, before its header: it was cut or is no safetensors file");

        var length = new byte[8];
        Fill(stream, length, name, 0);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (headerLength > LongestHeader || headerLength > (ulong)(total - 8))
            throw FileContentException.AtByte(name, 0, $"the header should have {headerLength} bytes, the file has {total}: it was cut, is damaged, or is no safetensors file");
        var json = new byte[headerLength];
        Fill(stream, json, name, 8);

        var start = 8 + json.Length;
        var header = SafetensorsHeader.Parse(name, json, total - start);
        var isChecked = SafetensorsChecksum.IsPresent(json);
        var isOurs = header.Metadata.GetValueOrDefault(SafetensorsChecksum.WriterKey) == SafetensorsChecksum.Writer;
        if (!isChecked && (isOurs || requireChecksum))
            throw FileContentException.AtByte(name, 8, "the checksum is missing where Locus writes it: the file is damaged or was written by another program");

        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sum.AppendData(length);
        var stored = isChecked ? TakeDigits(json) : [];
        sum.AppendData(json);
        var tensors = new Dictionary<string, Tensor>();
        foreach (var entry in header.Entries)
        {
            var bytes = new byte[entry.End - entry.Begin];
            Fill(stream, bytes, name, start + entry.Begin);
            sum.AppendData(bytes);
            tensors.Add(entry.Name, Tensor.Around(entry.Type, entry.Shape, bytes));
        }
        if (isChecked && !stored.AsSpan().SequenceEqual(SafetensorsChecksum.Text(sum)))
            throw FileContentException.AtByte(name, 8, "the checksum does not fit the content: the file is damaged; use an older copy or make it anew");

        if (isChecked)
        {
            header.Metadata.Remove(SafetensorsChecksum.WriterKey);
            header.Metadata.Remove(SafetensorsChecksum.Key);
        }
        return new SafetensorsContent(tensors, header.Metadata, isChecked);
    }

    // The sum was taken over zeros in the place of the digits.
    private static byte[] TakeDigits(byte[] json)
    {
        var digits = SafetensorsChecksum.Digits(json);
        var stored = digits.ToArray();
        Encoding.ASCII.GetBytes(SafetensorsChecksum.Blank).CopyTo(digits);
        return stored;
    }

    private static void Fill(Stream stream, Span<byte> target, string name, long offset)
    {
        var read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (read < target.Length) throw FileContentException.AtByte(name, offset + read, "the file ends here, in the middle of its content: it was cut");
    }
}
