using System.Globalization;
using Locus.Engine.Programs;

namespace Locus.Problems;

/// <summary>Turns the numbers of the checks into sentences, with a level and advice.</summary>
internal sealed class CheckFindings(Subjects subjects, CheckOptions options)
{
    private readonly List<CheckFinding> all = [];

    /// <summary>All findings so far.</summary>
    public IReadOnlyList<CheckFinding> All => all;

    /// <summary>Adds a finding.</summary>
    public void Add(CheckLevel level, string subject, string message, string? advice = null) =>
        all.Add(new CheckFinding(level, subject, message, advice));

    /// <summary>Sizes, names that nothing uses, and a measure that does not fit.</summary>
    public void Sizes(CheckResult result)
    {
        var problem = subjects.Problem;
        string[] sizes =
        [
            Numbers.Count(result.Dimension, "variable", "variables"),
            Numbers.Count(result.Parameters, "parameter", "parameters"),
            Numbers.Count(result.Inequalities, "inequality", "inequalities"),
            Numbers.Count(result.Equalities, "equality", "equalities"),
        ];
        Add(CheckLevel.Ok, "sizes", string.Join(", ", sizes));
        var used = Usage.Of(problem, energy: true);
        foreach (var variable in Usage.Unlimited(problem))
            Add(CheckLevel.Error, "variables", $"nothing limits {variable.Name}: {(problem.IsUnlimited ? "neither a constraint nor the energy uses" : "no constraint uses")} it and its box is open", problem.Energy is null ? "give it a box" : problem.IsUnlimited ? "let the energy rise with it, give it a box, or leave it out" : "give it a box, beyond which the energy leaves nothing");
        for (var j = 0; j < problem.ConditionCount; j++)
        {
            if (!used.Contains((Operation.Parameter, j)))
                Add(CheckLevel.Warning, "parameters", $"{(problem.Energy is null ? "no constraint uses" : "neither a constraint nor the energy uses")} {problem.Parameters[j].Name}", "remove it, for it makes training harder");
        }
        if (subjects.IsThin && problem.Measure == Measure.Volume)
            Add(CheckLevel.Warning, "measure", "equalities leave the set no volume, but its measure is volume", "write measure: surface");
    }

    /// <summary>Feasible share, constraints that nobody meets, values that are not finite.</summary>
    public void Samples(CheckResult result, SampleCheck samples)
    {
        for (var i = 0; i < result.Constraints.Count; i++)
        {
            if (samples.Failure[i] is not { } failure) continue;
            var count = $"{result.Constraints[i].NonFinite} of {Numbers.Count(result.Points, "point", "points")}";
            Add(CheckLevel.Error, "finite values", $"{subjects.Names[i]}: not finite at {count}, such as {failure}",
                "keep arguments of sqrt, log, asin, acos and divisors within their domain by max(...) or clamp(...), or by a box");
        }
        if (double.IsNaN(samples.MedianSlack)) return;

        // What counts as met: a thousandth of what random points miss it by.
        var tolerance = 1e-3 * samples.MedianSlack;
        foreach (var constraint in result.Constraints.Where(c => c.SmallestSlack > Math.Max(1e-9, 1e-3 * c.MeanSlack)))
        {
            var nearest = Subjects.Short(constraint.SmallestSlack);
            Add(CheckLevel.Error, "constraints", $"no point found meets {constraint.Name}; the smallest slack is {nearest}",
                "check its sign and its numbers, and the boxes");
        }
        var place = subjects.Place([.. result.SmallestSlackPoint], [.. result.SmallestSlackParameters]);
        var slack = $"{Subjects.Short(result.SmallestSlack)}, at {place}";
        if (result.SmallestSlack > tolerance && result.SmallestSlack > 1e-9)
        {
            Add(CheckLevel.Error, "feasible points", $"none found: the smallest slack is {slack}",
                "constraints may contradict each other: leave one out and check again");
        }
        else
        {
            Add(CheckLevel.Ok, "feasible points", $"smallest slack {slack}");
        }
        Share(result, samples);
        if (result.Constraints.Count > 1)
        {
            var hardest = result.Constraints.OrderBy(c => c.MetShare).ThenByDescending(c => c.MeanSlack).First();
            var met = $"met by {Percent(hardest.MetShare)} of the points, mean slack {Subjects.Short(hardest.MeanSlack)}";
            Add(CheckLevel.Ok, "hardest constraint", $"{hardest.Name}: {met}");
        }
    }

    /// <summary>Constraints that tell the ends of a periodic variable apart.</summary>
    public void Seams(int variables, IReadOnlyList<string?> differences)
    {
        for (var i = 0; i < differences.Count; i++)
        {
            if (differences[i] is not { } difference) continue;
            Add(CheckLevel.Error, "periodic variables", $"{subjects.Names[i]} differs at the two ends of a box, which are one point: {difference}",
                "use functions of that period, such as sin and cos of an angle in [-pi, pi]; or leave periodic out");
        }
        if (differences.All(difference => difference is null))
            Add(CheckLevel.Ok, "periodic variables", $"{Numbers.Count(variables, "variable", "variables")}: the constraints are the same at both ends of the box");
    }

