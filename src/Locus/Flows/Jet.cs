using Locus.Engine.Blocks;
using Locus.Engine.Kernels;

namespace Locus.Flows;

/// <summary>
/// Positions with their derivatives by where a step began. The derivatives are moved by the same sums as the positions, which is forward-mode differentiation
/// of the step; they have no rows where nobody asks for them.
/// </summary>
/// <param name="Value">z [D][64].</param>
/// <param name="Tangents">dz_r / de_k in row k D + r [D^2][64], or [0][64].</param>
internal readonly record struct Jet(Block Value, Block Tangents)
{
    /// <summary>z = a z + b x.</summary>
    public void Combine(double a, double b, Jet x)
    {
        Elementwise.Combine((float)a, Value, (float)b, x.Value);
        Elementwise.Combine((float)a, Tangents, (float)b, x.Tangents);
    }

    /// <summary>z = z + x.</summary>
    public void Add(Jet x)
    {
        Elementwise.Add(Value, x.Value);
        Elementwise.Add(Tangents, x.Tangents);
    }

    /// <summary>z = x.</summary>
    public void Set(Jet x)
    {
        x.Value.Values.CopyTo(Value.Values);
        x.Tangents.Values.CopyTo(Tangents.Values);
    }
}
