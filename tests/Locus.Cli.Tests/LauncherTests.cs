using System.Diagnostics;

namespace Locus.Cli.Tests;

/// <summary>The launcher in the root, with a stand-in for dotnet that talks as a build does.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public LauncherTests()
    {
        File.Copy(Repository.At("locus"), folder["locus"]);
        Directory.CreateDirectory(folder["src/Locus.Cli"]);
        Directory.CreateDirectory(folder["bin"]);
        folder.Write("Directory.Build.props", "<Project />");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_use_builds_without_a_word_of_the_build_and_the_second_does_not_build()
    {
        Dotnet("echo 'Build succeeded.'; echo 'a warning' >&2; mkdir -p src/Locus.Cli/bin/Release/net10.0; touch src/Locus.Cli/bin/Release/net10.0/Locus.Cli.dll");
        var first = Call();
        Assert.Equal((0, "ran list --json\n", "locus: building (only when the sources changed) ...\n"), (first.Code, first.Output, first.Error));
        var second = Call();
        Assert.Equal((0, "ran list --json\n", ""), (second.Code, second.Output, second.Error));
    }

    [Fact]
    public void A_build_that_fails_shows_all_that_it_said()
    {
        Dotnet("echo 'a.cs(1,2): error CS0001: wrong'; echo 'and more' >&2; exit 1");
        var answer = Call();
        Assert.Equal(1, answer.Code);
        Assert.Empty(answer.Output);
        Assert.Equal("locus: building (only when the sources changed) ...\na.cs(1,2): error CS0001: wrong\nand more\nlocus: the build failed\n", answer.Error);
    }

    private void Dotnet(string build)
    {
        var file = folder.Write("bin/dotnet", $"#!/usr/bin/env bash\nif [[ $1 == build ]]; then\n{build}\nelse echo \"ran ${{*:2}}\"\nfi\n");
        using var executable = Process.Start("/bin/chmod", ["+x", file]);
        executable.WaitForExit();
    }

    private Answer Call()
    {
        var start = new ProcessStartInfo("/bin/bash", [folder["locus"], "list", "--json"]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        return LocusProgram.End(process);
    }
}
