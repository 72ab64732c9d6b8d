namespace Locus.Engine.Random;

/// <summary>
/// Who reads a counter: the first of Philox' four counter words. Blocks put their row group there (rows 4g to 4g + 3), which
/// stays far below 2^31; everything else has a word of its own above, so no two uses of one key ever meet.
/// </summary>
internal static class Purpose
{
    /// <summary>A text folded into a key: (purpose, length in bytes, eight bytes).</summary>
    public const uint FoldText = 0xFFFF_FFFF;

    /// <summary>A number folded into a key: (purpose, 0, number).</summary>
    public const uint FoldIndex = 0xFFFF_FFFE;

    /// <summary>One double: (purpose, draw, sample).</summary>
    public const uint ScalarUniform = 0xFFFF_FFFD;

    /// <summary>One normal double: (purpose, draw, sample).</summary>
    public const uint ScalarNormal = 0xFFFF_FFFC;

    /// <summary>One whole number below a bound: (purpose + attempt, draw, sample).</summary>
    public const uint ScalarInteger = 0xC000_0000;

    /// <summary>One place of a permutation: (purpose + attempt, 0, place).</summary>
    public const uint Permutation = 0x8000_0000;
}
