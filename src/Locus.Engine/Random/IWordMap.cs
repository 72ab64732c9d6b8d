using Locus.Engine.Kernels;

namespace Locus.Engine.Random;

/// <summary>How two random words become two numbers of a distribution.</summary>
internal interface IWordMap
{
    /// <summary>Two words in, two numbers out, in place.</summary>
    static abstract void Map<T>(ref T a, ref T b)
        where T : struct, ILanes<T>;
}
