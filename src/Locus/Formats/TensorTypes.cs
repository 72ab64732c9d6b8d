using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Locus.Formats;

/// <summary>Sizes of the number types, and numbers from and to little-endian bytes on any machine.</summary>
internal static class TensorTypes
{
    /// <summary>Bytes of one number.</summary>
    public static int Size(this TensorType type) => type switch
    {
        TensorType.U8 => 1,
        TensorType.I32 or TensorType.F32 => 4,
        TensorType.I64 or TensorType.F64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a tensor type"),
    };

    /// <summary>The type under which numbers of the .NET type <typeparamref name="T"/> are stored.</summary>
    /// <exception cref="ArgumentException">T is none of byte, int, long, float, double.</exception>
    public static TensorType Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(byte) ? TensorType.U8
        : typeof(T) == typeof(int) ? TensorType.I32
        : typeof(T) == typeof(long) ? TensorType.I64
        : typeof(T) == typeof(float) ? TensorType.F32
        : typeof(T) == typeof(double) ? TensorType.F64
        : throw new ArgumentException($"{typeof(T).Name} cannot be stored: byte, int, long, float and double can");

    /// <summary>Numbers as little-endian bytes: a view of them where the machine is little-endian too, a copy elsewhere.</summary>
    public static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        if (BitConverter.IsLittleEndian) return bytes;
        var copy = bytes.ToArray();
        Reverse(copy, Unsafe.SizeOf<T>());
        return copy;
    }

    /// <summary>Takes numbers from a source of little-endian bytes that fills what it is given.</summary>
    public static void Fill<T>(Span<T> values, Action<Span<byte>> source)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        source(bytes);
        if (!BitConverter.IsLittleEndian) Reverse(bytes, Unsafe.SizeOf<T>());
    }

    private static void Reverse(Span<byte> bytes, int size)
    {
        for (var i = 0; i < bytes.Length; i += size) bytes.Slice(i, size).Reverse();
    }
}
