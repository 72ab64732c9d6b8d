namespace Locus.Problems;

/// <summary>How serious a finding of <see cref="ProblemCheck"/> is.</summary>
public enum CheckLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Training works, but perhaps not as meant.</summary>
    Warning,

    /// <summary>Training cannot give what is meant.</summary>
    Error,
}
