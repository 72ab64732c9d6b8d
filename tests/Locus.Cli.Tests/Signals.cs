using System.Diagnostics;

namespace Locus.Cli.Tests;

/// <summary>Signals to a process that a test started.</summary>
internal static class Signals
{
    /// <summary>What Ctrl+C sends.</summary>
    public static void Interrupt(Process process) => Send(process, "INT");

    /// <summary>What a system that shuts down sends.</summary>
    public static void Terminate(Process process) => Send(process, "TERM");

    private static void Send(Process process, string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]);
        kill.WaitForExit();
    }
}
