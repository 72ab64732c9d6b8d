// With l_i the ratio of step i, log p(x_{i+1} | x_i) over that without drift, and the levels f_i = log F(x_i) - log N(x_i; 0, V_i) (at the start: log F alone), a part of a path from i to j has the residual
//     log F_i + P_ij - Q_ij - log F_j = H_j - H_i,   H_k = l_0 + ... + l_{k-1} - f_k,
// for P_k - Q_k = l_k + log N(x_{k+1}; 0, V_{k+1}) - log N(x_k; 0, V_k): all Gaussians cancel, as they do over a whole path (see ReferenceProcess). At the end f_T = r - log N(x_T; 0, V_T).
using Locus.Engine.Blocks;

namespace Locus.Methods.OffPolicy;

/// <summary>The losses of <see cref="PathLossKind"/> and their derivatives by the log-density of each step and by the levels, from the ratios and levels of paths. In double precision throughout.</summary>
/// <param name="options">Kinds of losses, lambda, the limit of residuals, paths of one condition.</param>
internal sealed class Balance(OffPolicyOptions options)
{
    private readonly double[] offsets = new double[Block.Lanes];
    private readonly double[] passing = new double[Block.Lanes];

    /// <summary>Writes the weights of all steps, and the slopes of all levels where paths have them by parts.</summary>
    /// <param name="kind">What is minimised.</param>
    /// <param name="paths">With their ratios and levels; these are overwritten.</param>
    /// <param name="group">Paths that follow each other and have one condition, over which a variance is taken; 0 for all paths.</param>
    /// <returns>The sum of the losses.</returns>
    public double Weigh(PathLossKind kind, ReadOnlySpan<PathBlock> paths, int group)
    {
        var loss = 0.0;
        foreach (var path in paths) Accumulate(path);
        if (kind == PathLossKind.VarGrad && group == 0)
        {
            var sum = 0.0;
            foreach (var path in paths)
                foreach (var value in path.Level(path.Parts)) sum += value;
            offsets.AsSpan().Fill(-sum / (paths.Length * Block.Lanes));
        }
        foreach (var path in paths)
        {
            if (kind == PathLossKind.VarGrad && group > 0) Offset(path, group);
            loss += kind switch
            {
                PathLossKind.DetailedBalance => Steps(path),
                PathLossKind.SubTrajectoryBalance => SubTrajectories(path),
                PathLossKind.MaximumLikelihood => Likelihood(path),
                PathLossKind.Pathwise => Sum(path.Level(path.Parts)),
                _ => Trajectories(path, kind == PathLossKind.VarGrad),
            };
        }
        return loss;
    }

    /// <summary>Weight of a part of a path of T steps in sub-trajectory balance: lambda^length over the sum of these for all parts.</summary>
    /// <param name="length">Steps of the part, 1 to T.</param>
    /// <param name="steps">T.</param>
    public double Coefficient(int length, int steps)
    {
        double power = 1, sum = 0, own = 0;
        for (var n = 1; n <= steps; n++)
        {
            power *= options.SubTrajectoryLambda;
            sum += power * (steps + 1 - n);
            if (n == length) own = power;
        }
        return own / sum;
    }

    // Turns levels into H.
    private static void Accumulate(PathBlock path)
    {
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var sum = 0.0;
            for (var part = 0; part <= path.Parts; part++)
            {
                path.Level(part)[lane] = sum - path.Level(part)[lane];
                if (part < path.Parts) sum += path.Ratio(part)[lane];
            }
        }
    }

    private void Offset(PathBlock path, int group)
    {
        var ends = path.Level(path.Parts);
        for (var first = 0; first < Block.Lanes; first += group) offsets.AsSpan(first, group).Fill(-Sum(ends.Slice(first, group)) / group);
    }

    private double Trajectories(PathBlock path, bool variance)
    {
        var loss = 0.0;
        Span<double> start = path.Level(0), end = path.Level(path.Parts);
        Span<float> weight = path.Weight(0).Values, slope = path.LevelSlope(0).Values;
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            // The residual log Z + P - Q - r is the derivative of its half square by P, and by log Z.
            var residual = end[lane] + (variance ? offsets[lane] : -start[lane]);
            var cut = Math.Clamp(residual, -options.ResidualLimit, options.ResidualLimit);
            weight[lane] = (float)cut;
            slope[lane] = variance ? 0 : (float)cut;
            loss += cut * (residual - 0.5 * cut);
        }
        for (var part = 1; part < path.Parts; part++)
        {
            weight.CopyTo(path.Weight(part).Values);
            path.LevelSlope(part).Values.Clear();
        }
        return loss;
    }

    private static double Likelihood(PathBlock path)
    {
        for (var part = 0; part < path.Parts; part++)
        {
            path.Weight(part).Values.Fill(-1);
            path.LevelSlope(part).Values.Clear();
        }
        return -Sum(path.Level(path.Parts)) - Sum(path.Reward);
    }

    private static double Steps(PathBlock path)
    {
        var loss = 0.0;
        for (var part = 0; part < path.Parts; part++)
        {
            Span<double> from = path.Level(part), to = path.Level(part + 1);
            Span<float> weight = path.Weight(part).Values, slope = path.LevelSlope(part).Values, before = part == 0 ? default : path.Weight(part - 1).Values;
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                var residual = to[lane] - from[lane];
                weight[lane] = (float)residual;
                slope[lane] = (float)residual - (part == 0 ? 0 : before[lane]);
                loss += 0.5 * residual * residual;
            }
        }
        return loss;
    }

    // sum_{i<j} c_ij (H_j - H_i)^2 is a quadratic form with c_ij geometric in j - i, so that its derivative by H_k follows from two recurrences along the path.
    private double SubTrajectories(PathBlock path)
    {
        var (loss, lambda, factor) = (0.0, options.SubTrajectoryLambda, 2 * Coefficient(1, path.Parts) / options.SubTrajectoryLambda);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            double start = path.Level(0)[lane], sum = 0, weighted = 0, whole = 0;
            for (var k = 0; k <= path.Parts; k++)
            {
                path.Level(k)[lane] -= start;
                if (k > 0) (sum, weighted) = (lambda * (sum + 1), lambda * (weighted + path.Level(k - 1)[lane]));
                if (k < path.Parts) path.Ratio(k)[lane] = path.Level(k)[lane] * sum - weighted;
            }
            passing[lane] = path.Level(path.Parts)[lane] * sum - weighted;
            (sum, weighted) = (0, 0);
            for (var k = path.Parts; k >= 0; k--)
            {
                var height = path.Level(k)[lane];
                if (k < path.Parts) (sum, weighted) = (lambda * (sum + 1), lambda * (weighted + path.Level(k + 1)[lane]));
                var slope = factor * ((k < path.Parts ? path.Ratio(k)[lane] : passing[lane]) + height * sum - weighted);
                loss += 0.5 * height * slope;
                if (k < path.Parts)
                {
                    path.LevelSlope(k).Values[lane] = (float)-slope;
                    path.Weight(k).Values[lane] = (float)whole;
                }
                whole += slope;
            }
        }
        return loss;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum;
    }
}
