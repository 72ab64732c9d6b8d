using Locus.Problems.Energies;

namespace Locus.Problems.Yaml;

/// <summary>Reads a document into a problem: the top keys, each by the reader of its section, then the rules that hold for all problems.</summary>
internal static class DocumentReader
{
    /// <summary>The top keys.</summary>
    public static readonly string[] Keys = ["name", "description", "variables", "parameters", "definitions", "constraints", "energy", "measure"];

    /// <summary>The problem that a text describes.</summary>
    /// <exception cref="ProblemException">Anything is wrong; all of it is listed.</exception>
    public static Problem Read(SourceText source)
    {
        if (NodeReader.Read(source) is not MapNode root)
        {
            source.Report(0, "a problem file begins with keys: name, variables, constraints");
            throw source.Failure();
        }
        var sections = new Section(source, root, Keys, "a problem");
        var name = sections.Text("name") ?? "";
        var description = sections.Text("description") ?? "";
        var measure = ReadMeasure(source, sections);
        var evaluation = new Evaluation(source);
        var variables = new DeclarationReader(source, evaluation, "box", "variable");
        variables.Read(sections.Find("variables"));
        var parameters = new DeclarationReader(source, evaluation, "range", "parameter");
        parameters.Read(sections.Find("parameters"));
        evaluation.Declare(variables, parameters);
        new DefinitionReader(source, evaluation).Read(sections.Find("definitions"));
        var constraints = new ConstraintReader(source, evaluation);
        constraints.Read(sections.Find("constraints"));
        sections.Require("name", "name: my-problem");
        if (sections.Find("energy") is null) sections.Require("constraints", "constraints: [ norm(x) <= 1 ], or an energy, such as energy: sum(x^2)");

        var c = parameters.Parameters();
        var x = variables.Variables();
        var energy = new EnergyReader(source, evaluation).Read(sections.Find("energy"), x.Count, c.Count);
        // Data say how many coordinates and parameters their energy has; where they could not be read, one coordinate stands for all.
        if (energy is DataDensity data && sections.Find("parameters") is null) c = [.. data.Parameters];
        if (sections.Find("energy") is MapNode && sections.Find("variables") is null) x = [.. Variable.Vector("x", energy?.Dimension ?? 1)];
        else sections.Require("variables", "variables: { x: { size: 2, box: [-1, 1] } }");
        var blamed = new HashSet<int>();
        foreach (var fault in ProblemRules.Faults(name, x, c, constraints.Constraints, measure, energy))
        {
            int? place = fault.Part switch
            {
                ProblemRules.Part.Name => sections.Find("name")?.Start,
                ProblemRules.Part.Variable => variables.Place(fault.Index),
                ProblemRules.Part.Parameter => parameters.Place(fault.Index),
                // Once something else is wrong, a missing constraint is what that has left out.
                ProblemRules.Part.Energy => sections.Find("energy")?.Start,
                ProblemRules.Part.Measure => sections.Find("measure")?.Start,
                ProblemRules.Part.Constraint => source.HasMistakes ? null : constraints.Place(fault.Index),
                _ => null,
            };
            // One fault for a declaration: the entries of a vector share their mistakes.
            if (place is { } at && blamed.Add(at)) source.Report(at, fault.Message);
        }
        if (source.HasMistakes) throw source.Failure();
        return new Problem(name, x, constraints.Constraints, c, measure, description, density: energy);
    }

    private static Measure? ReadMeasure(SourceText source, Section sections)
    {
        var text = sections.Text("measure");
        switch (text)
        {
            case null:
                return null;
            case "volume":
                return Measure.Volume;
            case "surface":
                return Measure.Surface;
            case "component":
                return Measure.Component;
            default:
                var node = sections.Find("measure")!;
                var advice = Suggestion.For(text, ["volume", "surface", "component"]);
                source.Report(node.Start, $"the measure is volume, surface or component, not {node.Shown}{advice}");
                return null;
        }
    }
}
