using System.Text;
using Locus.Formats;

namespace Locus.Tests.Formats;

public class NpyTests
{
    private static readonly Tensor Samples = Tensor.Of<float>([0.5f, -1.25f, 3, 1e-7f, float.PositiveInfinity, -0f], 3, 2);
    private static readonly Tensor Energies = Tensor.Of<double>([0.1, -2.5e300, 5e-324, 1.0 / 3]);

    [Fact]
    public void The_bytes_are_those_of_numpy()
    {
        using var folder = new TemporaryFolder();
        NpyWriter.Write(folder["samples.npy"], Samples);
        NpyWriter.Write(folder["energies.npy"], Energies);
        Assert.Equal(Golden.Bytes("samples.npy"), File.ReadAllBytes(folder["samples.npy"]));
        Assert.Equal(Golden.Bytes("energies.npy"), File.ReadAllBytes(folder["energies.npy"]));
    }

    [Fact]
    public void What_numpy_wrote_is_read()
    {
        var samples = NpyReader.Read(Golden.Find("samples.npy"));
        Assert.Equal([3, 2], samples.Shape);
        Assert.Equal(Samples.Bytes, samples.Bytes);
        Assert.Equal([0.1, -2.5e300, 5e-324, 1.0 / 3], NpyReader.Read(Golden.Find("energies.npy")).ToArray<double>());
    }

    [Fact]
    public void Rows_that_are_written_and_read_one_by_one_are_the_same_file()
    {
        using var folder = new TemporaryFolder();
        NpyWriter.Write(folder["a.npy"], TensorType.F32, [3, 2], writer =>
        {
            var values = Samples.ToArray<float>();
            writer.Write<float>(values.AsSpan(0, 2));
            writer.Write<float>(values.AsSpan(2, 1));
            writer.Write<float>(values.AsSpan(3));
        });
        Assert.Equal(Golden.Bytes("samples.npy"), File.ReadAllBytes(folder["a.npy"]));

        using var reader = NpyReader.Open(folder["a.npy"]);
        var rows = new float[4];
        Assert.Equal(4, reader.Read<float>(rows));
        Assert.Equal([0.5f, -1.25f, 3, 1e-7f], rows);
        Assert.Equal(2, reader.Read<float>(rows));
        Assert.Equal([float.PositiveInfinity, -0f], rows[..2]);
        Assert.Equal(0, reader.Read<float>(rows));
    }

    [Fact]
    public void Too_many_too_few_and_other_numbers_leave_no_file()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => NpyWriter.Write(folder["a.npy"], TensorType.F32, [1, 2], writer => writer.Write<float>([1, 2, 3])));
        Assert.Throws<ArgumentException>(() => NpyWriter.Write(folder["a.npy"], TensorType.F32, [1, 2], writer => writer.Write<double>([1, 2])));
        Assert.Throws<InvalidOperationException>(() => NpyWriter.Write(folder["a.npy"], TensorType.F32, [1, 2], writer => writer.Write<float>([1])));
        Assert.Throws<ArgumentException>(() => NpyWriter.Write(folder["a.npy"], TensorType.F32, [-1, 2], _ => { }));
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData(TensorType.U8)]
    [InlineData(TensorType.I32)]
    [InlineData(TensorType.I64)]
    public void Every_type_and_every_number_of_axes_comes_back(TensorType type)
    {
        using var folder = new TemporaryFolder();
        foreach (var shape in (int[][])[[2], [2, 1], [1, 2, 1], [2, 0], [0]])
        {
            var tensor = type switch
            {
                TensorType.U8 => Tensor.Of<byte>(shape.Contains(0) ? [] : [7, 255], shape),
                TensorType.I32 => Tensor.Of<int>(shape.Contains(0) ? [] : [7, -1], shape),
                _ => Tensor.Of<long>(shape.Contains(0) ? [] : [7, long.MinValue], shape),
            };
            NpyWriter.Write(folder["a.npy"], tensor);
            var read = NpyReader.Read(folder["a.npy"]);
            Assert.Equal((type, 0), (read.Type, new FileInfo(folder["a.npy"]).Length % 64 - tensor.Bytes.Length));
            Assert.Equal(shape, read.Shape);
            Assert.Equal(tensor.Bytes, read.Bytes);
        }
        NpyWriter.Write(folder["a.npy"], Tensor.Scalar(0.5));
        Assert.Empty(NpyReader.Read(folder["a.npy"]).Shape);
    }

    [Fact]
    public void Every_truncation_and_every_addition_is_refused()
    {
        var whole = Golden.Bytes("samples.npy");
        for (var length = 0; length < whole.Length; length++)
        {
            var error = Assert.Throws<FileContentException>(() => Read(whole[..length]));
            Assert.StartsWith("a.npy, byte ", error.Message, StringComparison.Ordinal);
        }
        Assert.Contains("the file has 153 bytes", Assert.Throws<FileContentException>(() => Read([.. whole, 0])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'<f4'", "'>f4'", "astype")]
    [InlineData("'<f4'", "'<c8'", "astype")]
    [InlineData("False", "True ", "ascontiguousarray")]
    [InlineData("(3, 2)", "(3, x)", "does not name")]
    [InlineData("(3, 2)", "(32,  ", "does not name")]
    [InlineData("(3, 2)", "(3, 3)", "needs 164")]
    [InlineData("'descr'", "'shape'", "does not name")]
    [InlineData("'shape': (3, 2), }          ", "'shape': (3, 2), 'other': 1}", "does not name")]
    [InlineData("(3, 2), }                  ", "(99999999999, 99999999999)}", "axis 0")]
    [InlineData("\u0001\0v", "\u0004\0v", "version 4.0")]
    [InlineData("NUMPY", "NUMPX", "does not begin")]
    public void A_header_with_a_mistake_is_refused(string good, string bad, string expected)
    {
        var text = Encoding.Latin1.GetString(Golden.Bytes("samples.npy"));
        var damaged = text.Replace(good, bad, StringComparison.Ordinal);
        // Version and length are raw bytes and stand side by side.
        Assert.NotEqual(text, damaged);
        Assert.Contains(expected, Assert.Throws<FileContentException>(() => Read(Encoding.Latin1.GetBytes(damaged))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_2_and_another_order_of_entries_are_read()
    {
        var header = "{\"shape\":(2,),'fortran_order': True , 'descr':\"<f4\"}\n";
        byte[] bytes = [0x93, .. "NUMPY"u8, 2, 0, (byte)header.Length, 0, 0, 0, .. Encoding.Latin1.GetBytes(header), 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40];
        Assert.Equal([1, 2], Read(bytes).ToArray<float>());
        bytes[9] = 255;
        bytes[10] = 255;
        Assert.Contains("at most", Assert.Throws<FileContentException>(() => Read(bytes)).Message, StringComparison.Ordinal);
    }

    private static Tensor Read(byte[] bytes) => NpyReader.Read(new MemoryStream(bytes), "a.npy");
}
