namespace Locus.Tests;

/// <summary>A test that needs a public file, which Locus does not ship: skipped, and told by name, where the folder LOCUS_DATA does not hold it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublicDataFactAttribute : FactAttribute
{
    public PublicDataFactAttribute(params string[] files)
    {
        var missing = files.Where(file => !File.Exists(PathOf(file))).ToList();
        if (missing.Count > 0) Skip = $"needs {string.Join(", ", missing)} in the folder that the variable LOCUS_DATA names";
    }

    /// <summary>The path of a public file.</summary>
    public static string PathOf(string file) => Path.Combine(Environment.GetEnvironmentVariable("LOCUS_DATA") is { Length: > 0 } folder ? folder : "data", file);
}
