using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Programs;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Sampling;

namespace Locus.Training;

/// <summary>What happened when a pool was rebuilt.</summary>
/// <param name="Gamma">The noise share asked for, gamma_k.</param>
/// <param name="NoiseShare">The noise share reached.</param>
/// <param name="Drawn">Samples drawn from the network, in whole blocks.</param>
/// <param name="Kept">Samples that passed the filter and were kept.</param>
/// <param name="MeanSlack">Mean slack of the samples drawn, in the user's units; NaN when none was drawn.</param>
/// <param name="Success">Share of them with a slack below <see cref="RoundInfo.SuccessSlack"/>; NaN when none was drawn.</param>
internal readonly record struct PoolInfo(double Gamma, double NoiseShare, long Drawn, int Kept, double MeanSlack, double Success);

/// <summary>
/// CreateDataset of Algorithm 1, lines 14 to 22 (Burghoff, Braun and Toussaint 2025): samples of the network whose L_con is below s, until (1 - gamma) n are
/// kept or 10 n are drawn, and standard normal points. Samples are judged in waves of whole blocks and taken in their order, so that the pool does not depend on threads.
/// </summary>
internal sealed class PoolBuilder
{
    private const int WaveBlocks = 64;

    private readonly PaperOptions options;
    private readonly MlpShape shape;
    private readonly Standardization standard;
    private readonly FlowBlocks sampler;
    private readonly Block[] candidates;
    private readonly Block[] candidateConditions;
    private readonly Block[] judgements;
    private readonly Block[] penaltyScratch;
    private readonly Block[] slackScratch;
    private readonly Block noise;
    private readonly Block noiseConditions;

    /// <summary>A builder for a team of this size.</summary>
    public PoolBuilder(PaperOptions options, MlpShape shape, Standardization standard, int threads)
    {
        this.options = options;
        this.shape = shape;
        this.standard = standard;
        sampler = new FlowBlocks(shape, options.Sampler with { Steps = options.PoolSteps }, threads);
        Program penalty = standard.Penalty, slack = standard.Slack;
        var rows = (WaveBlocks + 1) * (shape.Dimension + shape.Conditions) + WaveBlocks * 2 + threads * (penalty.Outputs + penalty.ScratchRows + slack.ScratchRows);
        var arena = new Arena(rows * Block.Lanes);
        candidates = Cut(WaveBlocks, shape.Dimension);
        candidateConditions = Cut(WaveBlocks, shape.Conditions);
        judgements = Cut(WaveBlocks, 2);
        penaltyScratch = Cut(threads, penalty.Outputs + penalty.ScratchRows);
        slackScratch = Cut(threads, slack.ScratchRows);
        noise = arena.Rows(shape.Dimension);
        noiseConditions = arena.Rows(shape.Conditions);

        Block[] Cut(int count, int rowsEach) => [.. Enumerable.Range(0, count).Select(_ => arena.Rows(rowsEach))];
    }

    /// <summary>The noise share of round k: gamma_start + k / k_max (gamma_end - gamma_start).</summary>
    public static double Gamma(PaperOptions options, int round) =>
        options.NoiseStart + (double)round / options.Rounds * (options.NoiseEnd - options.NoiseStart);

    /// <summary>Fills the pool with n standard normal points: line 2.</summary>
    public void FillWithNoise(TrainingPool pool, Key key)
    {
        pool.Resize(0);
        pool.ModelCount = 0;
        AddNoise(pool, options.PoolSize, key);
    }

    /// <summary>Rebuilds the pool after round <paramref name="round"/>.</summary>
    public PoolInfo Rebuild(TrainingPool pool, int round, Team team, ReadOnlyMemory<float> parameters, Key key)
    {
        var gamma = Gamma(options, round);
        var wanted = (int)Math.Round((1 - gamma) * options.PoolSize);
        pool.Resize(0);
        var (drawn, slackSum, successes) = Collect(pool, wanted, team, parameters, key);
        var kept = pool.ModelCount = pool.Count;
        var noisePoints = options.NoiseCount == NoiseCount.Literal ? (int)Math.Round(gamma * kept)
            : options.Shortfall == Shortfall.Noise ? options.PoolSize - kept
            : options.PoolSize - wanted;
        // A round needs something to train on even when nothing passed the filter.
        if (kept + noisePoints == 0) noisePoints = options.PoolSize;
        AddNoise(pool, noisePoints, key);
        return new PoolInfo(gamma, pool.NoiseShare, drawn, kept, drawn == 0 ? double.NaN : slackSum / drawn, drawn == 0 ? double.NaN : (double)successes / drawn);
    }

    private (long Drawn, double SlackSum, long Successes) Collect(TrainingPool pool, int wanted, Team team, ReadOnlyMemory<float> parameters, Key key)
    {
        var (drawn, slackSum, successes) = (0L, 0.0, 0L);
        var cap = (long)options.DrawCap * options.PoolSize;
        var conditions = Conditions.Drawn(key, shape.Conditions);
        sampler.Parameters = parameters;
        while (pool.Count < wanted && drawn < cap)
        {
            // As many blocks as the share that passed so far lets expect, so that few samples are drawn in vain and few waves are small.
            var share = drawn == 0 ? 1 : Math.Max((double)pool.Count / drawn, 1.0 / WaveBlocks);
            var expected = Math.Min(cap - drawn, (wanted - pool.Count) / share);
            var blocks = (int)Math.Clamp(Math.Ceiling(expected / Block.Lanes), 1, WaveBlocks);
            sampler.Run(team, key, conditions, (ulong)(drawn / Block.Lanes), blocks, Judge);
            for (var block = 0; block < blocks; block++)
                for (var lane = 0; lane < Block.Lanes; lane++)
                {
                    drawn++;
                    var slack = judgements[block][1][lane];
                    slackSum += slack;
                    if (slack < RoundInfo.SuccessSlack) successes++;
                    if (pool.Count < wanted && judgements[block][0][lane] < options.Filter) pool.Add(candidates[block], candidateConditions[block], lane);
                }
        }
        return (drawn, slackSum, successes);
    }

    private void Judge(int task, int worker, Block position, Block condition)
    {
        position.Values.CopyTo(candidates[task].Values);
        condition.Values.CopyTo(candidateConditions[task].Values);
        var outputs = standard.Penalty.Outputs;
        var penalty = penaltyScratch[worker].Slice(0, outputs);
        standard.Penalty.Run(position, condition, penalty, penaltyScratch[worker].Slice(outputs, standard.Penalty.ScratchRows));
        penalty[0].CopyTo(judgements[task][0]);
        standard.Slack.Run(position, condition, judgements[task].Slice(1, 1), slackScratch[worker]);
    }

    private void AddNoise(TrainingPool pool, int count, Key key)
    {
        var noiseKey = key.Fold("noise points");
        var conditions = Conditions.Drawn(noiseKey, shape.Conditions);
        for (var i = 0; i < count; i++)
        {
            var lane = i % Block.Lanes;
            if (lane == 0)
            {
                Draws.Normal(noiseKey, (ulong)i, 0, noise);
                conditions.Fill((ulong)i, noiseConditions);
            }
            pool.Add(noise, noiseConditions, lane);
        }
    }
}
