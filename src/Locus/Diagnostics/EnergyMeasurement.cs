using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Sampling;

namespace Locus.Diagnostics;

/// <summary>Measures how near a drift is to an energy, see <see cref="EnergyFacts"/>.</summary>
public static class EnergyMeasurement
{
    // Values of parameters that are drawn, and least paths for each.
    private const int MostConditions = 32, FewestPaths = 50;

    /// <summary>Measures a sampler.</summary>
    /// <param name="sampler">Any sampler.</param>
    /// <param name="count">N, at least 2.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="exact">Exact samples [N', D]; null where there are none, or the problem has parameters.</param>
    /// <param name="logZTrue">log Z; null where it is not known.</param>
    /// <param name="team">Workers.</param>
    /// <param name="given">Values of parameters by name; null to draw them all.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Null for a problem without an energy, and for a sampler that is no drift.</returns>
    public static EnergyFacts? Of(
        Sampler sampler, int count, Key key, Points? exact, double? logZTrue, Team team, IReadOnlyDictionary<string, double>? given = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(team);
        if (sampler is not DriftSampler drift || sampler.Problem.Energy is null || count < 2) return null;
        return sampler.Problem.Parameters.All(parameter => given?.ContainsKey(parameter.Name) == true)
            ? ForValues(drift, count, key, exact, logZTrue, team, given, cancellation)
            : OverValues(drift, count, key, team, given, cancellation);
    }

    private static EnergyFacts ForValues(
        DriftSampler sampler, int count, Key key, Points? exact, double? logZTrue, Team team, IReadOnlyDictionary<string, double>? given, CancellationToken cancellation)
    {
        var samples = sampler.SampleWithDensity(count, key, team, given, cancellation: cancellation);
        var there = LogWeights(sampler.Problem, samples, samples.Densities!.Log, team.Threads, cancellation);
        var (bound, boundError) = Mean(there);
        var (logZ, squares) = LogMean(there);
        double[] weights = [.. there.Select(log => ElementaryDouble.Exp(log - logZ))];
        var tail = TailShape.Of(weights);
        var facts = new EnergyFacts(count, bound, boundError, logZ, Math.Sqrt(Math.Max(0, squares - 1) / count), 1 / squares)
        {
            LargestWeight = weights.Max(),
            TailShape = double.IsNaN(tail) ? null : tail,
            LogZTrue = logZTrue,
        };
        if (exact is null || sampler.Problem.ConditionCount > 0) return facts;
        var back = LogWeights(sampler.Problem, new SampleSet(exact, null), sampler.ReturnDensities(exact, null, key.Fold("back"), team), team.Threads, cancellation);
        var (upper, upperError) = Mean(back);
        return facts with
        {
            UpperBound = upper,
            UpperBoundError = upperError,
            ForwardEffectiveShare = ElementaryDouble.Exp(-LogMean(back).Log - LogMean([.. back.Select(log => -log)]).Log),
        };
    }

    // The mean of weights over different values says nothing: the easiest ones rule it.
    private static EnergyFacts OverValues(DriftSampler sampler, int count, Key key, Team team, IReadOnlyDictionary<string, double>? given, CancellationToken cancellation)
    {
        var groups = Math.Clamp(count / FewestPaths, 1, MostConditions);
        var drawn = sampler.Sample(groups, key.Fold("conditions"), team, given, cancellation: cancellation).Conditions!;
        var each = Enumerable.Range(0, groups).Select(g => ForValues(
            sampler, Math.Max(2, count / groups), key.Fold((ulong)g), null, null, team, sampler.Problem.Given(drawn[g]), cancellation)).ToList();
        var ((bound, boundError), (logZ, logZError)) = (Mean([.. each.Select(facts => facts.LowerBound)]), Mean([.. each.Select(facts => facts.LogZ)]));
        return new EnergyFacts(each.Sum(facts => facts.Count), bound, boundError, logZ, logZError, each.Average(facts => facts.EffectiveShare)) { Conditions = groups };
    }

    private static double[] LogWeights(Problem problem, SampleSet samples, double[] densities, int threads, CancellationToken cancellation) =>
        [.. LogTargets.Of(problem, samples, threads, cancellation)!.Zip(densities, (target, density) => target - density)];

    private static (double Mean, double Error) Mean(double[] values)
    {
        var mean = values.Average();
        return (mean, values.Length == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1.0) / values.Length));
    }

    /// <summary>log of the mean of exp, and the mean of the squares of these over the square of their mean.</summary>
    private static (double Log, double Squares) LogMean(double[] logs)
    {
        var largest = logs.Max();
        double sum = 0, squares = 0;
        foreach (var log in logs)
        {
            var w = ElementaryDouble.Exp(log - largest);
            sum += w;
            squares += w * w;
        }
        return (largest + ElementaryDouble.Log(sum / logs.Length), squares * logs.Length / (sum * sum));
    }
}
