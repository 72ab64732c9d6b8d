using Locus.Formats;
using Locus.Problems;

namespace Locus.Gallery;

/// <summary>A named energy that is made from public files, which Locus does not ship: whoever asks for it says where they are. Neither draws nor log Z are known.</summary>
/// <param name="Name">The gallery name, in lower case with hyphens.</param>
/// <param name="Dimension">D.</param>
/// <param name="Formula">The density, as a paper would write it.</param>
/// <param name="Source">Where it comes from: paper and place.</param>
/// <param name="Description">A sentence for people.</param>
/// <param name="Files">The files, in the order in which they are given.</param>
/// <param name="Make">From the paths of the files to the law.</param>
public sealed record DataProblem(string Name, int Dimension, string Formula, string Source, string Description, IReadOnlyList<PublicFile> Files, Func<IReadOnlyList<string>, Density> Make)
{
    /// <summary>What <see cref="Open"/> is to be given, for people.</summary>
    public string Needs => $"{string.Join(" and ", Files.Select(file => file.ToString()))}{(Files.Count == 1 ? "" : ", in this order")}, or a folder that holds {(Files.Count == 1 ? "it under this name" : "them under these names")}";

    /// <summary>The problem on these files.</summary>
    /// <param name="paths">The files in the order of <see cref="Files"/>, or one folder that holds them under their usual names.</param>
    /// <exception cref="LocusException">A file is missing, damaged, or another one; the message says which, and the way out.</exception>
    public Problem Open(IReadOnlyList<string> paths)
    {
        var files = Paths(paths);
        var density = Made(files);
        return density.Dimension == Dimension
            ? Problem.OfEnergy(Name, density, description: Description)
            : throw new LocusException($"{files[0]}: gives {density.Dimension} coordinates where {Name} has {Dimension}: this is not {Files[0]}; for a table of your own write a problem file with an energy of its kind");
    }

    /// <summary>The files in the order of <see cref="Files"/>.</summary>
    /// <param name="given">The files in this order, or one folder that holds them under their usual names.</param>
    /// <exception cref="LocusException">There are too few or too many; or the folder lacks one.</exception>
    public IReadOnlyList<string> Paths(IReadOnlyList<string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (given.Count == 0) throw new LocusException($"{Name} is made from data that Locus does not ship: give {Needs}");
        if (given is [var folder] && Directory.Exists(folder)) return [.. Files.Select(file => file.In(folder))];
        return given.Count == Files.Count ? given : throw new LocusException($"{Name} is made from {Files.Count} file{(Files.Count == 1 ? "" : "s")}, not {given.Count}: give {Needs}");
    }

    private Density Made(IReadOnlyList<string> paths)
    {
        try
        {
            return Make(paths);
        }
        catch (LocusException mistake) when (mistake is not FileAccessException || mistake.InnerException is FileNotFoundException)
        {
            throw new LocusException($"{mistake.Message}{Environment.NewLine}{Name} is made from {string.Join(" and ", Files.Select(file => file.ToString()))}", mistake);
        }
    }
}
