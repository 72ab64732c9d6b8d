namespace Locus.Formats;

/// <summary>Opens files for reading so that every trouble ends in an error that names the file.</summary>
internal static class InputFile
{
    /// <summary>Opens <paramref name="path"/> and hands its stream to <paramref name="reader"/>.</summary>
    /// <exception cref="FileAccessException">The file is missing, or reading it fails.</exception>
    public static T Read<T>(string path, Func<Stream, T> reader)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = Open(path);
            return reader(stream);
        }
        catch (Exception error) when (FileAccessException.Covers(error))
        {
            throw FileAccessException.Of(path, error);
        }
    }

    /// <summary>Opens <paramref name="path"/>; others may go on reading and appending to it.</summary>
    /// <exception cref="FileAccessException">The file is missing or may not be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
        }
        catch (Exception error) when (FileAccessException.Covers(error))
        {
            throw FileAccessException.Of(path, error);
        }
    }
}
