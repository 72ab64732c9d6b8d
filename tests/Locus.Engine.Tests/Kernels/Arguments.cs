namespace Locus.Engine.Tests.Kernels;

/// <summary>Floats to try a formula on.</summary>
internal static class Arguments
{
    /// <summary>All kinds of floats: every <paramref name="stride"/>-th bit pattern, in blocks of 16, the specials first.</summary>
    public static float[] EveryKind(uint stride)
    {
        float[] specials =
        [
            0f, -0f, 1f, -1f, float.Epsilon, -float.Epsilon, 1.17549421e-38f, 1.17549435e-38f, float.MaxValue, float.MinValue,
            float.PositiveInfinity, float.NegativeInfinity, float.NaN, -float.NaN, BitConverter.Int32BitsToSingle(0x7F800001), 8388608f,
        ];
        var count = (int)((1L << 32) / stride / 16 * 16);
        var values = new float[specials.Length + count];
        specials.CopyTo(values, 0);
        for (var i = 0; i < count; i++) values[specials.Length + i] = BitConverter.UInt32BitsToSingle(unchecked((uint)i * stride));
        return values;
    }

    /// <summary>Evenly spaced floats where the functions bend: -12 to 12.</summary>
    public static float[] Dense(int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++) values[i] = -12f + 24f * i / count;
        return values;
    }
}
