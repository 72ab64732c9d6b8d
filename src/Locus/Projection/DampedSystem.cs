using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Projection;

/// <summary>
/// The linear algebra of a step: with the weighted rows A that take part, over the coordinates that have not stopped, s = -A' (A A' + lambda I)^-1 b, or
/// (A' A + lambda I) s = -A' b where there are more rows than coordinates; both are the s that minimises |b + A s|^2 + lambda |s|^2.
/// </summary>
internal sealed class DampedSystem
{
    // Of rows of length 1; all that is smaller is rounding.
    private const double SmallestPivot = 1e-14;
    private readonly Linearization rows;
    private readonly DoubleBlock matrix;
    private readonly DoubleBlock system;
    private readonly DoubleBlock unknowns;

    /// <summary>Memory for systems of these rows.</summary>
    public DampedSystem(Linearization rows)
    {
        this.rows = rows;
        var (m, n) = (rows.Rows, rows.Columns);
        ByRows = m <= n;
        Damping = ByRows ? 1e-13 : 1e-10;
        var size = Math.Min(m, n);
        var arena = new Arena(checked((m * n + LaneSystem.PackedRows(size) + size) * DoubleBlock.FloatsPerRow));
        (matrix, system, unknowns) = (arena.DoubleRows(m * n), arena.DoubleRows(LaneSystem.PackedRows(size)), arena.DoubleRows(size));
    }

    /// <summary>Whether there is an unknown for each row, its multiplier, rather than one for each coordinate.</summary>
    public bool ByRows { get; }

    /// <summary>The least lambda: it lets rows that depend on each other share the step. By columns it must also leave of each row what stands out of rounding.</summary>
    public double Damping { get; }

    /// <summary>The multipliers of the last solution by rows, [R]: a row pushes where its own is above 0.</summary>
    public LaneRows Multipliers(int group) => new(unknowns, group);

    /// <summary>Builds and factors the system.</summary>
    /// <param name="takesPart">Masks of rows, [R].</param>
    /// <param name="stopped">Masks of coordinates, [D].</param>
    /// <param name="damping">lambda.</param>
    /// <param name="group">Which lanes.</param>
    public void Factor(Lanes[] takesPart, Lanes[] stopped, Lanes damping, int group)
    {
        var (m, n) = (rows.Rows, rows.Columns);
        var jacobian = rows.Jacobian(group);
        var weights = rows.Weights(group);
        var a = new LaneRows(matrix, group);
        for (var i = 0; i < m; i++)
            for (var d = 0; d < n; d++) a[i * n + d] = ConditionalSelect(takesPart[i] & ~stopped[d], weights[i] * jacobian[i * n + d], Lanes.Zero);
        if (ByRows) LaneSystem.Gram(matrix, m, n, n, 1, system, group);
        else LaneSystem.Gram(matrix, n, m, 1, n, system, group);
        var g = new LaneRows(system, group);
        // An empty row or column gets a pivot of 1, and so an unknown of 0.
        for (var i = 0; i < unknowns.Rows; i++)
            g[LaneSystem.PackedRows(i) + i] += damping + (ByRows ? ConditionalSelect(takesPart[i], Lanes.Zero, Lanes.One) : ConditionalSelect(stopped[i], Lanes.One, Lanes.Zero));
        LaneSystem.Factor(system, unknowns.Rows, SmallestPivot, group);
    }

    /// <summary>Solves the system that was factored.</summary>
    /// <param name="target">b, [R]; rows that do not take part are not read.</param>
    /// <param name="s">Where s goes, [D]; 0 for coordinates that have stopped.</param>
    /// <param name="group">Which lanes.</param>
    public void Solve(Lanes[] target, LaneRows s, int group)
    {
        var (m, n) = (rows.Rows, rows.Columns);
        var a = new LaneRows(matrix, group);
        var x = new LaneRows(unknowns, group);
        if (ByRows)
        {
            for (var i = 0; i < m; i++) x[i] = target[i];
            LaneSystem.Solve(system, m, unknowns, group);
            for (var d = 0; d < n; d++)
            {
                var sum = Lanes.Zero;
                for (var i = 0; i < m; i++) sum = FusedMultiplyAdd(a[i * n + d], -x[i], sum);
                s[d] = sum;
            }
            return;
        }
        for (var d = 0; d < n; d++) x[d] = Lanes.Zero;
        for (var i = 0; i < m; i++)
            for (var d = 0; d < n; d++) x[d] = FusedMultiplyAdd(a[i * n + d], -target[i], x[d]);
        LaneSystem.Solve(system, n, unknowns, group);
        for (var d = 0; d < n; d++) s[d] = x[d];
    }
}
