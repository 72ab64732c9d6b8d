using System.Runtime.CompilerServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Programs;

/// <summary>The functions of <see cref="Scalars"/> on rows of 64 doubles, lane by lane: so one point alone gets the same bits.</summary>
internal readonly unsafe struct DoubleFunctionRows : IFunctionRows<double>
{
    /// <inheritdoc/>
    [MethodImpl(Compiled.AtOnce)]
    public static void Unary(Operation operation, double* a, double* target)
    {
        for (var i = 0; i < Block.Lanes; i++) target[i] = Scalars.Apply(operation, a[i]);
    }

    /// <inheritdoc/>
    [MethodImpl(Compiled.AtOnce)]
    public static void Binary(Operation operation, double* a, double* b, double* target)
    {
        for (var i = 0; i < Block.Lanes; i++) target[i] = Scalars.Apply(operation, a[i], b[i]);
    }
}
