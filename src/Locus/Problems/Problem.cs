using Locus.Engine.Programs;
using Locus.Expressions;
using Locus.Problems.Energies;

namespace Locus.Problems;

/// <summary>
/// What to sample: the set {x : x in the box, every constraint holds}, for D variables x and C parameters c; uniformly, or with the density exp(-E(x, c)) of an
/// energy E. Immutable and checked when it is made.
/// <code>
/// var rectangle = Problem.Define("rectangle", 2, x => [Abs(x[0]) &lt;= 1, Abs(x[1]) &lt;= 0.5]);
/// var disc = Problem.Define("disc", Variable.Vector("x", 2, -3, 3), [new("radius", 0.1, 2, "m")],
///     (x, c) => [Norm(x) &lt;= c[0]]);
/// var wells = Problem.OfEnergy("wells", 2, x => Pow(x[0], 4) - 6 * Square(x[0]) + 0.5 * Square(x[1]));
/// </code>
/// </summary>
public sealed class Problem
{
    private readonly Lazy<Program> slack;

    /// <summary>A problem from its parts.</summary>
    /// <param name="name">Letters, digits, - and _, beginning with a letter or digit, at most 64 characters: it names folders.</param>
    /// <param name="variables">The coordinates of x, [D], D from 1 to 10,000; the entries of a vector stand together, in order.</param>
    /// <param name="constraints">What holds on the set, at least one where there is no energy; Expr.Variable(i) is x_i, Expr.Parameter(j) is c_j.</param>
    /// <param name="parameters">The parameters c, [C]; none by default.</param>
    /// <param name="measure">What "uniform" means on the set; null for volume, or surface where equalities leave it none.</param>
    /// <param name="description">A sentence for people.</param>
    /// <param name="energy">E(x, c): the density on the set is proportional to exp(-E), by its measure; null for the uniform law.</param>
    /// <param name="density">The same by code, in place of a formula.</param>
    /// <exception cref="ProblemException">Anything is wrong; all of it is listed.</exception>
    public Problem(
        string name,
        IReadOnlyList<Variable> variables,
        IReadOnlyList<Constraint> constraints,
        IReadOnlyList<Parameter>? parameters = null,
        Measure? measure = null,
        string description = "",
        Expr? energy = null,
        Density? density = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(constraints);
        ArgumentNullException.ThrowIfNull(description);
        Name = name;
        Description = description;
        Variables = [.. variables];
        Parameters = [.. parameters ?? []];
        Constraints = [.. constraints];
        Measure = measure ?? DefaultMeasure(Constraints);
        if (energy is not null && density is not null) throw new ArgumentException("an energy is given by a formula or by code, not by both", nameof(density));
        Energy = energy is null ? density : new FormulaDensity(energy, Dimension, ConditionCount);
        var faults = ProblemRules.Faults(Name, Variables, Parameters, Constraints, measure, Energy).ToList();
        if (faults.Count > 0)
            throw new ProblemException([.. faults.Select(fault => new Finding($"problem \"{name}\"", 0, 0, fault.Message))]);
        // All of space is where what always holds does.
        IsUnlimited = Constraints.Count == 0 && !Bounds().Any();
        Closed = Constraints.Count > 0 ? Seam.Closed(Variables, Constraints) : [new Inequality(-1)];
        Set = new AllOf([.. Bounds(), .. Closed]);
        Region = Region.Of(this);
        slack = new Lazy<Program>(() => Compiler.Compile([Set.Slack], Dimension, ConditionCount));
    }

    /// <summary>The name; fit for a folder.</summary>
    public string Name { get; }

    /// <summary>A sentence for people; may be empty.</summary>
    public string Description { get; }

    /// <summary>The coordinates of x, [D].</summary>
    public IReadOnlyList<Variable> Variables { get; }

    /// <summary>The parameters c, [C].</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What holds on the set, besides the box; for values of periodic variables in their boxes.</summary>
    public IReadOnlyList<Constraint> Constraints { get; }

    /// <summary>What "uniform" means on the set.</summary>
    public Measure Measure { get; }

