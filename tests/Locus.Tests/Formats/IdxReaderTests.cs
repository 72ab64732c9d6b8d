using System.IO.Compression;
using Locus.Formats;

namespace Locus.Tests.Formats;

public sealed class IdxReaderTests
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_come_with_their_shape_packed_or_not(bool packed)
    {
        var tensor = Read(packed ? Pack(Images) : Images);
        Assert.Equal([2, 1, 3], tensor.Shape);
        Assert.Equal<byte>([1, 2, 3, 4, 5, 255], tensor.ToArray<byte>());
    }

    [Fact]
    public void Each_cut_is_found()
    {
        for (var length = 0; length < Images.Length; length++) Assert.Throws<FileContentException>(() => Read(Images[..length]));
        var packed = Pack(Images);
        // The last ten bytes are the mark of the end, a checksum and a length: what is cut there, the content is whole.
        for (var length = 2; length < packed.Length - 10; length++) Assert.Throws<FileContentException>(() => Read(packed[..length]));
    }

    [Fact]
    public void What_is_no_idx_of_bytes_is_told()
    {
        Assert.Equal("images, byte 0: the file begins with the bytes 89504E47, where IDX images begin with 00000803: it is another kind of file", Message([0x89, 0x50, 0x4E, 0x47, 0, 0]));
        Assert.Contains("00000D03", Message([0, 0, 13, 3, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("no possible number of bytes", Message([0, 0, 8, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF]), StringComparison.Ordinal);
        Assert.Contains("no possible number of bytes", Message([0, 0, 8, 1, 0xFF, 0xFF, 0xFF, 0xFF]), StringComparison.Ordinal);
        Assert.Equal("images, byte 22: the file goes on after its numbers: it is damaged", Message([.. Images, 0]));
        Assert.Equal("images, byte 21: the file ends here, in the middle of its content: it was cut; fetch it again", Message(Images[..^1]));
    }

    private static byte[] Pack(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var packed = new GZipStream(memory, CompressionLevel.Optimal)) packed.Write(content);
        return memory.ToArray();
    }

    private static Tensor Read(byte[] content) => IdxReader.Read(new MemoryStream(content), "images");

    private static string Message(byte[] content) => Assert.Throws<FileContentException>(() => Read(content)).Message;
}
