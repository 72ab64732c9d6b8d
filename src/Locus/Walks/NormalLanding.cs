using System.Runtime.CompilerServices;
using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Programs;
using Locus.Projection;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Walks;

/// <summary>
/// Goes from places beside a set to the set along the normals of other points: finds a with h(z + B' a) = 0 by Newton's method, its matrix being J(z + B' a) B'
/// (Zappa, Holmes-Cerfon and Goodman 2018, section 2.2). Where it ends depends on place and normals alone, which a reversible step needs.
/// </summary>
internal sealed class NormalLanding
{
    private const int MostSteps = 12;

    // A step as short as this leaves an error of its square: no other is made.
    private const double LastStep = 1e-7;

    // In units of u, where sets are of order 1: who goes farther is lost.
    private const double LongestStep = 1e3;
    private readonly int q;
    private readonly int e;
    private readonly double lastStep;
    private readonly Program? equalities;
    private readonly DoubleBlock outputs;
    private readonly DoubleBlock scratch;
    private readonly Lanes[] running = new Lanes[LaneRows.Groups];

    // Masks of lanes whose last step is made, and who wait for the gradients there.
    private readonly Lanes[] arrived = new Lanes[LaneRows.Groups];

    // The system of 8 lanes: [Q, Q], [Q], and the step [E].
    private readonly Lanes[] matrix;
    private readonly Lanes[] unknowns;
    private readonly Lanes[] step;

    /// <summary>Memory for landings on a set.</summary>
    public NormalLanding(StandardSet set)
    {
        (q, e) = (set.Standard.Residuals.EqualityCount, set.Dimension);
        // Rounding of the user's coordinates, seen in u, is this much coarser than that of u.
        var coarsest = set.Standard.Center.Zip(set.Standard.Scale, (center, scale) => 1 + Math.Abs(center / scale)).Max();
        lastStep = Math.Max(LastStep, coarsest * 1e-14);
        (matrix, unknowns, step) = (new Lanes[q * q], new Lanes[q], new Lanes[e]);
        if (q == 0) return;
        equalities = set.Standard.Residuals.Equalities;
        var arena = new Arena(checked((equalities.Outputs + equalities.ScratchRows) * DoubleBlock.FloatsPerRow));
        (outputs, scratch) = (arena.DoubleRows(equalities.Outputs), arena.DoubleRows(equalities.ScratchRows));
    }

    /// <summary>Takes in the normal spaces at points of the set.</summary>
    /// <param name="u">The points [E][64].</param>
    /// <param name="c">Their conditions [C][64].</param>
    /// <param name="normals">Where they go.</param>
    public void Load(DoubleBlock u, DoubleBlock c, NormalSpaces normals)
    {
        if (equalities is null) return;
        equalities.Run(u, c, outputs, scratch);
        for (var group = 0; group < LaneRows.Groups; group++) normals.Load(new LaneRows(outputs, group), Lanes.AllBitsSet, group);
    }

    /// <summary>Lands.</summary>
    /// <param name="z">The places [E][64]; overwritten by where Newton's method ended.</param>
    /// <param name="c">The conditions [C][64].</param>
    /// <param name="from">The normals to go along.</param>
    /// <param name="wanted">Masks of the lanes that are to land, [8]; overwritten by those that did.</param>
    /// <param name="there">Receives the normals where they landed; null if nobody wants to know.</param>
    public void Run(DoubleBlock z, DoubleBlock c, NormalSpaces from, Span<Lanes> wanted, NormalSpaces? there)
    {
        if (equalities is null) return;
        wanted.CopyTo(running);
        wanted.Clear();
        Array.Clear(arrived);
        for (var trial = 0; trial < MostSteps; trial++)
        {
            var any = Lanes.Zero;
            foreach (var lanes in running) any |= lanes;
            if (any == Lanes.Zero) return;
            equalities.Run(z, c, outputs, scratch);
            for (var group = 0; group < LaneRows.Groups; group++)
            {
                if (running[group] == Lanes.Zero) continue;
                if (there is not null && arrived[group] != Lanes.Zero) there.Load(new LaneRows(outputs, group), arrived[group], group);
                wanted[group] |= arrived[group];
                running[group] &= ~arrived[group];
                Solve(from, group);
                arrived[group] = Advance(z, group);
                if (there is not null) continue;
                wanted[group] |= arrived[group];
                running[group] &= ~arrived[group];
            }
        }
    }

    // Gaussian elimination without exchanges: near the start the matrix is that of the start, which is positive definite. Where it no longer is, the step is not worth much.
    [MethodImpl(Compiled.AtOnce)]
    private void Solve(NormalSpaces from, int group)
    {
        var values = new LaneRows(outputs, group);
        var rows = from.Gradients(group);
        var weights = from.Weights(group);
        for (var i = 0; i < q; i++)
        {
            unknowns[i] = Known(weights[i], weights[i] * values[i]);
            for (var j = 0; j < q; j++)
            {
                var sum = Lanes.Zero;
                for (var d = 0; d < e; d++) sum = FusedMultiplyAdd(values[q + i * e + d], rows[j * e + d], sum);
                matrix[i * q + j] = Known(weights[i], weights[i] * sum);
            }
        }
        for (var k = 0; k < q; k++)
        {
            // What takes no part is no unknown.
            var inverse = matrix[k * q + k] = ConditionalSelect(from.TakesPart(group, k), Lanes.One / matrix[k * q + k], Lanes.Zero);
            for (var i = k + 1; i < q; i++)
            {
                var factor = -matrix[i * q + k] * inverse;
                for (var j = k + 1; j < q; j++) matrix[i * q + j] = FusedMultiplyAdd(factor, matrix[k * q + j], matrix[i * q + j]);
                unknowns[i] = FusedMultiplyAdd(factor, unknowns[k], unknowns[i]);
            }
        }
        for (var k = q - 1; k >= 0; k--)
        {
            for (var j = k + 1; j < q; j++) unknowns[k] = FusedMultiplyAdd(-matrix[k * q + j], unknowns[j], unknowns[k]);
            unknowns[k] *= matrix[k * q + k];
        }
        for (var d = 0; d < e; d++)
        {
            var sum = Lanes.Zero;
            for (var i = 0; i < q; i++) sum = FusedMultiplyAdd(-unknowns[i], rows[i * e + d], sum);
            step[d] = sum;
        }
    }

    // One step, and a mask of those for whom it is the last one. Who is lost stays where functions still had values.
    [MethodImpl(Compiled.AtOnce)]
    private Lanes Advance(DoubleBlock z, int group)
    {
        var rows = new LaneRows(z, group);
        var square = Lanes.Zero;
        foreach (var s in step) square = FusedMultiplyAdd(s, s, square);
        var moves = running[group] & LessThanOrEqual(square, Create(LongestStep * LongestStep));
        for (var d = 0; d < e; d++) rows[d] += ConditionalSelect(moves, step[d], Lanes.Zero);
        running[group] = moves;
        return moves & LessThanOrEqual(square, Create(lastStep * lastStep));
    }

    // A row without a direction may have no value either.
    private static Lanes Known(Lanes weight, Lanes value) => ConditionalSelect(GreaterThan(weight, Lanes.Zero), value, Lanes.Zero);
}
