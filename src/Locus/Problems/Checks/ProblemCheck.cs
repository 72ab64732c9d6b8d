using System.Diagnostics;
using Locus.Engine.Blocks;
using Locus.Engine.Programs;
using Locus.Engine.Random;

namespace Locus.Problems;

/// <summary>
/// Looks at a problem before time is spent on training: sizes, derivatives against differences, rank of the equalities, share of the region
/// that is feasible, constraints that nobody meets, values that are not finite, cost.
/// </summary>
public static class ProblemCheck
{
    /// <summary>Checks a problem. The result depends on problem, key and options alone, but for the measured time.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="key">Chooses the random points.</param>
    /// <param name="options">How much work to do; the defaults take seconds.</param>
    /// <param name="cancellation">Ends the check early.</param>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public static CheckResult Run(Problem problem, Key key, CheckOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new CheckOptions();
        var subjects = new Subjects(problem);
        var findings = new CheckFindings(subjects, options);
        var result = new CheckResult
        {
            Problem = problem.Name,
            Dimension = problem.Dimension,
            Parameters = problem.ConditionCount,
            Inequalities = subjects.Leaves.Count(leaf => !leaf.IsEquality),
            Equalities = subjects.Leaves.Count(leaf => leaf.IsEquality),
            Measure = problem.Measure,
        };
        findings.Sizes(result);
        try
        {
            result = Numbers(result, subjects, findings, key, options, cancellation);
        }
        catch (OpaqueFunctionException e)
        {
            findings.Add(
                CheckLevel.Error, "functions", e.Message, "a function must give a value, NaN where it has none, at every point of the region");
        }
        return result with { Findings = findings.All };
    }

    private static CheckResult Numbers(
        CheckResult result, Subjects subjects, CheckFindings findings, Key key, CheckOptions options, CancellationToken cancellation)
    {
        var standardization = Standardization.Of(subjects.Problem);
        var samples = new SampleCheck(subjects, standardization);
        samples.Run(key.Fold("samples"), options, cancellation);
        var best = samples.Best.Count > 0 ? samples.Best[0] : (Slack: double.NaN, X: [], C: []);
        var share = (double)samples.Feasible / samples.Points;
        result = result with
        {
            Points = samples.Points,
            Constraints = samples.Constraints(),
            FeasibleShare = subjects.IsThin ? null : share,
            FeasibleShareError = subjects.IsThin ? null : Math.Sqrt(share * (1 - share) / samples.Points),
            SmallestSlack = best.Slack,
            SmallestSlackPoint = best.X,
            SmallestSlackParameters = best.C,
        };
        if (!subjects.Problem.IsUnlimited) findings.Samples(result, samples);
        var seams = new SeamCheck(subjects);
        if (seams.Count > 0) findings.Seams(seams.Count, seams.Run(key.Fold("seams"), samples, cancellation));

        var derivatives = new DerivativeCheck(subjects, standardization);
        derivatives.Run(key.Fold("derivatives"), options.DerivativePoints, samples, cancellation);
        derivatives.RunTraining(key.Fold("training"));
        if (subjects.Leaves.Count > 0) findings.Derivatives(derivatives);
        result = result with { DerivativeError = derivatives.Worst.Error, TrainingGradientError = derivatives.WorstInTraining.Error };

        if (standardization.LogDensity is not null)
        {
            var energy = new EnergyCheck(subjects, standardization);
            energy.Run(key.Fold("energy"), options.DerivativePoints, samples, cancellation);
            findings.Energy(energy);
            result = result with { EnergyDerivativeError = energy.Worst.Error };
        }

        var rank = new RankCheck(subjects, standardization, derivatives);
        if (rank.Applies && samples.Best.Count > 0)
        {
            rank.Run(key.Fold("rank"), samples, cancellation);
            findings.Rank(rank);
            result = result with { Rank = rank.Rank };
        }

        var program = (standardization.LogDensity as FormulaDensity)?.Program ?? (standardization.LogDensity is null ? standardization.Penalty : null);
        result = result with
        {
            Instructions = program?.InstructionCount,
            SecondsPerPoint = program is null
                ? Seconds(result.Dimension, result.Parameters, 1 + result.Dimension, standardization.LogDensity!.ScratchRows, standardization.LogDensity.Run)
                : Seconds(program.Inputs, program.Conditions, program.Outputs, program.ScratchRows, program.Run),
        };
        findings.Cost(result);
        return result;
    }

    private static double Seconds(int inputs, int conditions, int results, int scratchRows, Action<Block, Block, Block, Block> run)
    {
        var arena = new Arena((inputs + conditions + results + scratchRows) * Block.Lanes);
        var (x, c) = (arena.Rows(inputs), arena.Rows(conditions));
        var (outputs, scratch) = (arena.Rows(results), arena.Rows(scratchRows));
        run(x, c, outputs, scratch);
        var (runs, start) = (0, Stopwatch.GetTimestamp());
        do
        {
            run(x, c, outputs, scratch);
            runs++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < 20);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / runs / Block.Lanes;
    }
}
