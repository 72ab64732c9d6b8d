using System.Runtime.CompilerServices;
using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>Takes two nodes for equal that do the same with the same argument nodes; sums and products in either order.</summary>
internal sealed class ShallowComparer : IEqualityComparer<Expr>
{
    public static readonly ShallowComparer Instance = new();

    public bool Equals(Expr? x, Expr? y)
    {
        if (ReferenceEquals(x, y)) return true;
        if (x is null || y is null || x.Operation != y.Operation || x.Index != y.Index || !x.Number.Equals(y.Number)) return false;
        if (!Equals((object?)x.Function, y.Function)) return false;
        var a = x.Inputs;
        var b = y.Inputs;
        if (a.Length != b.Length) return false;
        if (Commutes(x.Operation) && ReferenceEquals(a[0], b[1]) && ReferenceEquals(a[1], b[0])) return true;
        for (var i = 0; i < a.Length; i++)
        {
            if (!ReferenceEquals(a[i], b[i])) return false;
        }

        return true;
    }

    public int GetHashCode(Expr obj)
    {
        var sum = 0;
        var hash = new HashCode();
        hash.Add((int)obj.Operation);
        hash.Add(obj.Index);
        hash.Add(obj.Number);
        if (obj.Function is not null) hash.Add(obj.Function.GetHashCode());
        foreach (var input in obj.Inputs)
        {
            if (Commutes(obj.Operation)) sum = unchecked(sum + RuntimeHelpers.GetHashCode(input));
            else hash.Add(RuntimeHelpers.GetHashCode(input));
        }

        hash.Add(sum);
        return hash.ToHashCode();
    }

    private static bool Commutes(Operation operation) => operation is Operation.Add or Operation.Multiply;
}
