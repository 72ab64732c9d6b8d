using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Tests.Networks;
using Locus.Problems;
using Locus.Training;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Training.Fitting;

/// <summary>The losses of a step of the fit in plain double precision, one sample at a time, on a set whose violations are written by hand.</summary>
internal sealed class FitTwin
{
    // x from -3 to 5, y from -1 to 1.5; a disk of radius c about 0, and a line that crosses it.
    public static readonly Problem Disk = Problem.Define("disk", [new Variable("x", -3, 5), new("y", -1, 1.5)], [new Parameter("radius", 0.5, 2)], (x, c) => [Square(x[0]) + Square(x[1]) <= Square(c[0])]);
    public static readonly Problem Chord = Problem.Define(
        "chord", [new Variable("x", -3, 5), new("y", -1, 1.5)], [new Parameter("radius", 0.5, 2)], (x, c) => [Square(x[0]) + Square(x[1]) <= Square(c[0]), x[1] == 0.3 * x[0]]);

    private readonly LocusOptions options;
    private readonly LocusState state;
    private readonly bool guided;
    private readonly bool hasLine;
    private readonly List<Sample> batch = [];

    /// <summary>The batch of a step, drawn as the step draws it.</summary>
    public FitTwin(LocusOptions options, LocusState state, Key key, int[] points, uint step)
    {
        (this.options, this.state, guided, hasLine) = (options, state, options.IsGuided(state.Problem), state.Problem == Chord);
        int blocks = points.Length / Block.Lanes, returning = (int)Math.Round(options.ProjectorShare * blocks);
        var arena = new Arena(6 * Block.Lanes);
        Block uniform = arena.Rows(2), noise = arena.Rows(2), margin = arena.Rows(2);
        for (var block = 0; block < blocks; block++)
        {
            var first = (ulong)(block * Block.Lanes);
            Draws.Uniform(key.Fold("time"), first, step, uniform);
            Draws.Normal(key.Fold("noise"), first, step, noise);
            Draws.Normal(key.Fold("margin"), first, step, margin);
            // Each half has its own times, one in each equal part of [0, 1].
            var (place, places) = block < returning ? (block, returning) : (block - returning, blocks - returning);
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                var spread = (place * Block.Lanes + lane + (double)uniform[0][lane]) / (places * Block.Lanes);
                var point = points[block * Block.Lanes + lane];
                double[] x = [state.Points[2 * point], state.Points[2 * point + 1]];
                var length = Math.Sqrt((double)margin[0][lane] * margin[0][lane] + (double)margin[1][lane] * margin[1][lane]);
                double[] off = [state.Margin * margin[0][lane] / length, state.Margin * margin[1][lane] / length];
                batch.Add(block < returning
                    ? Returning(x, lane, spread, uniform[1][lane], [noise[0][lane], noise[1][lane]], off, state.Conditions[0][point])
                    : Flowing(x, [state.Noise[2 * point], state.Noise[2 * point + 1]], (float)spread, state.Conditions[0][point]));
            }
        }
    }

    /// <summary>How many of the samples that come back are moved by more than c, and by less.</summary>
    public (int Far, int Near) Moved => (batch.Count(sample => sample is { Returns: true, IsFar: true }), batch.Count(sample => sample is { Returns: true, IsFar: false }));

    /// <summary>Mean loss of each half, as the step tells them: that of the projector without what the anchor adds.</summary>
    public (double Flow, double Projector) Losses(double[] parameters)
    {
        var (flow, projector) = (batch.Where(sample => !sample.Returns), batch.Where(sample => sample.Returns));
        return (flow.Select(sample => sample.Weight * Apart(Value(parameters, sample), sample.Target)).DefaultIfEmpty().Average(),
            projector.Select(sample => sample.Weight * Distance(Value(parameters, sample), sample).Squared).DefaultIfEmpty().Average());
    }

    /// <summary>
    /// The gradient of the step by central differences. What counts as the gradient of a squared distance by f is 2 s, whether the set is flat or not: so 2 s f is differentiated in its place, with s
    /// as it is at these parameters.
    /// </summary>
    public double[] Gradient(double[] parameters, double step)
    {
        var steps = batch.Select(sample => sample.Returns ? Distance(Value(parameters, sample), sample).Step : [0, 0]).ToArray();
        var gradient = new double[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var kept = parameters[i];
            parameters[i] = kept + step;
            var above = Total();
            parameters[i] = kept - step;
            gradient[i] = (above - Total()) / (2 * step);
            parameters[i] = kept;
        }
        return gradient;

        double Total()
        {
            var sum = 0.0;
            for (var i = 0; i < batch.Count; i++)
            {
                var (sample, f) = (batch[i], Value(parameters, batch[i]));
                var near = Apart(f, sample.Target);
                sum += sample.Weight * (sample.Returns ? options.Anchor * near + 2 * (steps[i][0] * f[0] + steps[i][1] * f[1]) : near);
            }
            return sum / batch.Count;
        }
    }

    private static double Apart(double[] a, double[] b) => Math.Pow(a[0] - b[0], 2) + Math.Pow(a[1] - b[1], 2);

    private Sample Flowing(double[] x, double[] e, double t, double condition) =>
        new(false, x, [t * x[0] + (1 - t) * e[0], t * x[1] + (1 - t) * e[1]], t, condition, 1 / Math.Pow(Math.Max(1 - t, options.Clip), 2), false, [0, 0]);

    private Sample Returning(double[] x, int lane, double spread, double uniform, double[] noise, double[] off, double condition)
    {
        var share = Math.Pow(10, -options.ProjectorDecades * spread);
        var left = (1 - options.ProjectorStart) * share;
        var largest = (lane % 16 == 0 ? 0.5 : 0.5 * share * share) + options.ProjectorReach * left + 0.02;
        var smallest = Math.Min(options.ProjectorNearest, largest * Math.Exp(-0.5));
        var scale = smallest * Math.Pow(largest / smallest, uniform);
        double[] z = [x[0] + scale * noise[0], x[1] + scale * noise[1]];
        var c = Math.Max(left, options.Clip);
        return new(true, z, z, (float)(1 - left), condition, 1 / Math.Pow(Math.Max(c, scale), 2), scale > c, off);
    }

    private double[] Value(double[] parameters, Sample sample)
    {
        var (z, t) = (sample.Position, sample.Time);
        var f = MlpTwin.Value(state.Shape, parameters, z, t, [sample.Condition]);
        if (!guided) return f;
        // Polyak's step with twice his length, no coordinate by more than a half, and the network's part on top.
        var (p, slope) = Violation(z, sample.Condition);
        var length = p > 0 ? 2 * p / (slope[0] * slope[0] + slope[1] * slope[1]) * Math.Clamp((t - 0.9) / 0.09, 0, 1) : 0;
        return [.. Enumerable.Range(0, 2).Select(d => z[d] + Math.Clamp(-length * slope[d], -0.5, 0.5) + Math.Max(1 - t, 1e-4) * (f[d] - z[d]))];
    }

    /// <summary>The squared distance a margin away from a prediction, and s, no longer than 1.</summary>
    private (double Squared, double[] Step) Distance(double[] f, Sample sample)
    {
        var (p, slope) = Violation([f[0] + sample.Off[0], f[1] + sample.Off[1]], sample.Condition);
        if (p == 0) return (0, [0, 0]);
        var square = slope[0] * slope[0] + slope[1] * slope[1];
        var length = 2 * p / Math.Sqrt(square);
        var kept = Math.Min(length, 1);
        return (kept * kept, [kept * slope[0] / Math.Sqrt(square), kept * slope[1] / Math.Sqrt(square)]);
    }

    /// <summary>The sum of r^2 / |r'|^2 over what is violated, and its gradient with |r'| held fixed, in the network's coordinates: x = 1 + 2 u, y = 0.25 + 0.625 v.</summary>
    private (double P, double[] Slope) Violation(double[] u, double condition)
    {
        double x = 1 + 2 * u[0], y = 0.25 + 0.625 * u[1], radius = 1.25 + 0.75 * condition;
        List<(double Value, double First, double Second)> rows =
        [
            (Math.Max(0, -2 - u[0]), -1, 0), (Math.Max(0, u[0] - 2), 1, 0), (Math.Max(0, -2 - u[1]), 0, -1), (Math.Max(0, u[1] - 2), 0, 1),
            (Math.Max(0, x * x + y * y - radius * radius), 4 * x, 1.25 * y),
        ];
        if (hasLine) rows.Add((y - 0.3 * x, -0.6, 0.625));
        var (p, slope) = (0.0, new double[2]);
        foreach (var (value, first, second) in rows.Where(row => row.Value != 0))
        {
            var square = first * first + second * second;
            p += value * value / square;
            slope[0] += 2 * value * first / square;
            slope[1] += 2 * value * second / square;
        }
        return (p, slope);
    }

    private sealed record Sample(bool Returns, double[] Target, double[] Position, double Time, double Condition, double Weight, bool IsFar, double[] Off);
}
