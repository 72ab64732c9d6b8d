namespace Locus.Formats;

/// <summary>A file cannot be opened, read or written: it is missing, the disk is full, rights are lacking. The message begins with the file.</summary>
public sealed class FileAccessException : LocusException
{
    // "No space left" and "quota exceeded" of Linux (28, 122) and Windows (0x70), "read-only file system" (30): .NET leaves them unnamed.
    private const int LinuxNoSpace = 28, LinuxQuota = 122, LinuxReadOnly = 30, WindowsNoSpace = 0x70;

    private FileAccessException(string file, string problem, Exception cause)
        : base($"{file}: {problem}", cause) => File = file;

    /// <summary>The file, as the caller named it.</summary>
    public string File { get; }

    /// <summary>Whether the folder that the file was to lie in does not exist: the name is wrong, not the disk.</summary>
    public bool FolderIsMissing => InnerException is DirectoryNotFoundException || (InnerException is IOException && FileAbove(File) is not null);

    /// <summary>Whether an error of the framework is one about files, so that <see cref="Of"/> can tell it better.</summary>
    /// <param name="error">Any error.</param>
    internal static bool Covers(Exception error) => error is IOException or UnauthorizedAccessException or System.Security.SecurityException || IsTooLong(error);

    // A file that grows beyond what its disk or the account's limits allow: .NET tells it as a wrong argument of its own.
    private static bool IsTooLong(Exception error) => error is ArgumentOutOfRangeException { ParamName: "value", Source: "System.Private.CoreLib" };

    /// <summary>Names the file, what is the matter, and the way out.</summary>
    /// <param name="file">The file, as the caller named it.</param>
    /// <param name="error">The framework's error, see <see cref="Covers"/>.</param>
    internal static FileAccessException Of(string file, Exception error)
    {
        var folder = Path.GetDirectoryName(file) is { Length: > 0 } named ? named : ".";
        var problem = error switch
        {
            _ when Directory.Exists(file) => "this is a folder; name a file in it",
            FileNotFoundException => "there is no such file; check the name",
            IOException when FileAbove(file) is { } above => $"'{above}' is a file, not a folder; name another place",
            DirectoryNotFoundException => $"the folder '{folder}' does not exist; create it or name another",
            _ when IsTooLong(error) => "the file grows longer than its disk or the limits of this account allow; choose another place or write less",
            PathTooLongException => "the name is too long for this system; choose a shorter one",
            UnauthorizedAccessException => $"the rights to this file or its folder '{folder}' are lacking; change them or choose another place",
            { HResult: var code } when (code & 0xFFFF) is LinuxNoSpace or LinuxQuota or WindowsNoSpace => "the disk is full; free some space or choose another place",
            { HResult: LinuxReadOnly } => "the disk can only be read; choose another place",
            _ => $"{error.Message.TrimEnd('.')}; check the name and the disk or choose another place",
        };
        return new FileAccessException(file, problem, error);
    }

    // A path may go on below a plain file, at any depth.
    private static string? FileAbove(string file)
    {
        for (var above = Path.GetDirectoryName(file); above is { Length: > 0 }; above = Path.GetDirectoryName(above))
            if (System.IO.File.Exists(above)) return above;
        return null;
    }
}
