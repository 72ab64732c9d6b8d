namespace Locus.Training;

/// <summary>How the points of an exploration were drawn.</summary>
public enum ExplorationMethod
{
    /// <summary>Uniformly in a box around the set, those outside left out: exact.</summary>
    Rejection,

    /// <summary>From charts on the set, weighed: exact on what the charts reach.</summary>
    Atlas,

    /// <summary>By chains from many points of the set, until they have forgotten where they began.</summary>
    Walks,
}
