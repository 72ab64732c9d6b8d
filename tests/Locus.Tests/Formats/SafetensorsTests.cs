using System.Buffers.Binary;
using System.Text;
using Locus.Formats;

namespace Locus.Tests.Formats;

public class SafetensorsTests
{
    private static readonly Dictionary<string, string> Texts = new() { ["seed"] = "7", ["problem"] = "three-rings" };

    internal static Dictionary<string, Tensor> Tensors() => new()
    {
        ["mask"] = Tensor.Of<byte>([0, 1, 255]),
        ["weights"] = Tensor.Of<float>([1, -2, 0.5f, 3, 0.1f, -0f], 2, 3),
        ["count"] = Tensor.Scalar(-7),
        ["loss"] = Tensor.Of<double>([0.1, -1e300]),
        ["adam.step"] = Tensor.Of<long>([1L << 40]),
    };

    [Fact]
    public void The_bytes_are_those_that_Python_writes_by_hand() => Assert.Equal(Golden.Bytes("checkpoint.safetensors"), Written(Tensors(), Texts));

    [Fact]
    public void Everything_comes_back()
    {
        var content = SafetensorsReader.Read(Golden.Find("checkpoint.safetensors"), requireChecksum: true);
        Assert.True(content.Verified);
        Assert.Equal(Texts, content.Metadata);
        Assert.Equal(Tensors().Keys.Order(), content.Tensors.Keys.Order());
        foreach (var (name, tensor) in Tensors())
        {
            Assert.Equal(tensor.Type, content.Tensors[name].Type);
            Assert.Equal(tensor.Shape, content.Tensors[name].Shape);
            Assert.Equal(tensor.Bytes, content.Tensors[name].Bytes);
        }
        Assert.Equal([1, -2, 0.5f, 3, 0.1f, -0f], content.Tensors["weights"].ToArray<float>());
        Assert.Equal([-7], content.Tensors["count"].ToArray<int>());
        Assert.Contains("F32", Assert.Throws<ArgumentException>(() => content.Tensors["weights"].ToArray<double>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_damaged_byte_is_refused(bool requireChecksum)
    {
        var whole = Golden.Bytes("checkpoint.safetensors");
        for (var i = 0; i < whole.Length; i++)
        {
            // Each bit (0x20 is the other case of a letter), all bits, and the values that a failing disk leaves.
            foreach (var value in (byte[])[.. Enumerable.Range(0, 8).Select(bit => (byte)(whole[i] ^ (1 << bit))), (byte)~whole[i], 0, 255, (byte)' ', (byte)'"', (byte)'\\'])
            {
                if (value == whole[i]) continue;
                var damaged = (byte[])whole.Clone();
                damaged[i] = value;
                AssertRefused(damaged, requireChecksum, $"byte {i} as {value}");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_truncation_and_every_addition_is_refused(bool requireChecksum)
    {
        var whole = Golden.Bytes("checkpoint.safetensors");
        for (var length = 0; length < whole.Length; length++) AssertRefused(whole[..length], requireChecksum, $"length {length}");
        AssertRefused([.. whole, 0], requireChecksum, "one byte more");
        AssertRefused([.. whole, .. whole], requireChecksum, "twice");
    }

    [Fact]
    public void A_damaged_file_on_the_disk_is_named()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder["last.safetensors"], Tensors());
        var bytes = File.ReadAllBytes(folder["last.safetensors"]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(folder["last.safetensors"], bytes);
        var error = Assert.Throws<FileContentException>(() => SafetensorsReader.Read(folder["last.safetensors"]));
        Assert.StartsWith(folder["last.safetensors"] + ", byte 8: the checksum does not fit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_way_of_writing_the_checksum_is_refused()
    {
        var text = Encoding.Latin1.GetString(Golden.Bytes("checkpoint.safetensors"));
        var start = text.IndexOf("sha256:", StringComparison.Ordinal) + 7;
        var digits = text.Substring(start, 64);
        AssertRefused(Encoding.Latin1.GetBytes(text.Replace(digits, digits.ToUpperInvariant(), StringComparison.Ordinal)), false, "upper case");
        // The same JSON text with an escaped digit: the header must shrink elsewhere to keep its length.
        var escaped = text.Replace(digits, $"\\u00{(int)digits[0]:x2}{digits[1..]}", StringComparison.Ordinal);
        AssertRefused(Encoding.Latin1.GetBytes(escaped), false, "escaped, length wrong");
        var content = Encoding.Latin1.GetBytes(escaped);
        BinaryPrimitives.WriteUInt64LittleEndian(content, BinaryPrimitives.ReadUInt64LittleEndian(content) + 5);
        AssertRefused(content, false, "escaped, length right");
    }

    [Fact]
    public void Files_by_others_are_read_unless_a_checksum_is_required()
    {
        var foreign = Made("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"b":{"shape":[4],"dtype":"U8","data_offsets":[0,4]},"__metadata__":{"format":"pt","checksum":"theirs"}}   """, 8);
        var content = Read(foreign);
        Assert.False(content.Verified);
        Assert.Equal("theirs", content.Metadata["checksum"]);
        Assert.Equal([4], content.Tensors["b"].Shape);
        var error = Assert.Throws<FileContentException>(() => Read(foreign, requireChecksum: true));
        Assert.Contains("checksum is missing", error.Message, StringComparison.Ordinal);
        Assert.Empty(Read(Made("{}", 0)).Tensors);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "the file has 3")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "the file has 5")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "begin <= end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "begin <= end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "do not fit")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,7]}}""", 7, "do not fit")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4, "do not fit")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9999999999],"data_offsets":[0,4]}}""", 4, "axis")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}""", 4, "shape holds -4")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4.0],"data_offsets":[0,4]}}""", 4, "shape holds 4.0")]
    [InlineData("""{"a":{"dtype":"U8","shape":4,"data_offsets":[0,4]}}""", 4, "not a list")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,1e400]}}""", 4, "1e400")]
    [InlineData("""{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""", 4, "'BF16'")]
    [InlineData("""{"a":{"dtype":"3","shape":[1],"data_offsets":[0,4]}}""", 4, "'3'")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "'7'")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"more":1}}""", 4, "'more'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"\u0061":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}""", 4, "JSON")]
    [InlineData("""{"a\ud800":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4, "JSON")]
    [InlineData("""{"a":[1]}""", 0, "not an object")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "not a text")]
    [InlineData("""{"__metadata__":{"writer":"locus"}}""", 0, "checksum is missing")]
    [InlineData("""{"a":{"b":{"c":{"d":{}}}}}""", 0, "JSON")]
    [InlineData("[]", 0, "begin with '{'")]
    [InlineData("", 0, "begin with '{'")]
    [InlineData("{", 0, "JSON")]
    public void A_header_with_a_mistake_is_refused(string header, int dataLength, string expected)
    {
        var error = Assert.Throws<FileContentException>(() => Read(Made(header, dataLength)));
        Assert.StartsWith("foreign.safetensors, byte ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(100_000_001)]
    [InlineData(3)]
    public void A_header_longer_than_the_file_is_refused_before_memory_is_taken(ulong length)
    {
        var bytes = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        Assert.Contains("the header should have", Assert.Throws<FileContentException>(() => Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_damage_to_a_file_without_checksum_ends_in_content_or_in_the_one_error()
    {
        var random = new Random(5);
        var whole = Made("""{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[4,12]},"b":{"shape":[4],"dtype":"U8","data_offsets":[0,4]},"__metadata__":{"format":"pt"}} """, 12);
        var refused = 0;
        for (var round = 0; round < 5000; round++)
        {
            var bytes = (byte[])whole.Clone();
            for (var i = random.Next(1, 5); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Read(bytes);
            }
            catch (FileContentException)
            {
                refused++;
            }
        }
        // Damage to data, names and metadata is not seen without a checksum; that to the structure is.
        Assert.InRange(refused, 3000, 4990);
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_and_every_tensor_lies_at_a_multiple_of_its_size()
    {
        var bytes = Written(Tensors(), Texts);
        Assert.Equal(bytes, Written(Tensors().Reverse().ToDictionary(), Texts.Reverse().ToDictionary()));
        Assert.Equal(0UL, BinaryPrimitives.ReadUInt64LittleEndian(bytes) % 8);
        Assert.NotEqual(bytes, Written(Tensors(), new Dictionary<string, string> { ["seed"] = "8" }));
    }

    [Fact]
    public void Names_that_need_escapes_come_back()
    {
        var content = Read(Written(new() { ["\"\\\n ü 𝄞"] = Tensor.Of<float>([], 0, 5) }, new() { ["<&>"] = "\u0001" }));
        Assert.Equal([0, 5], content.Tensors["\"\\\n ü 𝄞"].Shape);
        Assert.Equal("\u0001", content.Metadata["<&>"]);
    }

    [Fact]
    public void All_names_that_are_taken_are_told_at_once()
    {
        var error = Assert.Throws<ArgumentException>(() => Written(new() { ["__metadata__"] = Tensor.Scalar(1), [""] = Tensor.Scalar(1) }, new() { ["checksum"] = "", ["writer"] = "" }));
        foreach (var part in (string[])["no name", "__metadata__", "checksum", "writer"]) Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains("(2, 2)", Assert.Throws<ArgumentException>(() => Tensor.Of<float>([1, 2, 3], 2, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Tensor.Of<short>([1]));
    }

    private static void AssertRefused(byte[] bytes, bool requireChecksum, string what)
    {
        try
        {
            Read(bytes, requireChecksum);
        }
        catch (FileContentException error)
        {
            Assert.StartsWith("foreign.safetensors, byte ", error.Message, StringComparison.Ordinal);
            return;
        }
        Assert.Fail($"{what} was not noticed");
    }

    private static SafetensorsContent Read(byte[] bytes, bool requireChecksum = false) =>
        SafetensorsReader.Read(new MemoryStream(bytes), "foreign.safetensors", requireChecksum);

    private static byte[] Written(Dictionary<string, Tensor> tensors, Dictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    private static byte[] Made(string header, int dataLength)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)json.Length);
        json.CopyTo(bytes, 8);
        return bytes;
    }
}
