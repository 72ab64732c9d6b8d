using Locus.Engine.Intervals;
using Locus.Engine.Programs;

namespace Locus.Projection;

/// <summary>
/// Steps from the edge of inequalities into the set, along the equalities: the shortest d with dh d = 0 and g + dg d = -margin |dg|, with coordinates in
/// units of the reach. Nothing is proven here; what is reached is proven or not.
/// </summary>
internal sealed class InwardStep
{
    // Shares of the reach: far above rounding first, then as far as there is room.
    private static readonly double[] Margins = [1.0 / 1024, 1.0 / 32, 1.0 / 4];

    private readonly Branch branch;
    private readonly double[] reach;
    private readonly RowFactors rows;
    private readonly double[] row;
    private readonly double[] step;
    private readonly double[] targets;
    private double[] gradients = [];
    private double[] scratch = [];

    /// <summary>Steps for a branch.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="reach">How far a step may lead in each coordinate, [D].</param>
    public InwardStep(Branch branch, double[] reach)
    {
        this.branch = branch;
        this.reach = reach;
        // More rows than coordinates are dependent; one is added before that is seen.
        rows = new RowFactors(reach.Length + 1, reach.Length);
        (row, step) = (new double[reach.Length], new double[reach.Length]);
        targets = new double[reach.Length + 1];
    }

    /// <summary>Moves a point inward.</summary>
    /// <param name="point">The point, [D]; moved.</param>
    /// <param name="held">Coordinates that stay, [D].</param>
    /// <param name="c">The condition, [C].</param>
    /// <param name="bounds">Bounds of the inequalities about the point.</param>
    /// <param name="pressed">The inequalities that have to fall.</param>
    /// <param name="count">Number of steps before this one.</param>
    /// <returns>False if there is no step to take.</returns>
    public bool Move(
        Span<double> point, ReadOnlySpan<bool> held, ReadOnlySpan<double> c, IntervalEvaluator bounds, List<int> pressed, int count)
    {
        if (count >= Margins.Length) return false;
        rows.Clear();
        if (branch.Equalities.Outputs > 0)
        {
            Evaluate(branch.EqualityGradients, point, c);
            for (var j = 0; j < branch.Equalities.Outputs; j++) Add(j, held, _ => 0);
        }
        var equalities = rows.Count;
        foreach (var j in pressed)
        {
            var g = bounds.Value(j).Upper;
            if (!double.IsFinite(g)) return false;
            Evaluate(branch.InequalityGradient(j), point, c);
            Add(0, held, slope => -g / slope - Margins[count]);
        }
        if (rows.Count == equalities) return false;
        rows.Solve(targets, step);
        for (var i = 0; i < point.Length; i++) point[i] += reach[i] * step[i];
        return true;
    }

    private void Evaluate(Program program, ReadOnlySpan<double> point, ReadOnlySpan<double> c)
    {
        if (gradients.Length < program.Outputs) gradients = new double[program.Outputs];
        if (scratch.Length < program.ScratchRows) scratch = new double[program.ScratchRows];
        program.Run(point, c, gradients, scratch);
    }

    // Rows of length 1; those that depend on the rows before add nothing.
    private void Add(int index, ReadOnlySpan<bool> held, Func<double, double> target)
    {
        for (var i = 0; i < row.Length; i++) row[i] = held[i] ? 0 : gradients[index * row.Length + i] * reach[i];
        var slope = RowFactors.Normalize(row);
        if (rows.TryAdd(row)) targets[rows.Count - 1] = target(slope);
    }
}
