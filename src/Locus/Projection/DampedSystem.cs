using System.Runtime.CompilerServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Projection;

/// <summary>
/// The linear algebra of a step in 8 lanes: with the weighted rows A that take part, over the coordinates that have not stopped, s = -A' (A A' + lambda I)^-1 b, or
/// (A' A + lambda I) s = -A' b where there are more rows than coordinates; both are the s that minimises |b + A s|^2 + lambda |s|^2. Its memory is used
/// for one group of lanes after the other and stays in the cache.
/// </summary>
internal sealed class DampedSystem
{
    // Of rows of length 1; all that is smaller is rounding.
    private const double SmallestPivot = 1e-14;
    private readonly int m;
    private readonly int n;
    private readonly int size;
    private readonly DoubleBlock weighted;
    private readonly DoubleBlock matrix;
    private readonly DoubleBlock system;
    private readonly DoubleBlock unknowns;

    /// <summary>Memory for systems of R rows and D coordinates.</summary>
    public DampedSystem(int rows, int columns)
    {
        (m, n, size) = (rows, columns, Math.Min(rows, columns));
        ByRows = m <= n;
        Damping = ByRows ? 1e-13 : 1e-10;
        int[] vectors = [m * n, m * n, LaneSystem.Packed(size), size];
        var arena = new Arena(checked(vectors.Sum(LaneRows.RowsFor) * DoubleBlock.FloatsPerRow));
        var blocks = Array.ConvertAll(vectors, count => arena.DoubleRows(LaneRows.RowsFor(count)));
        (weighted, matrix, system, unknowns) = (blocks[0], blocks[1], blocks[2], blocks[3]);
    }

    /// <summary>Whether there is an unknown for each row, its multiplier, rather than one for each coordinate.</summary>
    public bool ByRows { get; }

    /// <summary>The least lambda: it lets rows that depend on each other share the step. By columns it must also leave of each row what stands out of rounding.</summary>
    public double Damping { get; }

    /// <summary>The multipliers of the last solution by rows, [R]: a row pushes where its own is above 0.</summary>
    public Span<Lanes> Multipliers => LaneRows.All(unknowns)[..size];

    /// <summary>Takes in all rows, times their weights; a row without a weight is 0, whatever its gradient.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public void Load(LaneRows jacobian, LaneRows weights)
    {
        var all = LaneRows.All(weighted);
        for (var i = 0; i < m; i++)
        {
            var weight = weights[i];
            var known = GreaterThan(weight, Lanes.Zero);
            for (var d = 0; d < n; d++) all[i * n + d] = ConditionalSelect(known, weight * jacobian[i * n + d], Lanes.Zero);
        }
    }

    /// <summary>A s over all rows and coordinates, added to b.</summary>
    /// <param name="b">[R].</param>
    /// <param name="s">[D].</param>
    /// <param name="p">Where the sums go, [R].</param>
    [MethodImpl(Compiled.AtOnce)]
    public void Predict(ReadOnlySpan<Lanes> b, ReadOnlySpan<Lanes> s, Span<Lanes> p)
    {
        var all = LaneRows.All(weighted);
        for (var i = 0; i < m; i++)
        {
            var row = all.Slice(i * n, n);
            var sum = Lanes.Zero;
            for (var d = 0; d < row.Length; d++) sum = FusedMultiplyAdd(row[d], s[d], sum);
            p[i] = b[i] + sum;
        }
    }

    /// <summary>Builds and factors the system.</summary>
    /// <param name="takesPart">Masks of rows, [R].</param>
    /// <param name="stopped">Masks of coordinates, [D].</param>
    /// <param name="damping">lambda.</param>
    [MethodImpl(Compiled.AtOnce)]
    public void Factor(ReadOnlySpan<Lanes> takesPart, ReadOnlySpan<Lanes> stopped, Lanes damping)
    {
        var all = LaneRows.All(weighted);
        var a = LaneRows.All(matrix);
        var g = LaneRows.All(system);
        for (var i = 0; i < m; i++)
            for (var d = 0; d < n; d++) a[i * n + d] = ConditionalSelect(takesPart[i] & ~stopped[d], all[i * n + d], Lanes.Zero);
        if (ByRows) LaneSystem.Gram(a, m, n, n, 1, g);
        else LaneSystem.Gram(a, n, m, 1, n, g);
        // An empty row or column gets a pivot of 1, and so an unknown of 0.
        for (var i = 0; i < size; i++)
            g[LaneSystem.Packed(i) + i] += damping + (ByRows ? ConditionalSelect(takesPart[i], Lanes.Zero, Lanes.One) : ConditionalSelect(stopped[i], Lanes.One, Lanes.Zero));
        LaneSystem.Factor(g, size, SmallestPivot);
    }

    /// <summary>Solves the system that was factored.</summary>
    /// <param name="b">[R]; 0 in rows that do not take part.</param>
    /// <param name="s">Where s goes, [D]; 0 for coordinates that have stopped.</param>
    public void Solve(ReadOnlySpan<Lanes> b, Span<Lanes> s)
    {
        var a = LaneRows.All(matrix);
        var g = LaneRows.All(system);
        var x = LaneRows.All(unknowns);
        if (ByRows) b.CopyTo(x);
        else Combine(a, b, x);
        LaneSystem.Solve(g, size, x);
        if (ByRows) Combine(a, x, s);
        else x[..n].CopyTo(s);
    }

    // -A' y.
    [MethodImpl(Compiled.AtOnce)]
    private void Combine(ReadOnlySpan<Lanes> a, ReadOnlySpan<Lanes> y, Span<Lanes> s)
    {
        s[..n].Clear();
        for (var i = 0; i < m; i++)
        {
            var factor = -y[i];
            for (var d = 0; d < n; d++) s[d] = FusedMultiplyAdd(a[i * n + d], factor, s[d]);
        }
    }
}
