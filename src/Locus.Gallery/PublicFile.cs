namespace Locus.Gallery;

/// <summary>A file that others publish.</summary>
/// <param name="What">What it holds and who publishes it.</param>
/// <param name="Names">The names under which it is found, the usual one first.</param>
public sealed record PublicFile(string What, params IReadOnlyList<string> Names)
{
    /// <summary>The path of the file in a folder.</summary>
    /// <param name="folder">A folder that exists.</param>
    /// <exception cref="LocusException">It holds none of the names.</exception>
    public string In(string folder) => Names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new LocusException($"{folder}: holds no {string.Join(", nor ", Names)}: {What}; put it there, or name the file itself");

    /// <summary>For people.</summary>
    public override string ToString() => $"{Names[0]} ({What})";
}
