using System.Runtime.Intrinsics.X86;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Workers;

namespace Locus.Engine.Networks;

/// <summary>
/// Sums the gradients of a step and applies AdamW. The gradient arrives in shards, each filled by one task; they are added in shard order, so that
/// the result does not depend on which worker filled which. Nothing is allocated in a step.
/// </summary>
public sealed class Optimizer : IWork
{
    private const int ChunkLength = 4096;
    private readonly ParameterState state;
    private readonly AdamOptions options;
    private readonly Memory<float> gradients;
    private readonly double[] chunkSquares;
    private readonly int shards;
    private readonly Stage[] stages;
    private AdamStep step;
    private Phase phase;
    private double rate;
    private double clip;
    private double gradientScale;
    private double beta1Power;
    private double beta2Power;

    /// <summary>An optimizer that continues from <paramref name="state"/>.</summary>
    /// <param name="state">Parameters and moments, updated in place.</param>
    /// <param name="options">AdamW's numbers.</param>
    /// <param name="shards">Number of gradient shards in a step.</param>
    public Optimizer(ParameterState state, AdamOptions options, int shards)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        this.state = state;
        this.options = options;
        this.shards = shards;
        gradients = new Arena(checked(shards * state.Padded)).Vector(shards * state.Padded);
        chunkSquares = new double[(state.Padded + ChunkLength - 1) / ChunkLength];
        stages = [new(this, chunkSquares.Length, Prepare), new(this, chunkSquares.Length)];
        beta1Power = Power(options.Beta1, state.Steps);
        beta2Power = Power(options.Beta2, state.Steps);
    }

    private enum Phase
    {
        Sum,
        Update,
        Nothing,
    }

    /// <summary>The stages of a step, to be run after those that fill the gradients and after <see cref="Begin"/>.</summary>
    public ReadOnlySpan<Stage> Stages => stages;

    /// <summary>The norm of the last step's scaled gradient before clipping; not finite when something overflowed, and then the parameters were left as they were.</summary>
    public double Norm { get; private set; }

    /// <summary>One shard's gradient [P], set to zero and filled by whoever computes it.</summary>
    /// <param name="shard">0 to shards - 1.</param>
    public Span<float> Gradient(int shard) => gradients.Span.Slice(shard * state.Padded, state.Count);

    /// <summary>Sums the shards and updates the parameters.</summary>
    /// <param name="team">Workers.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="gradientScale">Factor on the sum, such as 1 / batch.</param>
    /// <returns><see cref="Norm"/>.</returns>
    public double Step(Team team, double rate, double gradientScale)
    {
        ArgumentNullException.ThrowIfNull(team);
        Begin(rate, gradientScale);
        team.Run(stages);
        return Norm;
    }

    /// <summary>Sets the numbers of the next step, whose <see cref="Stages"/> somebody else runs.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <param name="gradientScale">Factor on the sum, such as 1 / batch.</param>
    /// <param name="clip">Largest norm of the gradient in this step, besides that of the options.</param>
    public void Begin(double rate, double gradientScale, double clip = double.PositiveInfinity)
    {
        this.rate = rate;
        this.clip = Math.Min(clip, options.GradientClip);
        this.gradientScale = gradientScale;
        phase = Phase.Sum;
    }

    /// <summary>Between the sum and the update: what is the same for all parameters.</summary>
    private void Prepare()
    {
        var squares = 0.0;
        foreach (var square in chunkSquares) squares += square;
        Norm = gradientScale * Math.Sqrt(squares);
        phase = double.IsFinite(Norm) ? Phase.Update : Phase.Nothing;
        if (phase == Phase.Nothing) return;

        state.Steps++;
        beta1Power *= options.Beta1;
        beta2Power *= options.Beta2;
        var clipping = Norm > clip ? clip / Norm : 1.0;
        var decay = Math.Min(options.AverageDecay, (1.0 + state.Steps) / (10.0 + state.Steps));
        step = new AdamStep((float)rate, options.Beta1, options.Beta2, (float)(1 / (1 - beta1Power)), (float)(1 / (1 - beta2Power)),
            options.Epsilon, options.WeightDecay, (float)(1 - decay), (float)(gradientScale * clipping));
    }

    /// <inheritdoc/>
    unsafe void IWork.Execute(int task, int worker)
    {
        if (phase == Phase.Nothing) return;
        var start = task * ChunkLength;
        var count = Math.Min(ChunkLength, state.Padded - start);
        fixed (float* g = gradients.Span, p = state.Parameters.Span, a = state.Average.Span, m = state.FirstMoment.Span, v = state.SecondMoment.Span)
        {
            if (phase == Phase.Sum)
                chunkSquares[task] = Avx512F.IsSupported ? AdamKernel.SumShards<Lanes16>(g + start, state.Padded, shards, count)
                    : Avx2.IsSupported ? AdamKernel.SumShards<Lanes8>(g + start, state.Padded, shards, count)
                    : AdamKernel.SumShards<Lanes1>(g + start, state.Padded, shards, count);
            else if (Avx512F.IsSupported) AdamKernel.Update<Lanes16>(step, g + start, p + start, a + start, m + start, v + start, count);
            else if (Avx2.IsSupported) AdamKernel.Update<Lanes8>(step, g + start, p + start, a + start, m + start, v + start, count);
            else AdamKernel.Update<Lanes1>(step, g + start, p + start, a + start, m + start, v + start, count);
        }
    }

    /// <summary>b^n by n roundings, as the running product would have: a resumed run has the same bits.</summary>
    private static double Power(double b, long n)
    {
        var power = 1.0;
        for (long i = 0; i < n; i++)
        {
            var next = power * b;
            // Near the smallest number above 0 the product rounds to itself and stays there.
            if (next == power) break;
            power = next;
        }
        return power;
    }
}
