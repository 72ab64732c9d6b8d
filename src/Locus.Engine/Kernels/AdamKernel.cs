using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

/// <summary>The numbers of one AdamW update that are the same for all parameters.</summary>
/// <param name="Rate">Learning rate of this step.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Correction1">1 / (1 - Beta1^step).</param>
/// <param name="Correction2">1 / (1 - Beta2^step).</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
/// <param name="WeightDecay">Decoupled decay per unit of learning rate.</param>
/// <param name="AverageShare">1 - decay of the moving average of the parameters.</param>
/// <param name="GradientScale">Factor on the gradient: 1 / batch, and the clipping.</param>
public readonly record struct AdamStep(
    float Rate, float Beta1, float Beta2, float Correction1, float Correction2, float Epsilon, float WeightDecay, float AverageShare, float GradientScale);

/// <summary>
/// AdamW (Loshchilov and Hutter 2019, algorithm 2) with a moving average of the parameters, value by value:
/// m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, p = p - rate (m c1 / (sqrt(v c2) + eps) + decay p), a = a + share (p - a).
/// </summary>
internal static unsafe class AdamKernel
{
    /// <summary>Values per cell: every range that a kernel is called with is a multiple of this.</summary>
    public const int Cell = 16;

    /// <summary>Updates <paramref name="count"/> parameters.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Update<T>(in AdamStep step, float* gradient, float* p, float* average, float* m, float* v, int count)
        where T : struct, ILanes<T>
    {
        T b1 = T.Of(step.Beta1), b2 = T.Of(step.Beta2), r1 = T.Of(1 - step.Beta1), r2 = T.Of(1 - step.Beta2);
        T c1 = T.Of(step.Correction1 * step.Rate), c2 = T.Of(step.Correction2), eps = T.Of(step.Epsilon);
        T decay = T.Of(-step.Rate * step.WeightDecay), share = T.Of(step.AverageShare), scale = T.Of(step.GradientScale);
        for (var i = 0; i < count; i += T.Count)
        {
            var g = scale * T.Load(gradient + i);
            var mi = T.Fma(b1, T.Load(m + i), r1 * g);
            var vi = T.Fma(b2, T.Load(v + i), r2 * (g * g));
            var old = T.Load(p + i);
            var next = T.Fma(decay, old, old) - c1 * mi / (T.Sqrt(c2 * vi) + eps);
            var mean = T.Load(average + i);
            T.Store(mi, m + i);
            T.Store(vi, v + i);
            T.Store(next, p + i);
            T.Store(T.Fma(share, next - mean, mean), average + i);
        }
    }

    /// <summary>
    /// Adds the gradients of <paramref name="shards"/> shards in their order into the first and returns the sum of squares of the totals
    /// (16 partial sums in place order, folded at the end).
    /// </summary>
    [MethodImpl(Compiled.AtOnce)]
    public static double SumShards<T>(float* gradients, nint stride, int shards, int count)
        where T : struct, ILanes<T>
    {
        float* squares = stackalloc float[Cell];
        for (var j = 0; j < Cell; j += T.Count)
        {
            var square = T.Of(0f);
            for (var i = j; i < count; i += Cell)
            {
                var sum = T.Load(gradients + i);
                for (var s = 1; s < shards; s++) sum += T.Load(gradients + i + s * stride);
                if (shards > 1) T.Store(sum, gradients + i);
                square = T.Fma(sum, sum, square);
            }
            T.Store(square, squares + j);
        }
        var total = 0.0;
        for (var j = 0; j < Cell; j++) total += squares[j];
        return total;
    }
}
