using BenchmarkDotNet.Attributes;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;

namespace Locus.Benchmarks;

/// <summary>AdamW with moving average on the parameters of the network 4 x 128: the sum over the shards' gradients, and the update.</summary>
public class OptimizerBenchmarks
{
    private readonly Team team = new(1);
    private Optimizer? optimizer;

    /// <summary>Gradients that are added up: blocks of the batch, at most 16.</summary>
    [Params(1, 8, 16)]
    public int Shards { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var shape = new MlpShape(2, 0, [128, 128, 128, 128], ActivationKind.Silu, new TimeEmbedding(TimeEmbeddingKind.Raw, 1), residual: false);
        var state = new ParameterState(shape.ParameterCount);
        Mlp.Initialize(shape, Key.Seed(1), 1, state.Parameters.Span);
        optimizer = new Optimizer(state, new AdamOptions(), Shards);
        for (var shard = 0; shard < Shards; shard++) Mlp.Initialize(shape, Key.Seed(2 + shard), 1, optimizer.Gradient(shard));
    }

    [GlobalCleanup]
    public void End() => team.Dispose();

    // The sum is left in the first shard, which so grows evenly from call to call; no number of calls that anybody waits for overflows it.
    [Benchmark]
    public double Step() => optimizer!.Step(team, 1e-6, 1e-3);
}
