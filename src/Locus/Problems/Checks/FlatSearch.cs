using Locus.Engine.Kernels;

namespace Locus.Problems;

/// <summary>
/// Looks for the direction in which an energy is lowest far out: on spheres of growing radius it descends from where it was on the one before, by conjugate gradients (Polak and Ribière 1969) along great circles, with the length of each step by the
/// secant of the slope. A direction along which E is flat, or falls, need not be an axis, and random ones pass it by.
/// </summary>
/// <param name="density">log R = -E.</param>
internal sealed class FlatSearch(Density density)
{
    private const int Steps = 100;

    // The angle of the first trial, the smallest that a step shrinks to, and how much the next trial may be longer.
    private const double First = 1e-3, Least = 1e-14, Longer = 4;

    private readonly double[] scratch = new double[density.ScratchNumbers];

    /// <summary>Descends from a direction.</summary>
    /// <param name="start">The direction [D], of any length above 0.</param>
    /// <param name="radii">Radii of the spheres, in the order in which they are taken.</param>
    /// <param name="c">Conditions [C].</param>
    /// <returns>The direction [D] of length 1 that it came to; null where E is no finite number on the way.</returns>
    public double[]? From(double[] start, IEnumerable<double> radii, double[] c)
    {
        var direction = Unit(start);
        foreach (var radius in radii)
        {
            if (Descend(direction, radius, c) is not { } lowest) return null;
            direction = lowest;
        }
        return direction;
    }

    private double[]? Descend(double[] direction, double radius, double[] c)
    {
        var (d, trial) = (direction.Length, First);
        var here = At(direction, radius, c);
        var along = Array.ConvertAll(here.Slope, s => -s);
        for (var step = 0; step < Steps; step++)
        {
            if (!double.IsFinite(here.Energy) || !Array.TrueForAll(here.Slope, double.IsFinite)) return null;
            // All that a turn could bring is less than what the density's volume takes.
            if (Math.PI * Length(here.Slope) < d) break;
            var turn = Unit(Across(along, direction));
            var falls = Dot(here.Slope, turn);
            if (!(falls < 0)) (turn, falls) = (Unit(Array.ConvertAll(here.Slope, s => -s)), -Length(here.Slope));
            var tried = Turned(direction, turn, trial);
            var slope = Dot(At(tried.Direction, radius, c).Slope, tried.Turn);
            var angle = slope > falls ? Math.Min(Longer * trial, trial * falls / (falls - slope)) : Longer * trial;
            var (next, after) = (Turned(direction, turn, angle), here);
            while ((after = At(next.Direction, radius, c)).Energy is var energy && !(energy < here.Energy) && angle > Least) next = Turned(direction, turn, angle /= Longer);
            if (!(after.Energy < here.Energy)) break;
            // What of the last slope and direction lies across the new one.
            var (old, carried) = (Across(here.Slope, next.Direction), next.Turn);
            var share = Math.Max(0, (Dot(after.Slope, after.Slope) - Dot(after.Slope, old)) / Dot(here.Slope, here.Slope));
            var size = share * Math.Abs(Dot(along, turn));
            along = [.. after.Slope.Zip(carried, (s, t) => size * t - s)];
            (direction, here, trial) = (next.Direction, after, angle);
        }
        return direction;
    }

    /// <summary>E on the sphere, and its gradient along the sphere by the angle.</summary>
    private (double Energy, double[] Slope) At(double[] direction, double radius, double[] c)
    {
        var score = new double[direction.Length];
        var log = density.Log([.. direction.Select(v => radius * v)], c, score, scratch);
        return (-log, Across([.. score.Select(s => -radius * s)], direction));
    }

    /// <summary>The direction turned by an angle, and where the turn then leads on.</summary>
    private static (double[] Direction, double[] Turn) Turned(double[] direction, double[] turn, double angle)
    {
        var (sin, cos) = ElementaryDouble.SinCos(angle);
        return (Unit([.. direction.Zip(turn, (u, t) => cos * u + sin * t)]), [.. direction.Zip(turn, (u, t) => cos * t - sin * u)]);
    }

    private static double[] Across(double[] v, double[] direction)
    {
        var part = Dot(v, direction);
        return [.. v.Zip(direction, (a, u) => a - part * u)];
    }

    private static double[] Unit(double[] v)
    {
        var length = Length(v);
        return length > 0 ? [.. v.Select(a => a / length)] : v;
    }

    private static double Length(double[] v) => Math.Sqrt(Dot(v, v));

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
