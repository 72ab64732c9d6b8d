using System.Text;

namespace Locus.Formats;

/// <summary>
/// Writes a file so that nobody ever sees half of it: the content goes to a temporary name in the same folder, is flushed to the
/// disk and then renamed over the target. Until the rename the old file stays as it was; after it the new one is whole.
/// A temporary that a killed process left behind is removed by the next write to the same file.
/// </summary>
public static class AtomicFile
{
    private const string Suffix = ".tmp";
    private const int MarkLength = 8;

    /// <summary>Replaces or creates <paramref name="path"/>. A link is followed; a device such as /dev/null is written to directly.</summary>
    /// <param name="path">The target; its folder must exist.</param>
    /// <param name="content">Writes the bytes; whatever it throws leaves the old file untouched and no temporary behind.</param>
    /// <exception cref="FileAccessException">Full disk, lacking rights, missing folder, or any other trouble with the file.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            var target = Target(path);
            if (IsDevice(path) || IsDevice(target)) Through(path, content);
            else Replace(target, content);
        }
        catch (Exception error) when (FileAccessException.Covers(error))
        {
            throw FileAccessException.Of(path, error);
        }
    }

    /// <summary>Replaces or creates <paramref name="path"/> with bytes.</summary>
    /// <param name="path">The target; its folder must exist.</param>
    /// <param name="content">All bytes of the file.</param>
    /// <exception cref="FileAccessException">Full disk, lacking rights, missing folder, or any other trouble with the file.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> content) => Write(path, stream => stream.Write(content.Span));

    /// <summary>Replaces or creates <paramref name="path"/> with text in UTF-8, without a byte order mark.</summary>
    /// <param name="path">The target; its folder must exist.</param>
    /// <param name="text">The whole text.</param>
    /// <exception cref="FileAccessException">Full disk, lacking rights, missing folder, or any other trouble with the file.</exception>
    public static void Write(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Finds out before a long piece of work whether its file can be written: makes a temporary beside it and removes it.</summary>
    /// <param name="path">The target; its folder must exist.</param>
    /// <exception cref="FileAccessException">Lacking rights, missing folder, or any other trouble with the place.</exception>
    public static void Try(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var target = Target(path);
            if (IsDevice(path) || IsDevice(target)) return;
            if (Directory.Exists(target)) throw new IOException();
            var temporary = TemporaryOf(target);
            new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None).Dispose();
            File.Delete(temporary);
        }
        catch (Exception error) when (FileAccessException.Covers(error))
        {
            throw FileAccessException.Of(path, error);
        }
    }

    /// <summary>Whether a name is that of a temporary which a killed process may have left behind.</summary>
    /// <param name="name">A file's name without its folder.</param>
    public static bool IsLeftover(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith('.') && name.EndsWith(Suffix, StringComparison.Ordinal) && name.Length > 2 + MarkLength + Suffix.Length;
    }

    private static void Replace(string target, Action<Stream> content)
    {
        var folder = Path.GetDirectoryName(target) ?? throw new DirectoryNotFoundException();
        RemoveLeftovers(folder, StartOf(target));
        var temporary = TemporaryOf(target);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static string StartOf(string target) => $".{Path.GetFileName(target)}.";

    private static string TemporaryOf(string target) =>
        Path.Combine(Path.GetDirectoryName(target) ?? throw new DirectoryNotFoundException(), StartOf(target) + Guid.NewGuid().ToString("N")[..MarkLength] + Suffix);

    // A living writer holds its temporary locked; one that can be opened alone belongs to nobody any more.
    private static void RemoveLeftovers(string folder, string start)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var name in Directory.EnumerateFiles(folder, "*" + Suffix).Select(path => Path.GetFileName(path)))
        {
            if (name.Length == start.Length + MarkLength + Suffix.Length && name.StartsWith(start, StringComparison.Ordinal))
                TryDelete(Path.Combine(folder, name), onlyUnlocked: true);
        }
    }

    private static void TryDelete(string path, bool onlyUnlocked = false)
    {
        try
        {
            if (onlyUnlocked) new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            File.Delete(path);
        }
        catch (Exception error) when (FileAccessException.Covers(error))
        {
            // The write itself tells what is wrong with the place; a temporary that cannot go is not a second error.
        }
    }

    private static string Target(string path) =>
        new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)!.FullName;

    // A rename would put a plain file in the place of the device.
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows() && Path.GetDirectoryName(Path.GetFullPath(path)) == "/dev" && File.Exists(path);

    private static void Through(string path, Action<Stream> content)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        content(stream);
    }
}
