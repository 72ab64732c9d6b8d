namespace Locus.Formats;

/// <summary>An array of numbers of one type with any number of axes, in C order (the last axis runs fastest): what safetensors and npy hold.</summary>
public sealed class Tensor
{
    private readonly byte[] bytes;

    private Tensor(TensorType type, int[] shape, byte[] bytes)
    {
        Type = type;
        Shape = shape;
        this.bytes = bytes;
    }

    /// <summary>The type of the numbers.</summary>
    public TensorType Type { get; }

    /// <summary>The lengths of the axes; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>How many numbers there are: the product of <see cref="Shape"/>.</summary>
    public int Count => bytes.Length / Type.Size();

    /// <summary>The numbers as they lie in a file, little-endian, [Count * size of the type].</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>A copy of numbers under a shape.</summary>
    /// <typeparam name="T">byte, int, long, float or double.</typeparam>
    /// <param name="values">The numbers in C order.</param>
    /// <param name="shape">Lengths of the axes, each at least 0, their product the number of values; left out: one axis.</param>
    /// <exception cref="ArgumentException">The shape holds another number of values, or T cannot be stored.</exception>
    public static Tensor Of<T>(ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var type = TensorTypes.Of<T>();
        int[] axes = shape.IsEmpty ? [values.Length] : shape.ToArray();
        if (CountOf(axes) != values.Length)
            throw new ArgumentException($"{values.Length} values do not fill the shape ({string.Join(", ", axes)})", nameof(shape));
        return new Tensor(type, axes, TensorTypes.Bytes(values).ToArray());
    }

    /// <summary>A single number, with no axis.</summary>
    /// <typeparam name="T">byte, int, long, float or double.</typeparam>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException">T cannot be stored.</exception>
    public static Tensor Scalar<T>(T value)
        where T : unmanaged => new(TensorTypes.Of<T>(), [], TensorTypes.Bytes<T>([value]).ToArray());

    /// <summary>A new array of all numbers, in C order.</summary>
    /// <typeparam name="T">The .NET type that belongs to <see cref="Type"/>; nothing is converted.</typeparam>
    /// <exception cref="ArgumentException">T is not the type of the numbers.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var values = new T[Count];
        CopyTo<T>(values);
        return values;
    }

    /// <summary>Copies all numbers, in C order.</summary>
    /// <typeparam name="T">The .NET type that belongs to <see cref="Type"/>; nothing is converted.</typeparam>
    /// <param name="target">[Count]</param>
    /// <exception cref="ArgumentException">T is not the type of the numbers, or the target has another length.</exception>
    public void CopyTo<T>(Span<T> target)
        where T : unmanaged
    {
        if (TensorTypes.Of<T>() != Type) throw new ArgumentException($"the tensor holds {Type}, {TensorTypes.Of<T>()} was asked for");
        if (target.Length != Count) throw new ArgumentException($"the tensor holds {Count} numbers, the target {target.Length}", nameof(target));
        TensorTypes.Fill(target, bytes.CopyTo);
    }

    /// <summary>A tensor around bytes that a reader has checked: <paramref name="bytes"/> has the size of type and shape.</summary>
    internal static Tensor Around(TensorType type, int[] shape, byte[] bytes) => new(type, shape, bytes);

    /// <summary>The product of the axes; -1 where an axis is negative or the product leaves 63 bits.</summary>
    internal static long CountOf(ReadOnlySpan<int> shape)
    {
        // A zero anywhere makes the product zero, however large the others are: it is looked for first.
        if (shape.IndexOfAnyInRange(int.MinValue, -1) >= 0) return -1;
        if (shape.Contains(0)) return 0;
        long count = 1;
        foreach (var length in shape)
        {
            if (count > long.MaxValue / length) return -1;
            count *= length;
        }
        return count;
    }
}
