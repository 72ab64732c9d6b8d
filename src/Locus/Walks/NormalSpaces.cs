using System.Runtime.CompilerServices;
using Locus.Engine.Kernels;
using Locus.Projection;
using static System.Runtime.Intrinsics.Vector512;
using Lanes = System.Runtime.Intrinsics.Vector512<double>;

namespace Locus.Walks;

/// <summary>
/// The normal spaces at 64 points: the gradients of the equalities, each of length 1, as rows B [Q, E], with the Cholesky factor of B B'. A gradient that depends on those
/// before it, or vanishes, takes no part. Points of one block may have normal spaces of different dimensions.
/// </summary>
internal sealed class NormalSpaces
{
    // A gradient takes part when the square of this share of it is new.
    private const double Independent = 1e-12;
    private readonly MeasureElement measure;
    private readonly int q;
    private readonly int e;
    private readonly int packed;

    // Of each of the 8 groups of lanes: B, 1 / |dh/du| [Q], the factor, M, the element.
    private readonly Lanes[] gradients;
    private readonly Lanes[] weights;
    private readonly Lanes[] factors;
    private readonly Lanes[] ranks = new Lanes[LaneRows.Groups];
    private readonly Lanes[] elements = new Lanes[LaneRows.Groups];
    private readonly Lanes[] scaled;
    private readonly Lanes[] gram;
    private readonly Lanes[] unknowns;

    /// <summary>Memory for the normal spaces of a set.</summary>
    public NormalSpaces(StandardSet set)
    {
        measure = new MeasureElement(set);
        (q, e) = (set.Standard.Residuals.EqualityCount, set.Dimension);
        packed = LaneSystem.Packed(q);
        (gradients, weights, factors) = (new Lanes[LaneRows.Groups * q * e], new Lanes[LaneRows.Groups * q], new Lanes[LaneRows.Groups * packed]);
        (scaled, gram, unknowns) = (new Lanes[q * e], new Lanes[packed], new Lanes[q]);
        Array.Fill(elements, Lanes.One);
    }

    /// <summary>M, of 8 points: the dimension of the normal space.</summary>
    public Lanes Rank(int group) => ranks[group];

    /// <summary>The measure wanted in a unit of the set's own, see <see cref="MeasureElement"/>; 1 where there are no equalities.</summary>
    public Lanes Element(int group) => elements[group];

    /// <summary>B [Q, E] of 8 points.</summary>
    public ReadOnlySpan<Lanes> Gradients(int group) => gradients.AsSpan(group * q * e, q * e);

    /// <summary>What makes gradients as long as 1, [Q].</summary>
    public ReadOnlySpan<Lanes> Weights(int group) => weights.AsSpan(group * q, q);

    /// <summary>Mask: a row takes part.</summary>
    public Lanes TakesPart(int group, int row) => GreaterThan(factors[group * packed + LaneSystem.Packed(row) + row], Lanes.Zero);

    /// <summary>Takes in the gradients at some of 8 points.</summary>
    /// <param name="equalities">What the program of the equalities has computed: h [Q], dh/du [Q, E].</param>
    /// <param name="wanted">Mask of the points.</param>
    /// <param name="group">Which 8.</param>
    [MethodImpl(Compiled.AtOnce)]
    public void Load(LaneRows equalities, Lanes wanted, int group)
    {
        if (q == 0) return;
        var all = gradients.AsSpan(group * q * e, q * e);
        var unit = weights.AsSpan(group * q, q);
        for (var i = 0; i < q; i++)
        {
            var square = Lanes.Zero;
            for (var d = 0; d < e; d++) square = FusedMultiplyAdd(equalities[q + i * e + d], equalities[q + i * e + d], square);
            var weight = ConditionalSelect(IsFinite(square) & GreaterThan(square, Lanes.Zero), Lanes.One / Sqrt(square), Lanes.Zero);
            unit[i] = ConditionalSelect(wanted, weight, unit[i]);
            var known = GreaterThan(weight, Lanes.Zero);
            for (var d = 0; d < e; d++)
                all[i * e + d] = ConditionalSelect(wanted, ConditionalSelect(known, weight * equalities[q + i * e + d], Lanes.Zero), all[i * e + d]);
        }
        LaneSystem.Gram(all, q, e, e, 1, gram);
        LaneSystem.Factor(gram, q, Independent);
        gram.CopyTo(factors.AsSpan(group * packed));
        var rank = Lanes.Zero;
        for (var i = 0; i < q; i++) rank += ConditionalSelect(TakesPart(group, i), Lanes.One, Lanes.Zero);
        ranks[group] = rank;
        if (measure.Varies) Measure(all, group);
    }

