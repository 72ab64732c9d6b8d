namespace Locus.Formats;

/// <summary>
/// Writes npy, version 1.0, little-endian, in C order, byte for byte as numpy.save does. Samples are float64 of shape (N, D).
/// The shape is told first and the numbers follow in as many pieces as the caller likes, so that nothing must be held in memory.
/// </summary>
public sealed class NpyWriter
{
    private readonly Stream stream;
    private readonly TensorType type;
    private long left;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Where the bytes go; only written, never sought, and not closed.</param>
    /// <param name="type">The type of the numbers.</param>
    /// <param name="shape">Lengths of the axes, such as (N, D); each at least 0, at most 32 of them.</param>
    /// <exception cref="ArgumentException">The shape is none.</exception>
    public NpyWriter(Stream stream, TensorType type, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        left = Tensor.CountOf(shape);
        if (left < 0 || shape.Length > 32) throw new ArgumentException($"({string.Join(", ", shape.ToArray())}) is no shape: at most 32 axes from 0 on were expected", nameof(shape));
        this.stream = stream;
        this.type = type;
        stream.Write(NpyHeader.Write(type, shape));
    }

    /// <summary>Writes the next numbers, in C order: a row, a part of one, or many.</summary>
    /// <typeparam name="T">The .NET type that belongs to the type of the file; nothing is converted.</typeparam>
    /// <param name="values">The numbers.</param>
    /// <exception cref="ArgumentException">T is another type, or there are more numbers than the shape holds.</exception>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (TensorTypes.Of<T>() != type) throw new ArgumentException($"the file holds {type}, {TensorTypes.Of<T>()} was given");
        if (values.Length > left) throw new ArgumentException($"{values.Length} numbers were given where the shape leaves room for {left}", nameof(values));
        stream.Write(TensorTypes.Bytes(values));
        left -= values.Length;
    }

    /// <summary>Says that all numbers were written.</summary>
    /// <exception cref="InvalidOperationException">Some are missing.</exception>
    public void Complete()
    {
        if (left > 0) throw new InvalidOperationException($"{left} numbers that the shape announced were not written");
    }

    /// <summary>Writes a file at once or not at all, see <see cref="AtomicFile"/>.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensor">The array.</param>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public static void Write(string path, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(NpyHeader.Write(tensor.Type, [.. tensor.Shape]));
            stream.Write(tensor.Bytes);
        });
    }

    /// <summary>Writes a file piece by piece; it appears under its name when all is there, see <see cref="AtomicFile"/>.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="type">The type of the numbers.</param>
    /// <param name="shape">Lengths of the axes, such as (N, D).</param>
    /// <param name="rows">Writes all numbers.</param>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">Fewer numbers were written than the shape holds; no file was made.</exception>
    public static void Write(string path, TensorType type, int[] shape, Action<NpyWriter> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        AtomicFile.Write(path, stream =>
        {
            var writer = new NpyWriter(stream, type, shape);
            rows(writer);
            writer.Complete();
        });
    }
}
