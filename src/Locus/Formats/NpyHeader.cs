using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Locus.Formats;

/// <summary>
/// The header of an npy file: six bytes "\x93NUMPY", two of version, the header's length (2 bytes; 4 from version 2 on), and a Python
/// dictionary with type, order and shape, padded so that the numbers begin at a multiple of 64 (numpy.lib.format).
/// </summary>
internal sealed partial class NpyHeader
{
    private const int Alignment = 64;

    // numpy leaves room for the first axis to grow to 21 digits; the same here keeps the bytes equal to numpy's.
    private const int DigitsOfFirstAxis = 21;
    private const int LongestHeader = 1 << 16;
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];
    private static readonly (string Name, TensorType Type)[] Types =
        [("|u1", TensorType.U8), ("<i4", TensorType.I32), ("<i8", TensorType.I64), ("<f4", TensorType.F32), ("<f8", TensorType.F64)];

    private NpyHeader(TensorType type, int[] shape, long length)
    {
        Type = type;
        Shape = shape;
        Length = length;
    }

    /// <summary>The type of the numbers.</summary>
    public TensorType Type { get; }

    /// <summary>The lengths of the axes.</summary>
    public int[] Shape { get; }

    /// <summary>Bytes before the numbers.</summary>
    public long Length { get; }

    /// <summary>The bytes of a version 1.0 header.</summary>
    public static byte[] Write(TensorType type, ReadOnlySpan<int> shape)
    {
        var axes = string.Join(", ", shape.ToArray().Select(axis => axis.ToString(CultureInfo.InvariantCulture)));
        if (shape.Length == 1) axes += ",";
        var text = new StringBuilder($"{{'descr': '{Types.First(pair => pair.Type == type).Name}', 'fortran_order': False, 'shape': ({axes}), }}");
        if (shape.Length > 0) text.Append(' ', DigitsOfFirstAxis - shape[0].ToString(CultureInfo.InvariantCulture).Length);
        var start = Magic.Length + 4;
        text.Append(' ', Alignment - 1 - (start + text.Length) % Alignment).Append('\n');
        var bytes = new byte[start + text.Length];
        Magic.CopyTo(bytes, 0);
        bytes[Magic.Length] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Magic.Length + 2), checked((ushort)text.Length));
        Encoding.Latin1.GetBytes(text.ToString()).CopyTo(bytes, start);
        return bytes;
    }

    /// <summary>Reads the header and leaves the stream at the first number.</summary>
    /// <param name="stream">The stream, at its start.</param>
    /// <param name="file">The file's name, for errors.</param>
    /// <exception cref="FileContentException">This is no npy file, or one of a kind that is not read.</exception>
    public static NpyHeader Read(Stream stream, string file)
    {
        var start = Take(stream, file, 0, Magic.Length + 2);
        if (!start.AsSpan().StartsWith(Magic)) throw FileContentException.AtByte(file, 0, "the file does not begin as npy files do: it is none or is damaged");
        if (start[^2] is < 1 or > 3 || start[^1] != 0)
            throw FileContentException.AtByte(file, Magic.Length, $"npy version {start[^2]}.{start[^1]} is not known; 1.0, 2.0 and 3.0 are");
        var lengthBytes = Take(stream, file, start.Length, start[^2] == 1 ? 2 : 4);
        var length = lengthBytes.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes) : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        var place = start.Length + lengthBytes.Length;
        if (length > LongestHeader) throw FileContentException.AtByte(file, start.Length, $"the header would have {length} bytes, at most {LongestHeader} are read");
        var (type, shape) = Parse(file, place, Encoding.Latin1.GetString(Take(stream, file, place, (int)length)));
        return new NpyHeader(type, shape, place + length);
    }

    private static (TensorType Type, int[] Shape) Parse(string file, long place, string text)
    {
        FileContentException Wrong(string problem) => FileContentException.AtByte(file, place, problem);
        var match = Dictionary().Match(text);
        var fields = new Dictionary<string, string>();
        if (match.Success)
            foreach (var (key, value) in match.Groups["key"].Captures.Zip(match.Groups["value"].Captures)) fields[key.Value] = value.Value.Trim('\'', '"', '(', ')');
        if (fields.Count != 3 || match.Groups["key"].Captures.Count != 3
            || !fields.TryGetValue("descr", out var name) || !fields.TryGetValue("fortran_order", out var order) || !fields.TryGetValue("shape", out var axes))
            throw Wrong("the header does not name descr, fortran_order and shape of a plain array: the file is damaged or of a kind that is not read");
        var known = Types.Where(pair => pair.Name == name).ToArray();
        if (known.Length == 0) throw Wrong($"numbers of type '{name}' are not read, {string.Join(", ", Types.Select(pair => pair.Name))} are: convert with numpy's astype");
        var lengths = axes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var shape = new int[lengths.Length];
        for (var i = 0; i < shape.Length; i++)
            if (!int.TryParse(lengths[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i])) throw Wrong($"axis {i} has the length '{lengths[i]}', 0 to {int.MaxValue} was expected");
        if (order == "True" && shape.Length > 1) throw Wrong("the array is in Fortran order: save numpy.ascontiguousarray(array)");
        if (Tensor.CountOf(shape) is < 0 or > long.MaxValue / 8) throw Wrong($"the shape ({axes}) holds more numbers than any file");
        return (known[0].Type, shape);
    }

    private static byte[] Take(Stream stream, string file, long place, int count)
    {
        var bytes = new byte[count];
        var read = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        if (read < count) throw FileContentException.AtByte(file, place + read, "the file ends in its header: it was cut or is no npy file");
        return bytes;
    }

    [GeneratedRegex("""^\{\s*(?:['"](?<key>\w+)['"]\s*:\s*(?<value>'[^']*'|"[^"]*"|True|False|\([\d\s,]*\))\s*(?:,\s*|(?=\})))*\}\s*$""", RegexOptions.CultureInvariant)]
    private static partial Regex Dictionary();
}
