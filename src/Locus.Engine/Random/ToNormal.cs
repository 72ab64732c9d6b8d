using System.Runtime.CompilerServices;
using Locus.Engine.Kernels;

namespace Locus.Engine.Random;

/// <summary>
/// Box and Muller (1958): sqrt(-2 log u) cos 2 pi v and sqrt(-2 log u) sin 2 pi v are independent standard normals for
/// independent uniforms u and v.
/// </summary>
internal readonly struct ToNormal : IWordMap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Map<T>(ref T a, ref T b)
        where T : struct, ILanes<T>
    {
        // 31 bits and a half keep u above 0 and give its small values, which make the tail, all their bits.
        var u = (T.FromInteger(T.ShiftRight(a, 1)) + T.Of(0.5f)) * T.Of(1f / (1L << 31));
        var radius = T.Sqrt(T.Of(-2f) * Elementary.LogOfNormal(u, T.Of(0f)));
        Elementary.SinCosOfTurns(ToUniform.Of(b), out var sin, out var cos);
        a = radius * cos;
        b = radius * sin;
    }
}
