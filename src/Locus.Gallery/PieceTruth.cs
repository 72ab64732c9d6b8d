using Locus.Diagnostics;
using Locus.Engine.Programs;
using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;

namespace Locus.Gallery;

/// <summary>
/// Truth about a set of named pieces. A point belongs to the piece that it violates least: by the slack of the piece, and by how far each variable
/// is out of its box, in widths of the box.
/// </summary>
internal abstract class PieceTruth : Truth
{
    /// <summary>Reach in the plane: below half of every gap between two components of the sets there.</summary>
    public const double PlanarReach = 0.1;

    private readonly Lazy<Program> slacks;
    private readonly double reach;

    /// <summary>A set in one piece, which has the problem's name.</summary>
    protected PieceTruth(Problem problem, double reach)
        : this(problem, reach, new Piece(problem.Name, 1, new AllOf(problem.Constraints)))
    {
    }

    /// <summary>A set in several pieces.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="reach">Largest violation of a point that still belongs to a piece.</param>
    /// <param name="pieces">The components; together they are the problem's set.</param>
    protected PieceTruth(Problem problem, double reach, params IReadOnlyList<Piece> pieces)
    {
        this.reach = reach;
        Dimension = problem.Dimension;
        Components = [.. pieces.Select(piece => piece.Name)];
        Shares = [.. pieces.Select(piece => piece.Share)];
        slacks = new Lazy<Program>(() =>
        {
            var outside = Outside(problem);
            return Compiler.Compile([.. pieces.Select(piece => piece.Set.Slack + outside)], problem.Dimension, 0);
        });
    }

    /// <inheritdoc/>
    public sealed override int Dimension { get; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Components { get; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<double> Shares { get; }

    /// <inheritdoc/>
    public sealed override int Component(ReadOnlySpan<double> x)
    {
        var program = slacks.Value;
        var values = new double[program.Outputs];
        program.Run(x, [], values, new double[program.ScratchRows]);
        var nearest = 0;
        for (var i = 1; i < values.Length; i++)
            if (values[i] < values[nearest]) nearest = i;
        // A point that is no number has no slack either.
        return values[nearest] <= reach && !Array.Exists(values, double.IsNaN) ? nearest : -1;
    }

    /// <summary>The piece of a sample, chosen by share with draw 0.</summary>
    protected int Choose(Key key, ulong index)
    {
        var u = Draws.Uniform(key, index, 0);
        for (var i = 0; i < Shares.Count - 1; i++)
        {
            if (u < Shares[i]) return i;
            u -= Shares[i];
        }
        return Shares.Count - 1;
    }

    private static Expr Outside(Problem problem) => Functions.Sum(problem.Variables.Select((variable, d) =>
    {
        var (x, width) = (Expr.Variable(d), problem.Region.Upper[d] - problem.Region.Lower[d]);
        var below = double.IsFinite(variable.Lower) ? Functions.Max(0, variable.Lower - x) : 0;
        var above = double.IsFinite(variable.Upper) ? Functions.Max(0, x - variable.Upper) : 0;
        return (below + above) / width;
    }));
}
