using Locus.Engine.Random;

namespace Locus.Engine.Tests.Random;

/// <summary>What the draws of seed 11 were when they were first released.</summary>
internal static class FrozenDraws
{
    public const ulong Uniforms = 7970154707762982834;
    public const ulong Normals = 15013247638605591837;
    public const double Uniform = 0.19059906519497483;
    public const double Normal = 0.36869049964567296;
    public const int Below = 1789861328;
    public static readonly Key Folded = new(0x37b95ca2, 0x2525baa1);
}
