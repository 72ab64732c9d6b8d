namespace Locus.Formats;

/// <summary>Opens files for reading so that every trouble ends in an error that names the file.</summary>
public static class InputFile
{
    /// <summary>Opens <paramref name="path"/> and hands its stream to <paramref name="reader"/>.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="reader">Reads the stream.</param>
    /// <exception cref="FileAccessException">The file is missing, or reading it fails.</exception>
    public static T Read<T>(string path, Func<Stream, T> reader)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(reader);
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
    /// <param name="path">The file.</param>
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
