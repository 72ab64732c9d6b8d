namespace Locus.Formats;

/// <summary>
/// Reads npy, versions 1.0 to 3.0: float32, float64, int32, int64 and uint8, little-endian, in C order, any number of axes.
/// Other kinds are refused with the numpy call that converts them. A file that was cut, or has bytes left over, is refused.
/// </summary>
public sealed class NpyReader : IDisposable
{
    private readonly Stream stream;
    private readonly string file;
    private readonly NpyHeader header;
    private long left;

    /// <summary>Reads the header.</summary>
    /// <param name="stream">The content; closed with the reader.</param>
    /// <param name="name">The name of the source, for errors.</param>
    /// <exception cref="FileContentException">This is no npy file, or one of a kind that is not read.</exception>
    public NpyReader(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        this.stream = stream;
        file = name;
        header = NpyHeader.Read(stream, name);
        left = Tensor.CountOf(header.Shape);
        var end = header.Length + left * header.Type.Size();
        // Before memory is taken for numbers that are not there.
        if (stream.CanSeek && stream.Length != end)
            throw FileContentException.AtByte(name, Math.Min(stream.Length, end), $"the file has {stream.Length} bytes where its shape ({string.Join(", ", Shape)}) needs {end}: it was cut or is damaged");
    }

    /// <summary>The type of the numbers.</summary>
    public TensorType Type => header.Type;

    /// <summary>The lengths of the axes; empty for a single number.</summary>
    public IReadOnlyList<int> Shape => header.Shape;

    /// <summary>Opens a file for reading piece by piece.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileContentException">This is no npy file, or one of a kind that is not read.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public static NpyReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var stream = InputFile.Open(path);
        try
        {
            return new NpyReader(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileContentException">The file is damaged, cut, no npy file, or one of a kind that is not read.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public static Tensor Read(string path) => InputFile.Read(path, stream => Read(stream, path));

    /// <summary>Reads a whole stream.</summary>
    /// <param name="stream">The content; it is closed.</param>
    /// <param name="name">The name of the source, for errors.</param>
    /// <exception cref="FileContentException">The content is damaged, cut, not npy, or of a kind that is not read.</exception>
    public static Tensor Read(Stream stream, string name)
    {
        using var reader = new NpyReader(stream, name);
        if (reader.left * reader.Type.Size() > Array.MaxLength)
            throw FileContentException.AtByte(name, 0, $"{reader.left} numbers are more than one array holds; read the file piece by piece");
        var bytes = new byte[reader.left * reader.Type.Size()];
        reader.Fill(bytes);
        reader.left = 0;
        if (stream.ReadByte() >= 0) throw FileContentException.AtByte(name, reader.header.Length + bytes.Length, "bytes are left over behind the array: the file is damaged");
        return Tensor.Around(reader.Type, reader.header.Shape, bytes);
    }

    /// <summary>Reads the next numbers, in C order.</summary>
    /// <typeparam name="T">The .NET type that belongs to <see cref="Type"/>; nothing is converted.</typeparam>
    /// <param name="target">Filled from its start; a row, a part of one, or many.</param>
    /// <returns>How many numbers were read: less than asked for, down to 0, at the end of the array only.</returns>
    /// <exception cref="ArgumentException">T is another type than that of the file.</exception>
    /// <exception cref="FileContentException">The content ends before the array does.</exception>
    public int Read<T>(Span<T> target)
        where T : unmanaged
    {
        if (TensorTypes.Of<T>() != Type) throw new ArgumentException($"{file} holds {Type}, {TensorTypes.Of<T>()} was asked for");
        var count = (int)Math.Min(left, target.Length);
        TensorTypes.Fill(target[..count], Fill);
        left -= count;
        return count;
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose() => stream.Dispose();

    private void Fill(Span<byte> bytes)
    {
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw FileContentException.AtByte(file, header.Length + Tensor.CountOf(header.Shape) * Type.Size() - left * Type.Size() + read, "the file ends here, before its array does: it was cut");
    }
}