    /// <summary>Takes over some of 8 points from another block.</summary>
    public void Take(NormalSpaces other, Lanes wanted, int group)
    {
        Select(wanted, other.gradients, gradients, group * q * e, q * e);
        Select(wanted, other.weights, weights, group * q, q);
        Select(wanted, other.factors, factors, group * packed, packed);
        ranks[group] = ConditionalSelect(wanted, other.ranks[group], ranks[group]);
        elements[group] = ConditionalSelect(wanted, other.elements[group], elements[group]);
    }

    /// <summary>Leaves of vectors their tangent part; twice, so that nothing but rounding of what is left remains of the other.</summary>
    /// <param name="v">[E], overwritten.</param>
    /// <param name="group">Which 8 points.</param>
    [MethodImpl(Compiled.AtOnce)]
    public void Flatten(LaneRows v, int group)
    {
        if (q == 0) return;
        var all = Gradients(group);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < q; i++)
            {
                var sum = Lanes.Zero;
                for (var d = 0; d < e; d++) sum = FusedMultiplyAdd(all[i * e + d], v[d], sum);
                unknowns[i] = sum;
            }
            LaneSystem.Solve(factors.AsSpan(group * packed, packed), q, unknowns);
            for (var i = 0; i < q; i++)
                for (var d = 0; d < e; d++) v[d] = FusedMultiplyAdd(-unknowns[i], all[i * e + d], v[d]);
        }
    }

    /// <summary>|det(T_a' T_b)| = |det(N_a' N_b)| of two spaces of the same dimension.</summary>
    /// <param name="other">The other one's block.</param>
    /// <param name="lane">The lane of both.</param>
    /// <param name="matrix">Scratch [Q, Q].</param>
    public double Overlap(NormalSpaces other, int lane, Span<double> matrix)
    {
        var (group, l) = (lane / LaneSystem.Lanes, lane % LaneSystem.Lanes);
        var (determinants, used, size) = (1.0, 0, (int)ranks[group][l]);
        for (var i = 0; i < q; i++)
        {
            var (own, its) = (Pivot(group, l, i), other.Pivot(group, l, i));
            determinants *= (own > 0 ? own : 1) * (its > 0 ? its : 1);
            for (var j = 0; j < q && own > 0; j++)
            {
                if (!(other.Pivot(group, l, j) > 0)) continue;
                var sum = 0.0;
                for (var d = 0; d < e; d++) sum += gradients[(group * q + i) * e + d][l] * other.gradients[(group * q + j) * e + d][l];
                matrix[used++] = sum;
            }
        }
        return Math.Abs(Frame.Determinant(matrix[..used], size)) * determinants;
    }

    // 1 / l_ii of a row that takes part, 0 of one that does not.
    private double Pivot(int group, int l, int row) => factors[group * packed + LaneSystem.Packed(row) + row][l];

    // det(N W N') = det(B W B') / det(B B') over the rows that take part; a factor's diagonal holds the inverse roots of the pivots.
    [MethodImpl(Compiled.AtOnce)]
    private void Measure(ReadOnlySpan<Lanes> all, int group)
    {
        for (var i = 0; i < q; i++)
            for (var d = 0; d < e; d++) scaled[i * e + d] = ConditionalSelect(TakesPart(group, i), all[i * e + d] * Create(Math.Sqrt(measure.Weights[d])), Lanes.Zero);
        LaneSystem.Gram(scaled, q, e, e, 1, gram);
        LaneSystem.Factor(gram, q, 0);
        var element = Lanes.One;
        for (var i = 0; i < q; i++)
        {
            var pivot = LaneSystem.Packed(i) + i;
            var ratio = ConditionalSelect(GreaterThan(gram[pivot], Lanes.Zero), factors[group * packed + pivot] / gram[pivot], Lanes.Zero);
            element *= ConditionalSelect(TakesPart(group, i), ratio, Lanes.One);
        }
        elements[group] = element;
    }

    private static void Select(Lanes wanted, Lanes[] from, Lanes[] to, int first, int count)
    {
        for (var i = first; i < first + count; i++) to[i] = ConditionalSelect(wanted, from[i], to[i]);
    }
}
