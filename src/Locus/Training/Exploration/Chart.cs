using Locus.Engine.Blocks;
using Locus.Engine.Programs;
using Locus.Problems;
using Locus.Walks;

namespace Locus.Training;

/// <summary>A point of a set with the directions in which the set goes on from there.</summary>
/// <param name="Center">The point [E].</param>
/// <param name="Basis">Orthonormal normals [M, E] or tangents [K, E], K = E - M, whichever are fewer.</param>
/// <param name="IsTangent">Whether they are tangents.</param>
/// <param name="Normals">M: how many equalities hold here independently of each other.</param>
/// <param name="Element">What one unit of the set's own measure in u, here, is in the measure wanted; see <see cref="MeasureElement"/>.</param>
internal sealed record Chart(double[] Center, double[] Basis, bool IsTangent, int Normals, double Element)
{
    /// <summary>K: the dimension of the set here.</summary>
    public int Dimension => Center.Length - Normals;

    /// <summary>The centers of charts, each of the kind of its normals' number.</summary>
    public static PointIndex Index(IReadOnlyList<Chart> charts) =>
        new(new Points([.. charts.SelectMany(chart => chart.Center)], charts[0].Center.Length), [.. charts.Select(chart => chart.Normals)]);

    /// <summary>The squared lengths of the tangent and the normal part of v [E].</summary>
    public (double Tangent, double Normal) Parts(ReadOnlySpan<double> v)
    {
        var (all, part) = (Frame.Dot(v, v), Frame.Part(Basis, v));
        return IsTangent ? (part, Math.Max(0, all - part)) : (Math.Max(0, all - part), part);
    }

    /// <summary>Leaves of v [E] its tangent part.</summary>
    /// <param name="v">The vector, overwritten.</param>
    /// <param name="scratch">[E].</param>
    public void Flatten(Span<double> v, Span<double> scratch) => Leave(IsTangent, v, scratch);

    /// <summary>Leaves of v [E] its normal part.</summary>
    /// <param name="v">The vector, overwritten.</param>
    /// <param name="scratch">[E].</param>
    public void Raise(Span<double> v, Span<double> scratch) => Leave(!IsTangent, v, scratch);

    private void Leave(bool inBasis, Span<double> v, Span<double> scratch)
    {
        if (inBasis) v.CopyTo(scratch);
        Frame.Remove(v, Basis);
        if (!inBasis) return;
        for (var d = 0; d < v.Length; d++) v[d] = scratch[d] - v[d];
    }

    /// <summary>Turns a step tangent to another chart into the one tangent to this chart whose tangent part, as the other sees it, is that step.</summary>
    /// <param name="other">A chart with as many normals.</param>
    /// <param name="v">The step [E], overwritten.</param>
    /// <returns>False if the two are at right angles: then there is none.</returns>
    public bool Lift(Chart other, Span<double> v)
    {
        var e = v.Length;
        var size = Basis.Length / e;
        Span<double> matrix = new double[size * size], part = new double[size];
        // With tangents v = T' b, (T_other T') b = T_other v; with normals v + N_other' a, (N N_other') a = -N v.
        var (rows, columns) = IsTangent ? (other.Basis, Basis) : (Basis, other.Basis);
        for (var i = 0; i < size; i++)
        {
            var row = rows.AsSpan(i * e, e);
            part[i] = (IsTangent ? 1 : -1) * Frame.Dot(row, v);
            for (var j = 0; j < size; j++) matrix[i * size + j] = Frame.Dot(row, columns.AsSpan(j * e, e));
        }
        if (!Frame.Solve(matrix, part)) return false;
        if (IsTangent) v.Clear();
        for (var j = 0; j < size; j++) Frame.Add(v, part[j], columns.AsSpan(j * e, e));
        return true;
    }
}

/// <summary>Makes charts, in one worker's memory.</summary>
internal sealed class ChartMaker
{
    private readonly StandardSet set;
    private readonly Program normals;
    private readonly MeasureElement element;
    private readonly DoubleBlock gradients;
    private readonly DoubleBlock scratch;
    private readonly DoubleBlock noCondition;
    private readonly double[] rows;

    /// <summary>Memory for one worker.</summary>
    public ChartMaker(StandardSet set)
    {
        this.set = set;
        normals = set.Standard.Residuals.Normals;
        element = new MeasureElement(set);
        var arena = new Arena(checked((normals.Outputs + normals.ScratchRows) * DoubleBlock.FloatsPerRow));
        (gradients, scratch, noCondition) = (arena.DoubleRows(normals.Outputs), arena.DoubleRows(normals.ScratchRows), arena.DoubleRows(0));
        rows = new double[normals.Outputs];
    }

    /// <summary>Computes the gradients at the 64 points of a block.</summary>
    /// <param name="u">Points [E][64].</param>
    public void Load(DoubleBlock u)
    {
        if (normals.Outputs > 0) normals.Run(u, noCondition, gradients, scratch);
    }

    /// <summary>The chart at one of these points.</summary>
    /// <param name="u">The block of <see cref="Load"/>.</param>
    /// <param name="lane">The point.</param>
    public Chart Make(DoubleBlock u, int lane)
    {
        var e = set.Dimension;
        var center = new double[e];
        for (var d = 0; d < e; d++) center[d] = u[d][lane];
        for (var i = 0; i < rows.Length; i++) rows[i] = gradients[i][lane];
        var rank = Frame.Normals(rows, e);
        var normal = rows.AsSpan(0, rank * e);
        if (rank == 0) return new Chart(center, [], false, 0, 1);
        var unit = element.Of(normal);
        if (rank <= e - rank) return new Chart(center, normal.ToArray(), false, rank, unit);
        var tangents = new double[(e - rank) * e];
        Frame.Tangents(normal, tangents, e);
        return new Chart(center, tangents, true, rank, unit);
    }
}
