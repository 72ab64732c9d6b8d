using System.Runtime.InteropServices;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Training;

/// <summary>Trainings that are over in a moment, and what is compared of them.</summary>
internal static class Trainings
{
    /// <summary>A ring of a given radius: two boxes that are not standard, one condition.</summary>
    public static readonly Problem Ring = Problem.Define(
        "ring", [new Variable("x", -3, 4), new("y", -2, 2)], [new Parameter("radius", 0.5, 1.5)], (x, c) => [Abs(Norm(x) - c[0]) <= 0.3]);

    public static readonly Problem Rectangle = Problem.Define("rectangle", 2, x => [Abs(x[0]) <= 1, Abs(x[1]) <= 0.5]);

    /// <summary>Four rounds of three passes of five updates; the last batch of a pass is filled up from its start.</summary>
    public static readonly PaperOptions Short = new()
    {
        Rounds = 4, PoolSize = 600, Passes = 3, Batch = 128, Hidden = [16, 16], PoolSteps = 6, Filter = 0.05, WarmupSteps = 5, Sampler = new() { Steps = 8 },
    };

    /// <summary>By the default method: four rounds of ten updates, eight updates to a pass.</summary>
    public static readonly LocusOptions Fit = new()
    {
        Updates = 40, Rounds = 4, PoolSize = 1024, Pairings = 2, Batch = 128, Hidden = [16, 16], WarmupSteps = 5, Sampler = new() { Steps = 4, GridPower = 3 },
    };

    /// <summary>A set with volume, two surfaces, one of them of more than one dimension, and a surface for each value of a parameter.</summary>
    public static readonly IReadOnlyList<Problem> Kinds =
    [
        Rectangle,
        Problem.Define("circle", 2, x => [Norm(x) == 1]),
        Problem.Define("cap", 3, x => [Norm(x) == 1, x[2] >= 0.2]),
        Ring,
        Problem.Define("circles", [new Variable("x", -3, 4), new("y", -2, 2)], [new Parameter("radius", 0.5, 1.5)], (x, c) => [Norm(x) == c[0]]),
    ];

    public const int UpdatesPerPass = 5;
    public const int UpdatesPerRound = 3 * UpdatesPerPass;
    public const int Updates = 4 * UpdatesPerRound;

    /// <summary>All that decides how training goes on, to the last bit.</summary>
    public static byte[] Bits(Trainer trainer)
    {
        var fields = new Collected();
        trainer.State.Visit(fields);
        return [.. fields.Bytes];
    }

    /// <summary>Trains until an update, or to the end.</summary>
    public static Trainer Train(Problem problem, TrainingOptions options, Team team, TrainingState? state = null, long until = long.MaxValue, long seed = 3)
    {
        var trainer = options.Trainer(problem, seed, team, state);
        using var cancellation = new CancellationTokenSource();
        trainer.Run(new Stopper(trainer, until, cancellation), cancellation.Token);
        return trainer;
    }

    private sealed class Collected : IStateFields
    {
        public List<byte> Bytes { get; } = [];

        public T Number<T>(string name, T value)
            where T : unmanaged
        {
            // Only the time spent may differ.
            if (name != "seconds") Vector(name, [value]);
            return value;
        }

        public void Vector<T>(string name, Span<T> values)
            where T : unmanaged => Bytes.AddRange(MemoryMarshal.AsBytes(values));
    }

    private sealed class Stopper(Trainer trainer, long until, CancellationTokenSource cancellation) : TrainingObserver
    {
        public override void Updated(in TrainingProgress progress)
        {
            if (trainer.State.Weights.Steps >= until) cancellation.Cancel();
        }
    }
}
