using System.Diagnostics;
using Locus.Engine.Random;

namespace Locus.Cli.Tests;

/// <summary>The process is killed at 20 moments of a run, from its start to its report.</summary>
public class KillTests
{
    private const int Moments = 20;
    private static readonly string[] Train = ["train", "three-rings", "--quiet", .. LocusProgram.Tiny, "--set", "rounds=15"];

    [Fact]
    public void A_run_killed_at_any_moment_has_only_whole_files_and_goes_on_to_the_same_samples()
    {
        using var folder = new TemporaryFolder();
        var clock = Stopwatch.StartNew();
        LocusProgram.Run(folder.Path, [.. Train, "--out", folder["whole"]]).Done();
        var whole = clock.Elapsed;
        var samples = File.ReadAllBytes(folder["whole/samples.npy"]);
        var stages = new HashSet<string>();
        for (var i = 0; i < Moments; i++)
        {
            var path = folder[$"run-{i}"];
            // One moment in each twentieth of the time that a whole run takes, and a little beyond, where the files are written.
            var moment = (i + Draws.Uniform(Key.Seed(20).Fold("moments"), (ulong)i, 0)) / Moments * 1.1 * whole;
            using (var process = LocusProgram.Start(folder.Path, new Dictionary<string, string>(), [.. Train, "--out", path]))
            {
                Thread.Sleep(moment);
                process.Kill();
                process.WaitForExit();
            }
            if (Directory.Exists(path)) RunFiles.AreWhole(path);
            stages.Add(Directory.Exists(path) ? string.Join(", ", RunFiles.Names(path)) : "nothing");

            LocusProgram.Call([.. Train, "--out", path, "--resume"]).Done();
            Assert.Equal(RunFiles.All, RunFiles.Names(path));
            RunFiles.AreWhole(path);
            Assert.Equal(samples, File.ReadAllBytes(Path.Combine(path, "samples.npy")));
        }
        Assert.True(stages.Count >= 3, $"the moments met these stages only: {string.Join("; ", stages)}");
    }
}
