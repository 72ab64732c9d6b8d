using Locus.Engine.Probes;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;
using Locus.Training;

namespace Locus.Diagnostics.Speed;

/// <summary>Measures what a machine can do and how much of it the engine uses: kernels, training steps, sampling.</summary>
public sealed class SpeedMeasurement
{
    /// <summary>Width of the layers that are measured: the paper's networks have four of these.</summary>
    public const int Width = 128;

    private const int Samples = 4096;
    private const int SamplerSteps = 20;
    private const int LatencySteps = 10;
    private static readonly PaperOptions Network = new() { Hidden = [Width, Width, Width, Width] };
    private readonly Problem problem;
    private readonly double seconds;
    private readonly Action<string>? observe;
    private readonly CancellationToken cancellation;
    private readonly List<SpeedRow> rows = [];
    private readonly Dictionary<int, FmaPeak> probes = [];
    private double? peakOfOne;

    private SpeedMeasurement(Problem problem, double seconds, Action<string>? observe, CancellationToken cancellation)
    {
        this.problem = problem;
        this.seconds = seconds;
        this.observe = observe;
        this.cancellation = cancellation;
    }

    /// <summary>Measures this machine.</summary>
    /// <param name="problem">What the training steps learn and the sampler draws.</param>
    /// <param name="threads">Most worker threads.</param>
    /// <param name="seconds">Time for each row, above 0; half of it again goes into warming up.</param>
    /// <param name="observe">Called with the name of each row before it is measured; may be null.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    public static SpeedReport Run(Problem problem, int threads, double seconds, Action<string>? observe, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        var measurement = new SpeedMeasurement(problem, seconds, observe, cancellation);
        using var one = new Team(1);
        using var all = new Team(threads);
        Team[] teams = threads == 1 ? [one] : [one, all];
        foreach (var team in teams) measurement.Peak(team);
        foreach (var team in teams) measurement.Memory(team);
        measurement.Layers();
        foreach (var team in teams) measurement.Training(team);
        foreach (var team in teams) measurement.Sampling(team, Samples, SamplerSteps);
        measurement.Sampling(one, 1, LatencySteps);
        return new SpeedReport(RunEnvironment.Here(threads), seconds, measurement.rows);
    }

    private void Peak(Team team)
    {
        var name = $"fused multiply-adds, {32 * FmaPeak.Lanes} bits";
        var probe = probes[team.Threads] = new FmaPeak(team);
        var timing = Time(name, probe.Run);
        var peak = probe.Flops / timing.Median;
        rows.Add(new SpeedRow(name, team.Threads, timing.Median, timing.Best, peak / 1e9, 1, null, peak / peakOfOne, timing.AllocatedBytes));
        peakOfOne ??= peak;
    }

    private void Memory(Team team)
    {
        const string name = "memory, a = b + s c";
        var probe = new MemoryBandwidth(team);
        var timing = Time(name, probe.Run);
        rows.Add(new SpeedRow(name, team.Threads, timing.Median, timing.Best, null, null, probe.Bytes / timing.Median / 1e9, SpeedUp(name, timing), timing.AllocatedBytes));
    }

    private void Layers()
    {
        var layer = new LayerWorkload(Width, Width);
        Add($"layer {Width} x {Width} forward", 1, layer.Forward, layer.Flops);
        Add($"layer {Width} x {Width} backward", 1, layer.Backward, layer.Flops);
        Add($"layer {Width} x {Width} weight gradient", 1, layer.AddGradient, layer.Flops);
    }

    private void Training(Team team)
    {
        var workload = new TrainingWorkload(problem, Network, team);
        Add($"training step 4 x {Width}, batch {workload.Batch}", team.Threads, workload.Run, workload.Flops);
    }

    private void Sampling(Team team, int count, int steps)
    {
        var workload = new SamplingWorkload(problem, Network, new FlowOptions { Steps = steps }, count, team);
        Add($"{count} {(count == 1 ? "sample" : "samples")} of {steps} steps", team.Threads, workload.Run, workload.Flops);
    }

    private void Add(string name, int threads, Action work, double flops)
    {
        // The clock of a machine moves: every row has its own peak, the better one of right before and right after it, as one may be disturbed.
        var before = Peak();
        var timing = Time(name, work);
        var peak = Math.Max(before, Peak());
        var rate = flops / timing.Median;
        rows.Add(new SpeedRow(name, threads, timing.Median, timing.Best, rate / 1e9, rate / peak, null, SpeedUp(name, timing), timing.AllocatedBytes));

        double Peak() => probes[threads].Flops / Timing.Of(probes[threads].Run, seconds / 6, cancellation).Median;
    }

    private Timing Time(string name, Action work)
    {
        observe?.Invoke(name);
        return Timing.Of(work, seconds, cancellation);
    }

    /// <summary>Against the row of the same name on one thread, if there is one.</summary>
    private double? SpeedUp(string name, Timing timing) => rows.FirstOrDefault(row => row.Name == name) is { } single ? single.Seconds / timing.Median : null;
}
