using Locus.Diagnostics.Speed;
using Locus.Engine.Probes;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Methods.OffPolicy;
using Locus.Problems;
using Locus.Runs;
using Locus.Training;

namespace Locus.Race;

/// <summary>Keeps teams and workloads from one turn to the next, so that a turn goes on where the last one stopped.</summary>
internal sealed class Stable : IDisposable
{
    private static readonly Problem Problem = Gallery.Gallery.Find("three-rings")!.Problem;
    private readonly Dictionary<int, Team> teams = [];
    private readonly Dictionary<Order, (Action Work, double Flops, double Bytes)> workloads = [];

    /// <summary>Carries out an order.</summary>
    /// <param name="order">The line of work.</param>
    public Answer Run(Order order)
    {
        if (order.Work == "machine")
            return new Answer { Side = $"Locus {RunEnvironment.Here(1).Locus}", Environment = RunEnvironment.Here(Environment.ProcessorCount) };
        // The time spent on it does not make it another piece of work.
        var name = order with { Seconds = 0 };
        if (!workloads.TryGetValue(name, out var workload))
        {
            if (Make(order) is not { } made) return new Answer { Mistake = $"there is no work '{order.Work}'; there are machine, peak, memory, training, sampling, update and search" };
            workloads.Add(name, workload = made);
        }
        var timing = Timing.Of(workload.Work, order.Seconds);
        return new Answer
        {
            Seconds = timing.Median, Best = timing.Best, Calls = timing.Calls, Allocated = timing.AllocatedBytes,
            Flops = workload.Flops > 0 ? workload.Flops : null, Bytes = workload.Bytes > 0 ? workload.Bytes : null,
        };
    }

    public void Dispose()
    {
        foreach (var team in teams.Values) team.Dispose();
    }

    private (Action Work, double Flops, double Bytes)? Make(Order order)
    {
        if (!teams.TryGetValue(order.Threads, out var team)) teams.Add(order.Threads, team = new Team(order.Threads));
        var options = new PaperOptions { Hidden = [.. Enumerable.Repeat(order.Width, order.Layers)], Batch = order.Batch };
        switch (order.Work)
        {
            case "peak":
                var peak = new FmaPeak(team);
                return (peak.Run, peak.Flops, 0);
            case "memory":
                var memory = new MemoryBandwidth(team);
                return (memory.Run, 0, memory.Bytes);
            case "training":
                var training = new TrainingWorkload(Problem, options, team);
                return (training.Run, training.Flops, 0);
            case "sampling":
                var sampling = new SamplingWorkload(Problem, options, new FlowOptions { Steps = order.Steps }, order.Count, team);
                return (sampling.Run, sampling.Flops, 0);
            case "update" or "search":
                if (Gallery.Gallery.Find(order.Problem)?.Problem is not { Energy: not null } energy) throw new LocusException($"there is no energy '{order.Problem}' in the gallery");
                if (Recipe.Find(order.Recipe).Options is not OffPolicyOptions recipe) throw new LocusException($"the recipe '{order.Recipe}' is for sets");
                var paths = new PathWorkload(energy, recipe with { Batch = order.Batch, Sampler = recipe.Sampler with { Steps = order.Steps } }, team);
                return order.Work == "update" ? (paths.Run, paths.Flops, 0) : (paths.Search, 0, 0);
            default:
                return null;
        }
    }
}
