using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

/// <summary>A checksum (FNV-1a, 64 bits) over a formula's results on fixed arguments.</summary>
internal static class FrozenBits
{
    public static readonly ulong[] Expected =
    [
        3307686983216727261, 15979587759770949051, 10571642964920194116, 1111266806251591796,
        12669180267074138738, 11164355203775469268, 8095102984563007185, 18060978388081300201,
    ];

    public static ulong Of<TFormula>()
        where TFormula : struct, IFormula => Of(Lanewise.Apply<TFormula, Lanes16>(Arguments.EveryKind(65_537)));

    public static ulong Of(ReadOnlySpan<float> values)
    {
        var hash = 14695981039346656037;
        foreach (var value in values)
            hash = unchecked((hash ^ (float.IsNaN(value) ? 0x7FC00000u : BitConverter.SingleToUInt32Bits(value))) * 1099511628211);
        return hash;
    }
}
