namespace Locus.Engine.Programs;

/// <summary>Where a row of 64 values lies.</summary>
public enum RowKind
{
    /// <summary>A coordinate of the point x; read only.</summary>
    Point,

    /// <summary>A component of the condition c; read only.</summary>
    Condition,

    /// <summary>A constant of the program; read only.</summary>
    Constant,

    /// <summary>A row that the program uses and reuses for what it needs later.</summary>
    Scratch,

    /// <summary>A result; may be read once it is written.</summary>
    Output,
}
