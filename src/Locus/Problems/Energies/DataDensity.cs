namespace Locus.Problems.Energies;

/// <summary>The law of an energy that is made from files of data. Problem files name it by its kind, the files and its numbers, and a run folder finds it again by these.</summary>
public abstract class DataDensity : Density
{
    private protected DataDensity()
    {
    }

    /// <summary>The kind, as problem files write it.</summary>
    public abstract string Kind { get; }

    /// <summary>The files by the keys that name them in problem files.</summary>
    public abstract IReadOnlyList<(string Key, DataFile File)> Files { get; }

    /// <summary>Its parameters, where a problem file names none; [C].</summary>
    internal virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>All else that makes it what it is: key and value as problem files write them, defaults too.</summary>
    internal abstract IReadOnlyList<(string Key, string Value)> Settings { get; }
}
