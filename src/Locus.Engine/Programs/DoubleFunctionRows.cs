using System.Runtime.CompilerServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Engine.Programs;

/// <summary>
/// The functions of <see cref="Scalars"/> on rows of 64 doubles, with the bits that one point alone gets: sine and cosine, which robots are made of, several lanes at once, the
/// others lane by lane.
/// </summary>
/// <typeparam name="T">The lanes that are worked on at once.</typeparam>
internal readonly unsafe struct DoubleFunctionRows<T> : IFunctionRows<double>
    where T : struct, IArithmeticLanes<T, double>
{
    /// <inheritdoc/>
    [MethodImpl(Compiled.AtOnce)]
    public static void Unary(Operation operation, double* a, double* target)
    {
        switch (operation)
        {
            case Operation.Sin: Sin(a, target); break;
            case Operation.Cos: Cos(a, target); break;
            default:
                for (var i = 0; i < Block.Lanes; i++) target[i] = Scalars.Apply(operation, a[i]);
                break;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(Compiled.AtOnce)]
    public static void Binary(Operation operation, double* a, double* b, double* target)
    {
        for (var i = 0; i < Block.Lanes; i++) target[i] = Scalars.Apply(operation, a[i], b[i]);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Sin(double* a, double* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(ElementaryDouble.SinCos(T.Load(a + i)).Sin, target + i);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Cos(double* a, double* target)
    {
        for (var i = 0; i < Block.Lanes; i += T.Count) T.Store(ElementaryDouble.SinCos(T.Load(a + i)).Cos, target + i);
    }
}