    /// <summary>Errors of derivatives.</summary>
    public void Derivatives(DerivativeCheck check)
    {
        Error("derivatives", "derivatives of the constraints", check.Worst, options.DerivativeTolerance,
            "check the VectorJacobian of your functions");
        Error("training gradient", "derivatives of the penalty in single precision", check.WorstInTraining, options.TrainingTolerance,
            "choose units in which values are of order 1: single precision has 7 digits");
    }

    /// <summary>Values and derivatives of an energy, and whether its density can be normalised.</summary>
    public void Energy(EnergyCheck check)
    {
        if (check.Failure is { } failure)
            Add(CheckLevel.Error, "energy", $"the energy is {failure}", "keep arguments of sqrt, log and divisors within their domain by max(...); where the density is to be 0, let the energy rise steeply, or use a constraint");
        else
            Add(CheckLevel.Ok, "energy", $"{Subjects.Short(check.Range.Smallest)} to {Subjects.Short(check.Range.Largest)} at random points of the {(check.OnSet ? "set" : "region")}");
        Error("energy derivatives", "derivatives of the energy", check.Worst, options.DerivativeTolerance, $"check the {(subjects.Problem.Energy is FormulaDensity ? "VectorJacobian of your functions" : "score that your density writes: the gradient of log R = -E")}");
        Error("training gradient", "the energy and its derivatives in single precision", check.WorstInTraining, options.TrainingTolerance,
            $"choose units in which values are of order 1: single precision has 7 digits{(subjects.Problem.Energy is FormulaDensity ? "" : "; or Run of your density is not what its Log is")}", "double precision");
        if (check.Gap is { } gap)
            Add(CheckLevel.Warning, "energy", $"the energy is no number farther out, at {gap}; training ends where it comes there", "keep arguments of sqrt, log and divisors within their domain by max(...)");
        if (check.Flat is { } flat)
            Add(CheckLevel.Warning, "normalisation", $"exp(-E) may have no finite integral: far out E falls, or hardly rises; {flat}", "let it rise faster than the number of variables times the logarithm of the distance, or give the variables boxes");
        if (check.Far is { } far)
            Add(CheckLevel.Warning, "place", $"the density lies far from the origin, near {far}; training looks for it from there, slowly or in vain", "shift and scale the variables so that it lies within about 10 of 0, or give them boxes");
        if (check.Pole is { } pole)
            Add(CheckLevel.Warning, "normalisation", $"exp(-E) may have no finite integral: {pole}", "keep E from falling without end, such as by log(r + 0.01) in place of log(r), or cut the place out by a constraint");
    }

    /// <summary>Rank of the equalities.</summary>
    public void Rank(RankCheck check)
    {
        var (deficient, tried) = check.Count;
        if (tried == 0) return;
        var rank = $"{check.Rank} of {check.Equalities.Count}";
        if (deficient == 0)
        {
            var dimension = subjects.Problem.Dimension - check.Rank;
            Add(CheckLevel.Ok, "rank", $"{rank} equalities are independent near the set, which has dimension {dimension}");
        }
        else
        {
            Add(CheckLevel.Warning, "rank",
                $"the equalities depend on each other at {deficient} of {tried} points near the set (rank {rank}): {check.Place}",
                "remove equalities that follow from others; write a square that shall be 0 without the square");
        }
    }

    /// <summary>Cost of a point.</summary>
    public void Cost(CheckResult result) =>
        Add(CheckLevel.Ok, "cost", $"{(result.Instructions is { } count ? $"{count} instructions for {(subjects.Problem.Energy is null ? "penalty" : "energy")} and gradient, " : "")}"
            + $"{Subjects.Short(result.SecondsPerPoint * 1e9)} ns per point on one thread");

    private void Share(CheckResult result, SampleCheck samples)
    {
        if (result.FeasibleShare is not { } share)
        {
            Add(CheckLevel.Ok, "feasible share", "zero: equalities leave the set no volume, so no random point lies on it");
        }
        else if (samples.Feasible == 0)
        {
            // Rule of three: 95 % of the time, a share of 3/N shows up in N points.
            Add(CheckLevel.Warning, "feasible share", $"none of {result.Points} random points: below {Percent(3.0 / result.Points)}",
                "training can find a small set; a tighter box makes it easier");
        }
        else
        {
            Add(CheckLevel.Ok, "feasible share",
                $"{Percent(share)} +- {Percent(result.FeasibleShareError ?? 0)} of the region, from {result.Points} random points");
        }
    }

    private void Error(string subject, string what, (double Error, string Place) worst, double tolerance, string advice, string reference = "central differences")
    {
        var size = Subjects.Short(worst.Error);
        if (worst.Error <= tolerance) Add(CheckLevel.Ok, subject, $"{what} agree with {reference} to {size}");
        else Add(CheckLevel.Error, subject, $"{what} differ from {reference} by {size} (relative), worst in {worst.Place}", advice);
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:G3} %");
}
