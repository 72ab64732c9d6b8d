namespace Locus.Cli.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The path of a file or folder in it.</summary>
    public static string At(params string[] names)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Locus.slnx"))) folder = folder.Parent;
        return Path.Combine([folder!.FullName, .. names]);
    }
}
