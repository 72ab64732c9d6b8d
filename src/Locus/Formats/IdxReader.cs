// IDX, the format of the MNIST files: 0, 0, the type of the numbers (8: a byte), the number of axes, the length of each axis as four bytes, the highest first, and the numbers in C order.
using System.Buffers.Binary;
using System.IO.Compression;

namespace Locus.Formats;

/// <summary>Reads IDX files of bytes, plain or compressed by gzip.</summary>
public static class IdxReader
{
    private const int TypeByte = 8, MostAxes = 8;

    /// <summary>Reads a whole stream.</summary>
    /// <param name="stream">The content; one that can seek.</param>
    /// <param name="name">The name of the source, for errors.</param>
    /// <exception cref="FileContentException">The content is damaged, cut, or not IDX of bytes.</exception>
    public static Tensor Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var isPacked = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        try
        {
            using var unpacked = isPacked ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : stream;
            return ReadPlain(unpacked, name);
        }
        catch (InvalidDataException error)
        {
            throw FileContentException.AtByte(name, stream.Position, "the file is compressed by gzip and damaged or cut; fetch it again", error);
        }
    }

    private static Tensor ReadPlain(Stream stream, string name)
    {
        Span<byte> four = stackalloc byte[4];
        Fill(stream, four, name, 0);
        if (four[0] != 0 || four[1] != 0 || four[2] != TypeByte || four[3] is 0 or > MostAxes)
            throw FileContentException.AtByte(name, 0, $"the file begins with the bytes {Convert.ToHexString(four)}, where IDX images begin with 00000803: it is another kind of file");
        var shape = new int[four[3]];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            Fill(stream, four, name, 4 + 4 * axis);
            shape[axis] = BinaryPrimitives.ReadInt32BigEndian(four);
        }
        var count = Tensor.CountOf(shape);
        if (count < 0 || count > Array.MaxLength) throw FileContentException.AtByte(name, 4, $"the shape ({string.Join(", ", shape)}) holds no possible number of bytes: the file is damaged");
        var bytes = new byte[count];
        Fill(stream, bytes, name, 4 + 4 * shape.Length);
        return stream.ReadByte() < 0 ? Tensor.Around(TensorType.U8, shape, bytes) : throw FileContentException.AtByte(name, 4 + 4 * shape.Length + count, "the file goes on after its numbers: it is damaged");
    }

    private static void Fill(Stream stream, Span<byte> target, string name, long offset)
    {
        var read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (read < target.Length) throw FileContentException.AtByte(name, offset + read, "the file ends here, in the middle of its content: it was cut; fetch it again");
    }
}
