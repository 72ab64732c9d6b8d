namespace Locus.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>It was right to ask, but it failed: a full disk, lacking rights, a training that diverged.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or input: what was asked for makes no sense, or names a place that does not exist.</summary>
    public const int Usage = 2;

    /// <summary>A quality that was asked for was not reached.</summary>
    public const int QualityMissed = 3;

    /// <summary>Interrupted by Ctrl+C; what was done so far is saved.</summary>
    public const int Interrupted = 130;
}
