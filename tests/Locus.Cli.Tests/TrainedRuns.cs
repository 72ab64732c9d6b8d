namespace Locus.Cli.Tests;

/// <summary>Two small trained runs that tests copy or read: one without and one with a parameter.</summary>
public sealed class TrainedRuns : IDisposable
{
    internal const string Conditional = """
        name: moving-hole
        variables:
          x: { size: 2, box: [-2, 2], unit: m }
          y: { box: [0, 1] }
        parameters:
          hole: { range: [-1, 1] }
          width: { range: [0.1, 0.5] }
        constraints:
          - norm(x - [1.2, hole]) >= width
          - y <= 0.9

        """;

    private readonly TemporaryFolder folder = new();

    public TrainedRuns()
    {
        Rings = folder["rings"];
        LocusProgram.Call(["train", "three-rings", "--out", Rings, "--seed", "5", .. LocusProgram.Tiny]).Done();
        Hole = folder["hole"];
        HoleFile = folder.Write("moving-hole.yaml", Conditional);
        LocusProgram.Call(["train", HoleFile, "--out", Hole, .. LocusProgram.Tiny]).Done();
    }

    /// <summary>three-rings, seed 5.</summary>
    internal string Rings { get; }

    /// <summary>A problem of three coordinates and two parameters.</summary>
    internal string Hole { get; }

    /// <summary>Its problem file.</summary>
    internal string HoleFile { get; }

    public void Dispose() => folder.Dispose();
}