    /// <summary>The energy E(x, c), in units of kT, by its law: the density on the set is proportional to exp(-E), by its measure. A <see cref="FormulaDensity"/> where it has a formula. Null for the uniform law.</summary>
    public Density? Energy { get; }

    /// <summary>D, the number of variables.</summary>
    public int Dimension => Variables.Count;

    /// <summary>C, the number of parameters: the components of the condition c that the network takes in.</summary>
    public int ConditionCount => Parameters.Count;

    /// <summary>
    /// All of it as one constraint: the finite ends of the box, variable by variable, then <see cref="Constraints"/>. A periodic variable has no ends: any value stands
    /// for the one in its box, see <see cref="Variable.Wrap"/>.
    /// </summary>
    public Constraint Set { get; }

    /// <summary><see cref="Constraints"/> for any values of periodic variables.</summary>
    internal IReadOnlyList<Constraint> Closed { get; }

    /// <summary>Where pictures, rejection and checks look: the box, or what stands in for it where a variable has none.</summary>
    public Region Region { get; }

    /// <summary>x [D], c [C] in the user's units to [slack]: the sum of all violations, 0 on the set. Compiled on first use.</summary>
    public Program Slack => slack.Value;

    /// <summary>Whether the set is all of space.</summary>
    public bool IsUnlimited { get; }

    /// <summary>A problem in variables x[0] to x[D - 1] that share a box, without parameters.</summary>
    /// <param name="name">The name; fit for a folder.</param>
    /// <param name="dimension">D.</param>
    /// <param name="constraints">From x [D] to what holds on the set.</param>
    /// <param name="lower">Lower end of each variable's box.</param>
    /// <param name="upper">Upper end of each variable's box.</param>
    /// <param name="measure">What "uniform" means on the set; null for volume, or surface where equalities leave it none.</param>
    /// <param name="description">A sentence for people.</param>
    /// <param name="energy">From x [D] to E, where points are to be drawn by exp(-E); null for the uniform law.</param>
    /// <exception cref="ProblemException">Anything is wrong; all of it is listed.</exception>
    public static Problem Define(
        string name,
        int dimension,
        Func<Vector, Constraint[]> constraints,
        double lower = double.NegativeInfinity,
        double upper = double.PositiveInfinity,
        Measure? measure = null,
        string description = "",
        Func<Vector, Expr>? energy = null) =>
        Define(name, Variable.Vector("x", dimension, lower, upper), constraints, measure, description, energy);

    /// <summary>A problem in named variables, without parameters.</summary>
    /// <param name="name">The name; fit for a folder.</param>
    /// <param name="variables">The coordinates of x, [D].</param>
    /// <param name="constraints">From x [D] to what holds on the set.</param>
    /// <param name="measure">What "uniform" means on the set; null for volume, or surface where equalities leave it none.</param>
    /// <param name="description">A sentence for people.</param>
    /// <param name="energy">From x [D] to E, where points are to be drawn by exp(-E); null for the uniform law.</param>
    /// <exception cref="ProblemException">Anything is wrong; all of it is listed.</exception>
    public static Problem Define(
        string name,
        IReadOnlyList<Variable> variables,
        Func<Vector, Constraint[]> constraints,
        Measure? measure = null,
        string description = "",
        Func<Vector, Expr>? energy = null)
    {
        ArgumentNullException.ThrowIfNull(constraints);
        return Define(name, variables, [], (x, _) => constraints(x), measure, description, energy is null ? null : (x, _) => energy(x));
    }

