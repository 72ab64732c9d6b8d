using Locus.Expressions;

namespace Locus.Problems;

/// <summary>What every problem must satisfy, wherever it comes from. All faults are listed, with the part they belong to.</summary>
internal static class ProblemRules
{
    /// <summary>Most variables or parameters that a problem may have.</summary>
    public const int MaximumSize = 10_000;

    /// <summary>Bounds beyond this cannot be squared in float.</summary>
    public const double MaximumBound = 1e18;

    /// <summary>The part of a problem that a fault belongs to.</summary>
    public enum Part
    {
        Name,
        Variable,
        Parameter,
        Constraint,
        Measure,
        Energy,
    }

    /// <summary>One fault: the part, which of them, and what is wrong.</summary>
    public readonly record struct Fault(Part Part, int Index, string Message);

    /// <summary>All faults of a problem that is being made.</summary>
    public static IEnumerable<Fault> Faults(
        string name,
        IReadOnlyList<Variable> variables,
        IReadOnlyList<Parameter> parameters,
        IReadOnlyList<Constraint> constraints,
        Measure? measure,
        Density? energy = null) =>
    [
        .. OfName(name),
        .. OfVariables(variables),
        .. OfParameters(parameters),
        .. OfNames([.. variables.Select(v => v.Name)], [.. parameters.Select(p => p.Name)]),
        .. OfConstraints(constraints, energy, variables.Count, parameters.Count),
        .. measure is not { } value || Enum.IsDefined(value) ? [] : new[] { new Fault(Part.Measure, 0, $"{(int)value} is no measure") },
        .. measure == Measure.Component && energy is not null ? new[] { new Fault(Part.Measure, 0, "measure: component gives all parts the same share, and the energy gives them others; leave one of them out") } : [],
    ];

    private static string Short(string name) => name is null ? "" : name.Length <= 64 ? name : name[..64] + "...";

    private static IEnumerable<Fault> OfName(string name)
    {
        if (name.Length is 0 or > 64 || !char.IsAsciiLetterOrDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            yield return new Fault(Part.Name, 0, $"the name \"{Short(name)}\" cannot name a folder: "
                + "use letters, digits, - and _, beginning with a letter or digit, at most 64 characters");
    }

    private static IEnumerable<string> OfInterval(string owner, string kind, double lower, double upper, bool open)
    {
        var text = $"{owner}: the {kind} [{Numbers.Print(lower)}, {Numbers.Print(upper)}]";
        if (double.IsNaN(lower) || double.IsNaN(upper)) yield return $"{text} has an end that is not a number";
        else if (lower >= upper) yield return $"{text} is empty: its lower end must be below its upper end";
        else if (!open && double.IsInfinity(upper - lower)) yield return $"{text} must be finite, for the network is trained on all of it";
        else if (TooLarge(lower) || TooLarge(upper))
            yield return $"{text} is too large: ends must lie within {Numbers.Print(MaximumBound)}; choose another unit";
        else if (upper - lower < 1e-18) yield return $"{text} is too narrow for single precision; choose another unit";
    }

    private static bool TooLarge(double end) => double.IsFinite(end) && Math.Abs(end) > MaximumBound;

    private static IEnumerable<Fault> OfVariables(IReadOnlyList<Variable> variables)
    {
        if (variables.Count is 0 or > MaximumSize)
            yield return new Fault(Part.Variable, -1, $"a problem has 1 to {MaximumSize} variables, not {variables.Count}");
        for (var i = 0; i < variables.Count; i++)
        {
            foreach (var message in OfInterval(variables[i].Name, "box", variables[i].Lower, variables[i].Upper, open: true))
                yield return new Fault(Part.Variable, i, message);
            if (variables[i] is { Periodic: true } x && double.IsInfinity(x.Upper - x.Lower) && x.Lower < x.Upper)
                yield return new Fault(Part.Variable, i, $"{x.Name} is periodic and its box [{Numbers.Print(x.Lower)}, {Numbers.Print(x.Upper)}] has no end: give it the box of one turn, such as [-pi, pi]");
        }
    }

    private static IEnumerable<Fault> OfParameters(IReadOnlyList<Parameter> parameters)
    {
        if (parameters.Count > MaximumSize)
            yield return new Fault(Part.Parameter, -1, $"a problem has at most {MaximumSize} parameters, not {parameters.Count}");
        for (var i = 0; i < parameters.Count; i++)
        {
            foreach (var message in OfInterval(parameters[i].Name, "range", parameters[i].Lower, parameters[i].Upper, open: false))
                yield return new Fault(Part.Parameter, i, message);
        }
    }

    private static IEnumerable<Fault> OfNames(IReadOnlyList<string> variables, IReadOnlyList<string> parameters)
    {
        // A vector's entries come together and in order, so that its name stands for a run of coordinates.
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (part, names) in new[] { (Part.Variable, variables), (Part.Parameter, parameters) })
        {
            var previous = new EntryName("", -1);
            for (var i = 0; i < names.Count; i++)
            {
                if (!EntryName.TryParse(names[i], out var name))
                    yield return new Fault(part, i, $"\"{Short(names[i])}\" is no name: "
                        + "use letters, digits and _, beginning with a letter, or one entry of a vector such as q[0]");
                else if (Language.FunctionTable.IsReserved(name.Base))
                    yield return new Fault(part, i, $"\"{name.Base}\" is a word of the problem language and cannot name a {(
                        part == Part.Variable ? "variable" : "parameter")}");
                else if (name.Index > 0 ? name.Base != previous.Base || name.Index != previous.Index + 1 : !taken.Add(name.Base))
                    yield return new Fault(part, i, Misplaced(names[i], name, previous));
                previous = name;
            }
        }
    }

    private static string Misplaced(string text, EntryName name, EntryName previous) =>
        name.Index <= 0 || (name.Base == previous.Base && name.Index <= previous.Index)
            ? $"the name \"{text}\" is taken twice"
            : $"\"{text}\" must follow {EntryName.Of(name.Base, name.Index - 1)}: the entries of a vector stand together, in order, from 0";

    private static IEnumerable<Fault> OfConstraints(IReadOnlyList<Constraint> constraints, Density? energy, int dimension, int parameters)
    {
        if (constraints.Count == 0 && energy is null) yield return new Fault(Part.Constraint, -1, "there are neither constraints nor an energy: without any there is nothing to learn");
        foreach (var (i, message) in ConstraintRules.Faults(constraints, dimension, parameters))
            yield return new Fault(Part.Constraint, i, $"constraint {i + 1}: {message}");
        foreach (var message in energy is FormulaDensity formula ? ConstraintRules.Faults(formula.Energy, dimension, parameters) : [])
            yield return new Fault(Part.Energy, 0, $"the energy: {message}");
        if (energy is not null && energy.Dimension != dimension)
            yield return new Fault(Part.Energy, 0, $"the energy is one of {Numbers.Count(energy.Dimension, "coordinate", "coordinates")}, the problem has {Numbers.Count(dimension, "variable", "variables")}");
        if (energy is not null && energy.Conditions != parameters)
            yield return new Fault(Part.Energy, 0, $"the energy is one of {Numbers.Count(energy.Conditions, "parameter", "parameters")}, the problem has {parameters}");
        if (energy?.Observations is { } observations && (observations.Dimension != parameters || observations.Count == 0 || !observations.Values.All(double.IsFinite)))
            yield return new Fault(Part.Energy, 0, $"the energy's observations are {observations.Count} rows of {observations.Dimension} numbers; there must be one at least, a finite number for each of {Numbers.Count(parameters, "parameter", "parameters")}");
    }
}
