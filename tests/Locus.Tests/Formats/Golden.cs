namespace Locus.Tests.Formats;

/// <summary>
/// Files whose bytes are the promise of a format. Those of npy were written by numpy, those of safetensors by Python's struct,
/// json and hashlib; the others by hand or looked at.
/// </summary>
internal static class Golden
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Find(name));

    public static string Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Locus.slnx")))
                return Path.Combine(folder.FullName, "tests", "Locus.Tests", "Formats", "Golden", name);
        }
        throw new DirectoryNotFoundException("the tests run outside the repository, which holds the golden files");
    }
}
