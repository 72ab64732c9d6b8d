using System.Text.Json;

namespace Locus.Formats;

/// <summary>
/// Adds lines to a jsonl file. Each line goes to the system in one write, its line feed last, so that a process killed at any
/// moment leaves at most one partial line, at the end; the next writer on the file removes it.
/// </summary>
public sealed class JsonLinesWriter : IDisposable
{
    private readonly FileStream stream;
    private readonly string file;

    /// <summary>Opens or creates a file and goes to its end.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public JsonLinesWriter(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        file = path;
        try
        {
            // No buffer: a line is on its way when Append returns.
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            try
            {
                Mend();
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (Exception error) when (FileAccessException.Covers(error))
        {
            throw FileAccessException.Of(path, error);
        }
    }

    /// <summary>Adds one object as a line.</summary>
    /// <typeparam name="T">A record, a dictionary, a JsonObject: anything that becomes a JSON object.</typeparam>
    /// <param name="value">The object.</param>
    /// <param name="options">How it becomes JSON; left out: <see cref="JsonLines.DefaultOptions"/>. It must not be indented.</param>
    /// <exception cref="ArgumentException">The value does not become a JSON object on one line.</exception>
    /// <exception cref="FileAccessException">The disk is full or gone; what was written of the line is taken back.</exception>
    public void Append<T>(T value, JsonSerializerOptions? options = null)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(value, options ?? JsonLines.DefaultOptions), (byte)'\n'];
        if (line[0] != '{' || line.AsSpan().IndexOf((byte)'\n') != line.Length - 1)
            throw new ArgumentException("a line of jsonl is one JSON object without line breaks", nameof(value));
        var before = stream.Position;
        try
        {
            stream.Write(line);
        }
        catch (Exception error) when (FileAccessException.Covers(error))
        {
            CutBack(before);
            throw FileAccessException.Of(file, error);
        }
    }

    /// <summary>Waits until all lines are on the disk; without it they survive the end of the process, not that of the machine.</summary>
    /// <exception cref="FileAccessException">The disk is full or gone.</exception>
    public void Flush()
    {
        try
        {
            stream.Flush(flushToDisk: true);
        }
        catch (Exception error) when (FileAccessException.Covers(error))
        {
            throw FileAccessException.Of(file, error);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();

    private void CutBack(long length)
    {
        try
        {
            stream.SetLength(length);
            stream.Position = length;
        }
        catch (IOException)
        {
            // The error that brought us here is the one to tell; the next writer on the file removes what is left of the line.
        }
    }

    // A last line without its line feed: a whole object (some editors end so) gets one, half of one goes.
    private void Mend()
    {
        if (!stream.CanSeek) throw new IOException("this is a pipe or a device, a plain file was expected");
        var start = stream.Length;
        var buffer = new byte[4096];
        while (start > 0)
        {
            var count = (int)Math.Min(buffer.Length, start);
            stream.Position = start - count;
            stream.ReadExactly(buffer, 0, count);
            var at = buffer.AsSpan(0, count).LastIndexOf((byte)'\n');
            start += at + 1 - count;
            if (at >= 0) break;
        }
        var tail = new byte[stream.Length - start];
        stream.Position = start;
        stream.ReadExactly(tail);
        if (tail.Length == 0) return;
        if (JsonLines.TryParse(tail).Value is not null) stream.Write("\n"u8);
        else stream.SetLength(start);
        stream.Position = stream.Length;
    }
}
