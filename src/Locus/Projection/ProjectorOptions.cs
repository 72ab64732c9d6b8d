using Locus.Options;

namespace Locus.Projection;

/// <summary>When a projection counts as done, and how long it is tried.</summary>
public sealed record ProjectorOptions
{
    /// <summary>Largest slack of a point on the set, in the constraints' units.</summary>
    [Option("Largest slack, in the constraints' units, of a point that counts as on the set. 1e-10 is ten times below the finest threshold of the reports and far above rounding. A point that no double could bring nearer counts too.", Min = 0)]
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>Most points that are tried on the way.</summary>
    [Option("Most points that are tried for one sample. Near a smooth set 3 to 6 are enough; where a set touches itself each halves the distance, and 100 reach it from anywhere.", Min = 1, Max = 100000)]
    public int MostSteps { get; init; } = 100;

    /// <summary>Steps after the tolerance is met.</summary>
    [Option("Most steps after the tolerance is met. Each squares what is left, so that 2 end at rounding; 0 stops at the tolerance.", Min = 0, Max = 10)]
    public int Polish { get; init; } = 2;
}