    /// <summary>A problem in named variables with parameters.</summary>
    /// <param name="name">The name; fit for a folder.</param>
    /// <param name="variables">The coordinates of x, [D].</param>
    /// <param name="parameters">The parameters c, [C].</param>
    /// <param name="constraints">From x [D] and c [C] to what holds on the set.</param>
    /// <param name="measure">What "uniform" means on the set; null for volume, or surface where equalities leave it none.</param>
    /// <param name="description">A sentence for people.</param>
    /// <param name="energy">From x [D] and c [C] to E, where points are to be drawn by exp(-E); null for the uniform law.</param>
    /// <exception cref="ProblemException">Anything is wrong; all of it is listed.</exception>
    public static Problem Define(
        string name,
        IReadOnlyList<Variable> variables,
        IReadOnlyList<Parameter> parameters,
        Func<Vector, Vector, Constraint[]> constraints,
        Measure? measure = null,
        string description = "",
        Func<Vector, Vector, Expr>? energy = null)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(constraints);
        var (x, c) = (Vector.Variables(variables.Count), Vector.Parameters(parameters.Count));
        return new Problem(name, variables, constraints(x, c), parameters, measure, description, energy?.Invoke(x, c));
    }

    /// <summary>An energy on all of space, or on a box, in variables x[0] to x[D - 1]: the density is proportional to exp(-E(x)).</summary>
    /// <param name="name">The name; fit for a folder.</param>
    /// <param name="dimension">D.</param>
    /// <param name="energy">From x [D] to E.</param>
    /// <param name="lower">Lower end of each variable's box.</param>
    /// <param name="upper">Upper end of each variable's box.</param>
    /// <param name="description">A sentence for people.</param>
    /// <exception cref="ProblemException">Anything is wrong; all of it is listed.</exception>
    public static Problem OfEnergy(
        string name,
        int dimension,
        Func<Vector, Expr> energy,
        double lower = double.NegativeInfinity,
        double upper = double.PositiveInfinity,
        string description = "")
    {
        ArgumentNullException.ThrowIfNull(energy);
        return new Problem(name, Variable.Vector("x", dimension, lower, upper), [], description: description, energy: energy(Vector.Variables(dimension)));
    }

    /// <summary>An energy by code on all of space, or on a box, in variables x[0] to x[D - 1].</summary>
    /// <param name="name">The name; fit for a folder.</param>
    /// <param name="energy">log R = -E and its gradient.</param>
    /// <param name="lower">Lower end of each variable's box.</param>
    /// <param name="upper">Upper end of each variable's box.</param>
    /// <param name="description">A sentence for people.</param>
    /// <exception cref="ProblemException">Anything is wrong; all of it is listed.</exception>
    public static Problem OfEnergy(
        string name,
        Density energy,
        double lower = double.NegativeInfinity,
        double upper = double.PositiveInfinity,
        string description = "")
    {
        ArgumentNullException.ThrowIfNull(energy);
        return new Problem(name, Variable.Vector("x", energy.Dimension, lower, upper), [], (energy as DataDensity)?.Parameters, description: description, density: energy);
    }

    /// <summary>Values of all parameters by name, as samplers take them.</summary>
    /// <param name="c">The values in the user's units, [C].</param>
    /// <exception cref="ArgumentException">There are not C of them.</exception>
    public Dictionary<string, double> Given(ReadOnlySpan<double> c)
    {
        if (c.Length != ConditionCount) throw new ArgumentException($"{c.Length} values for {Numbers.Count(ConditionCount, "parameter", "parameters")}", nameof(c));
        Dictionary<string, double> given = [];
        for (var j = 0; j < c.Length; j++) given[Parameters[j].Name] = c[j];
        return given;
    }

    /// <summary>The problem as a problem file; <see cref="ProblemFile.Parse"/> reads the same problem back.</summary>
    /// <exception cref="LocusException">A constraint or the energy calls a function that exists in code only.</exception>
    public string ToYaml() => ProblemWriter.Write(this);

    private static Measure DefaultMeasure(IReadOnlyList<Constraint> constraints) =>
        constraints.Any(constraint => constraint is not null && Subjects.Thin(constraint)) ? Measure.Surface : Measure.Volume;

    private IEnumerable<Constraint> Bounds()
    {
        for (var i = 0; i < Dimension; i++)
        {
            if (Variables[i].Periodic) continue;
            if (double.IsFinite(Variables[i].Lower)) yield return new Inequality(Variables[i].Lower - Expr.Variable(i));
            if (double.IsFinite(Variables[i].Upper)) yield return new Inequality(Expr.Variable(i) - Variables[i].Upper);
        }
    }
}
