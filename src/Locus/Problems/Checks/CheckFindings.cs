using System.Globalization;
using Locus.Engine.Programs;
using Locus.Expressions;

namespace Locus.Problems;

/// <summary>Turns the numbers of the checks into sentences, with a level and advice.</summary>
internal sealed class CheckFindings(Subjects subjects, CheckOptions options)
{
    private readonly List<CheckFinding> all = [];

    /// <summary>All findings so far.</summary>
    public IReadOnlyList<CheckFinding> All => all;

    /// <summary>Adds a finding.</summary>
    public void Add(CheckLevel level, string subject, string message, string? advice = null) => all.Add(new CheckFinding(level, subject, message, advice));

    /// <summary>Sizes, names that nothing uses, and a measure that does not fit.</summary>
    public void Sizes(CheckResult result)
    {
        var problem = subjects.Problem;
        Add(CheckLevel.Ok, "sizes", $"{Numbers.Count(result.Dimension, "variable", "variables")}, {Numbers.Count(result.Conditions, "condition", "conditions")}, "
            + $"{Numbers.Count(result.Inequalities, "inequality", "inequalities")}, {Numbers.Count(result.Equalities, "equality", "equalities")}");
        var used = Used(problem);
        for (var i = 0; i < problem.Dimension; i++)
        {
            var variable = problem.Variables[i];
            if (!used.Contains((Operation.Variable, i)) && !(double.IsFinite(variable.Lower) && double.IsFinite(variable.Upper)))
                Add(CheckLevel.Error, "variables", $"nothing limits {variable.Name}: no constraint uses it and its box is open", "give it a box");
        }
        for (var j = 0; j < problem.ConditionCount; j++)
        {
            if (!used.Contains((Operation.Parameter, j)))
                Add(CheckLevel.Warning, "parameters", $"no constraint uses {problem.Parameters[j].Name}", "remove it, for it makes training harder");
        }
        if (subjects.IsThin && problem.Measure == Measure.Volume)
            Add(CheckLevel.Warning, "measure", "equalities leave the set no volume, but its measure is volume", "write measure: surface");
    }

    /// <summary>Feasible share, constraints that nobody meets, values that are not finite.</summary>
    public void Samples(CheckResult result, SampleCheck samples)
    {
        for (var i = 0; i < result.Constraints.Count; i++)
        {
            if (samples.Failure[i] is { } place)
                Add(CheckLevel.Error, "finite values", $"{subjects.Names[i]}: not finite at {result.Constraints[i].NonFinite} of {Numbers.Count(result.Points, "point", "points")}, such as {place}",
                    "keep arguments of sqrt, log, asin, acos and divisors within their domain by max(...) or clamp(...), or by a box");
        }
        if (double.IsNaN(samples.MedianSlack)) return;

        // What counts as met: a thousandth of what random points miss it by.
        var tolerance = 1e-3 * samples.MedianSlack;
        for (var i = 0; i < result.Constraints.Count; i++)
        {
            var constraint = result.Constraints[i];
            if (constraint.SmallestSlack > Math.Max(1e-9, 1e-3 * constraint.MeanSlack))
                Add(CheckLevel.Error, "constraints", $"no point found meets {constraint.Name}; the smallest slack is {Subjects.Short(constraint.SmallestSlack)}", "check its sign and its numbers, and the boxes");
        }
        if (result.SmallestSlack > tolerance && result.SmallestSlack > 1e-9)
        {
            Add(CheckLevel.Error, "feasible points", $"none found: the smallest slack is {Subjects.Short(result.SmallestSlack)}, at {subjects.Place([.. result.SmallestSlackPoint], [.. result.SmallestSlackConditions])}",
                "constraints may contradict each other: leave one out and check again");
        }
        else
        {
            Add(CheckLevel.Ok, "feasible points", $"smallest slack {Subjects.Short(result.SmallestSlack)}, at {subjects.Place([.. result.SmallestSlackPoint], [.. result.SmallestSlackConditions])}");
        }
        Share(result, samples);
        if (result.Constraints.Count > 1)
        {
            var hardest = result.Constraints.OrderBy(c => c.MetShare).ThenByDescending(c => c.MeanSlack).First();
            Add(CheckLevel.Ok, "hardest constraint", $"{hardest.Name}: met by {Percent(hardest.MetShare)} of the points, mean slack {Subjects.Short(hardest.MeanSlack)}");
        }
    }

    /// <summary>Errors of derivatives.</summary>
    public void Derivatives(DerivativeCheck check)
    {
        Error("derivatives", "the constraints' derivatives", check.Worst, options.DerivativeTolerance, "check the VectorJacobian of your functions");
        Error("training gradient", "the gradient in single precision", check.WorstInTraining, options.TrainingTolerance,
            "choose units in which values are of order 1: single precision has 7 digits");
    }

    /// <summary>Rank of the equalities.</summary>
    public void Rank(RankCheck check)
    {
        var (deficient, tried) = check.Count;
        if (tried == 0) return;
        if (deficient == 0) Add(CheckLevel.Ok, "rank", $"{check.Rank} of {check.Equalities.Count} equalities are independent near the set, which has dimension {subjects.Problem.Dimension - check.Rank}");
        else Add(CheckLevel.Warning, "rank", $"the equalities depend on each other at {deficient} of {tried} points near the set (rank {check.Rank} of {check.Equalities.Count}): {check.Place}",
            "remove equalities that follow from others; write a square that shall be 0 without the square");
    }

    /// <summary>Cost of a point.</summary>
    public void Cost(CheckResult result) =>
        Add(CheckLevel.Ok, "cost", string.Create(CultureInfo.InvariantCulture, $"{result.Instructions} instructions, {result.SecondsPerPoint * 1e9:G3} ns per point for penalty and gradient on one thread"));

    private void Share(CheckResult result, SampleCheck samples)
    {
        if (result.FeasibleShare is not { } share)
        {
            Add(CheckLevel.Ok, "feasible share", "zero: equalities leave the set no volume, so no random point lies on it");
        }
        else if (samples.Feasible == 0)
        {
            // Rule of three: 95 % of the time, a share of 3/N shows up in N points.
            Add(CheckLevel.Warning, "feasible share", $"none of {result.Points} random points: below {Percent(3.0 / result.Points)}", "training can find a small set; a tighter box makes it easier");
        }
        else
        {
            Add(CheckLevel.Ok, "feasible share", $"{Percent(share)} +- {Percent(result.FeasibleShareError ?? 0)} of the region, from {result.Points} random points");
        }
    }

    private void Error(string subject, string what, (double Error, string Place) worst, double tolerance, string advice)
    {
        if (worst.Error <= tolerance) Add(CheckLevel.Ok, subject, $"{what} agree with central differences to {Subjects.Short(worst.Error)}".Replace("precision agree", "precision agrees", StringComparison.Ordinal));
        else Add(CheckLevel.Error, subject, $"{what} differ from central differences by {Subjects.Short(worst.Error)} (relative), worst in {worst.Place}", advice);
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:G3} %");

    private static HashSet<(Operation, int)> Used(Problem problem)
    {
        var used = new HashSet<(Operation, int)>();
        var seen = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
        foreach (var value in problem.Constraints.SelectMany(ConstraintRules.Values))
        {
            ConstraintRules.Walk(value, seen, node =>
            {
                if (node.Operation is Operation.Variable or Operation.Parameter) used.Add((node.Operation, node.Index));
            });
        }
        return used;
    }
}
