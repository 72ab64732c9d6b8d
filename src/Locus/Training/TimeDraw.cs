using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Training;

/// <summary>Draws the time t of training samples.</summary>
internal sealed class TimeDraw
{
    /// <summary>Rows of scratch that <see cref="Fill"/> needs.</summary>
    public const int Rows = 2;

    private const float LogitMean = -0.8f;
    private const float LogitDeviation = 0.8f;
    private const float UniformShare = 0.1f;

    private readonly TimeLaw law;
    private readonly Key key;
    private readonly Key logitKey;

    /// <summary>Times of this law.</summary>
    public TimeDraw(TimeLaw law, Key key)
    {
        this.law = law;
        this.key = key;
        logitKey = key.Fold("logit");
    }

    /// <summary>Fills t for the samples <paramref name="first"/> to <paramref name="first"/> + 63 of a step.</summary>
    public void Fill(ulong first, uint step, Block scratch, Span<float> t)
    {
        var draws = scratch.Slice(0, 1);
        Draws.Uniform(key, first, step, draws);
        draws[0].CopyTo(t);
        if (law == TimeLaw.Uniform) return;
        Draws.Normal(logitKey, first, step, scratch.Slice(1, 1));
        var normal = scratch[1];
        for (var lane = 0; lane < Block.Lanes; lane++)
            // The uniform draw decides, and where it decides for the uniform law it is, stretched, the time itself.
            t[lane] = t[lane] < UniformShare
                ? t[lane] / UniformShare
                : (float)(1 / (1 + ElementaryDouble.Exp(-(LogitMean + LogitDeviation * normal[lane]))));
    }
}
