using System.Diagnostics;
using Locus.Engine.Random;

namespace Locus.Cli.Tests;

/// <summary>The process is killed at many moments of a run, from its start to its report.</summary>
public class KillTests
{
    public static TheoryData<string[], int> Runs => new()
    {
        { ["three-rings", .. LocusProgram.Tiny, "--set", "rounds=15"], 20 },
        { ["sphere", .. LocusProgram.Small, "--set", "rounds=20"], 10 },
    };

    private static readonly string[] Stages = ["options.json", "checkpoints/last.safetensors", "samples.npy", "report.json"];

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_run_killed_at_any_moment_has_only_whole_files_and_goes_on_to_the_same_samples(string[] words, int moments)
    {
        using var folder = new TemporaryFolder();
        string[] train = ["train", "--quiet", .. words];
        var clock = Stopwatch.StartNew();
        LocusProgram.Run(folder.Path, [.. train, "--out", folder["whole"]]).Done();
        var whole = clock.Elapsed;
        var samples = File.ReadAllBytes(folder["whole/samples.npy"]);
        for (var i = 0; i < moments + Stages.Length; i++)
        {
            var path = folder[$"run-{i}"];
            using (var process = LocusProgram.Start(folder.Path, new Dictionary<string, string>(), [.. train, "--out", path]))
            {
                // Spread over the time that a whole run takes, and a little beyond, where the files are written; then as soon as each of them is there.
                if (i < moments) Thread.Sleep((i + Draws.Uniform(Key.Seed(20).Fold("moments"), (ulong)i, 0)) / moments * 1.1 * whole);
                else Assert.True(SpinWait.SpinUntil(() => File.Exists(Path.Combine(path, Stages[i - moments])), TimeSpan.FromMinutes(2)), $"there was no {Stages[i - moments]}");
                process.Kill();
                process.WaitForExit();
            }
            if (Directory.Exists(path)) RunFiles.AreWhole(path);

            LocusProgram.Call([.. train, "--out", path, "--resume"]).Done();
            Assert.Equal(RunFiles.All, RunFiles.Names(path));
            RunFiles.AreWhole(path);
            Assert.Equal(samples, File.ReadAllBytes(Path.Combine(path, "samples.npy")));
        }
    }
}
