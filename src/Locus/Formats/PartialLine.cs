namespace Locus.Formats;

/// <summary>What a reader does with a last line that a crash or a full disk cut in the middle.</summary>
public enum PartialLine
{
    /// <summary>Leaves it out: whoever wrote it was stopped before the line counted.</summary>
    Drop,

    /// <summary>Refuses the file and names the line.</summary>
    Refuse,
}
