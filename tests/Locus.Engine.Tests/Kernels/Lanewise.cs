using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

/// <summary>Runs a formula over an array in lanes of one's choice, and compares results bit by bit.</summary>
internal static unsafe class Lanewise
{
    public static float[] Apply<TFormula, T>(float[] x)
        where TFormula : struct, IFormula
        where T : struct, ILanes<T>
    {
        var result = new float[x.Length];
        fixed (float* source = x, target = result)
        {
            for (var i = 0; i < x.Length; i += T.Count) T.Store(TFormula.Of(T.Load(source + i)), target + i);
        }
        return result;
    }

    public static float[] Apply2<T>(float[] y, float[] x)
        where T : struct, ILanes<T>
    {
        var result = new float[x.Length];
        fixed (float* first = y, second = x, target = result)
        {
            for (var i = 0; i < x.Length; i += T.Count) T.Store(Elementary.Atan2(T.Load(first + i), T.Load(second + i)), target + i);
        }
        return result;
    }

    /// <summary>Applies a formula to one float.</summary>
    public static float Apply<TFormula>(float x)
        where TFormula : struct, IFormula => Apply<TFormula, Lanes1>([x])[0];

    /// <summary>Asserts equal bits; any NaN equals any other, as its payload is the one thing IEEE 754 leaves open.</summary>
    public static void SameBits(string name, float[] x, float[] expected, float[] actual)
    {
        for (var i = 0; i < x.Length; i++)
        {
            if (float.IsNaN(expected[i]) && float.IsNaN(actual[i])) continue;
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
                Assert.Fail($"{name}({x[i]:R}): {expected[i]:R} in one lane, {actual[i]:R} in more");
        }
    }
}
