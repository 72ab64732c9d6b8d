using System.Security.Cryptography;
using Locus.Formats;

namespace Locus.Problems.Energies;

/// <summary>A file that an energy is made from, named so that it is found again from any folder, and known again by its content.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Hash">SHA-256 of the content, as 64 hexadecimal digits in lower case.</param>
public sealed record DataFile(string Path, string Hash)
{
    // Tables and networks of a few coordinates are far smaller; a larger file is another one.
    private const long MostBytes = 1L << 30;

    /// <summary>Opens a file, takes its hash and hands its content on.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads the content of the stream; the text is the file's name for messages.</param>
    /// <exception cref="FileContentException">The content is not what <paramref name="read"/> reads.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    internal static (DataFile File, T Content) Read<T>(string path, Func<Stream, string, T> read) => InputFile.Read(path, stream =>
    {
        if (!stream.CanSeek) throw FileContentException.AtByte(path, 0, "this is a pipe or a device; a plain file was expected, for it is read again whenever its problem is");
        if (stream.Length > MostBytes) throw FileContentException.AtByte(path, MostBytes, $"the file is larger than {MostBytes >> 20} MB: this is not the data of an energy");
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        stream.Position = 0;
        return (new DataFile(System.IO.Path.GetFullPath(path), hash), read(stream, path));
    });
}
