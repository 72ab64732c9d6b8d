using Locus.Engine.Kernels;
using Locus.Engine.Programs;
using Locus.Expressions;

namespace Locus.Problems;

/// <summary>
/// The problem in the network's coordinates: u = (x - Center) / Scale, c' = (c - ConditionCenter) / ConditionScale. A variable with a
/// finite box has the box at [-2, 2]; an unbounded one keeps its unit (Center 0, Scale 1; with one end, Center moves just so far that
/// [-2, 2] lies inside). Conditions lie in [-1, 1]. Built by substitution on the graph, so that an identity costs nothing.
/// </summary>
public sealed class Standardization
{
    private readonly Lazy<Program> penalty;
    private readonly Lazy<Program> distance;
    private readonly Lazy<Program> slack;
    private readonly Lazy<Residuals> residuals;
    private readonly Lazy<Density>? logDensity;

    private Standardization(Problem problem, double[] center, double[] scale)
    {
        (Center, Scale, LogScale) = (center, scale, scale.Sum(ElementaryDouble.Log));
        ConditionCenter = [.. problem.Parameters.Select(c => c.Lower + (c.Upper - c.Lower) / 2)];
        ConditionScale = [.. problem.Parameters.Select(c => (c.Upper - c.Lower) / 2)];
        penalty = new Lazy<Program>(() => WithGradient(problem, problem.Set.Penalty));
        distance = new Lazy<Program>(() => new Residuals(problem.Set, Standardized, problem.Dimension, problem.ConditionCount).Distance);
        slack = new Lazy<Program>(() => Compiler.Compile([Standardized(problem.Set.Slack)], problem.Dimension, problem.ConditionCount));
        residuals = new Lazy<Residuals>(() => new Residuals(new AllOf(problem.Closed), Standardized, problem.Dimension, problem.ConditionCount));
        if (problem.Energy is { } energy)
            logDensity = new Lazy<Density>(() => energy is FormulaDensity formula ? new FormulaDensity(Standardized(formula.Energy), problem.Dimension, problem.ConditionCount) : StandardDensity.Of(energy, this));
    }

    /// <summary>x at u = 0, [D], in the user's units.</summary>
    public double[] Center { get; }

    /// <summary>Length of one unit of u, [D], in the user's units; above 0.</summary>
    public double[] Scale { get; }

    /// <summary>log of the volume, in the user's units, of a unit cube of u: what densities and integrals differ by.</summary>
    public double LogScale { get; }

    /// <summary>c at c' = 0, [C], in the user's units.</summary>
    public double[] ConditionCenter { get; }

    /// <summary>Half width of each condition's range, [C], in the user's units; above 0.</summary>
    public double[] ConditionScale { get; }

    /// <summary>u [D], c' [C] to [penalty, d penalty / d u_1, ..., d penalty / d u_D], D + 1 outputs. Compiled on first use.</summary>
    public Program Penalty => penalty.Value;

    /// <summary>
    /// u [D], c' [C] to the squared distance to the set, box and all, and its gradient, D + 1 outputs, as <see cref="Residuals.Distance"/> has them. Compiled on first use.
    /// </summary>
    public Program Distance => distance.Value;

    /// <summary>
    /// The problem's energy in u and c': -E, the logarithm of the density in the user's units, without its norm, and its gradient by u. Compiled on first use; null for a problem without an energy.
    /// </summary>
    public Density? LogDensity => logDensity?.Value;

    /// <summary>u [D], c' [C] to [slack], the slack in the user's units. Compiled on first use.</summary>
    public Program Slack => slack.Value;

    /// <summary>The violations at (u, c') row by row, the box left out. Built on first use.</summary>
    public Residuals Residuals => residuals.Value;

    /// <summary>The standardization of a problem.</summary>
    /// <param name="problem">The problem.</param>
    public static Standardization Of(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var axes = problem.Variables.Select(Axis.Of).ToList();
        return new Standardization(problem, [.. axes.Select(axis => axis.Center)], [.. axes.Select(axis => axis.Scale)]);
    }

    /// <summary>Coordinates u = (x - center) / scale chosen by who knows where the set lies; conditions as always.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="center">[D], finite.</param>
    /// <param name="scale">[D], finite and above 0.</param>
    /// <exception cref="ArgumentException">A number is missing or out of range.</exception>
    public static Standardization Of(Problem problem, double[] center, double[] scale)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(center);
        ArgumentNullException.ThrowIfNull(scale);
        if (center.Length != problem.Dimension || scale.Length != problem.Dimension) throw new ArgumentException($"{center.Length} centers and {scale.Length} scales for {problem.Dimension} coordinates", nameof(center));
        if (!Array.TrueForAll(center, double.IsFinite) || !Array.TrueForAll(scale, s => s > 0 && double.IsFinite(s))) throw new ArgumentException("a center is not finite, or a scale not above 0", nameof(scale));
        return new Standardization(problem, center, scale);
    }

    private Program WithGradient(Problem problem, Expr expression)
    {
        var value = Standardized(expression);
        var u = Enumerable.Range(0, problem.Dimension).Select(Expr.Variable).ToList();
        return Compiler.Compile([value, .. Derivatives.Gradient(value, u)], problem.Dimension, problem.ConditionCount);
    }

    private Expr Standardized(Expr e) => Standardized([e])[0];

    private Expr[] Standardized(IReadOnlyList<Expr> expressions) => Graph.Substitute(
        expressions,
        i => Affine(Expr.Variable(i), Scale[i], Center[i]),
        j => Affine(Expr.Parameter(j), ConditionScale[j], ConditionCenter[j]));

    private static Expr Affine(Expr unit, double scale, double center)
    {
        var scaled = scale == 1 ? unit : scale * unit;
        return center == 0 ? scaled : scaled + center;
    }
}
