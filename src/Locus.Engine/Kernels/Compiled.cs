using System.Runtime.CompilerServices;

namespace Locus.Engine.Kernels;

/// <summary>How loops that do the work are to be compiled.</summary>
public static class Compiled
{
    /// <summary>
    /// At the first call and with all optimisations, so that no run begins with slow code; and as a method of its own: inlined into a caller that is
    /// compiled later, the lanes of a generic loop can be left as calls, which costs ten times as much.
    /// </summary>
    public const MethodImplOptions AtOnce = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
