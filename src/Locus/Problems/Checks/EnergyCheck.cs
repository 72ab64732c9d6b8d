using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Problems;

/// <summary>
/// Looks at an energy: where it is no number, its derivatives against central differences, and whether exp(-E) can be normalised. For that E has to rise faster than D log r along every ray on which no box
/// ends: it is followed along random rays, and along the axes, out to 1000 times the region.
/// </summary>
internal sealed class EnergyCheck
{
    private const int Rays = 64;

    // Radii between which the rise is looked at, in half widths of the region.
    private const double Near = 100, Far = 1000;

    private readonly Subjects subjects;
    private readonly Standardization standard;
    private readonly Evaluator energy;

    /// <summary>A check of a problem with an energy.</summary>
    public EnergyCheck(Subjects subjects, Standardization standard)
    {
        (this.subjects, this.standard) = (subjects, standard);
        energy = new Evaluator(standard.LogDensity ?? throw new ArgumentException("the problem has no energy", nameof(standard)));
    }

    /// <summary>Smallest and largest energy at the points tried.</summary>
    public (double Smallest, double Largest) Range { get; private set; } = (double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Where the energy was first no finite number; null where it always was.</summary>
    public string? Failure { get; private set; }

    /// <summary>The worst relative error of a derivative, and where it was.</summary>
    public (double Error, string Place) Worst { get; private set; }

    /// <summary>A ray along which exp(-E) r^D does not fall; null where there was none.</summary>
    public string? Flat { get; private set; }

    /// <summary>Looks at points of the region and along rays.</summary>
    /// <param name="key">Chooses them.</param>
    /// <param name="points">Points of the region.</param>
    /// <param name="samples">Draws them.</param>
    /// <param name="cancellation">Ends the check early.</param>
    public void Run(Key key, int points, SampleCheck samples, CancellationToken cancellation)
    {
        var problem = subjects.Problem;
        var (x, c, u, given) = (new double[problem.Dimension], new double[problem.ConditionCount], new double[problem.Dimension], new double[problem.ConditionCount]);
        for (var i = 0; i < points; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            samples.Draw(key.Fold("points"), (ulong)i, x, c);
            for (var d = 0; d < u.Length; d++) u[d] = (x[d] - standard.Center[d]) / standard.Scale[d];
            for (var j = 0; j < given.Length; j++) given[j] = (c[j] - standard.ConditionCenter[j]) / standard.ConditionScale[j];
            var values = energy.At(u, given).ToArray();
            if (!Array.TrueForAll(values, double.IsFinite))
            {
                Failure ??= $"{Numbers.Print(-values[0])} at {subjects.Place(x, c)}";
                continue;
            }
            Range = (Math.Min(Range.Smallest, -values[0]), Math.Max(Range.Largest, -values[0]));
            var (error, coordinate) = DerivativeCheck.Compare(key, i, u, values[1..], point => energy.At(point, given)[0]);
            if (error > Worst.Error) Worst = (error, $"the energy, d/d {problem.Variables[coordinate].Name} at {subjects.Place(x, c)}");
        }
        if (problem.IsUnlimited) Follow(key.Fold("rays"), given);
    }

    private void Follow(Key key, double[] given)
    {
        var (d, direction) = (subjects.Problem.Dimension, new double[subjects.Problem.Dimension]);
        var axes = Math.Min(d, Rays);
        for (var ray = 0; ray < Rays + 2 * axes && Flat is null; ray++)
        {
            Array.Clear(direction);
            if (ray < 2 * axes) direction[ray / 2] = ray % 2 == 0 ? 1 : -1;
            else for (var k = 0; k < d; k++) direction[k] = Draws.Normal(key, (ulong)ray, (uint)k);
            var length = Math.Sqrt(direction.Sum(v => v * v));
            double At(double radius) => -energy.At([.. direction.Select(v => radius * v / length)], given)[0];
            var (near, far) = (At(Near), At(Far));
            // An energy that overflows out there has risen enough; one that is no number says nothing.
            if (far - near < d * ElementaryDouble.Log(Far / Near)) Flat = $"along {Along(direction, length)} it goes from {Subjects.Short(near)} at {Subjects.Short(Near)} to {Subjects.Short(far)} at {Subjects.Short(Far)} half widths from the middle";
        }
    }

    private string Along(double[] direction, double length)
    {
        var axis = Array.FindIndex(direction, v => Math.Abs(v) == length);
        return axis >= 0 ? $"{(direction[axis] < 0 ? "-" : "")}{subjects.Problem.Variables[axis].Name}" : "a ray";
    }
}
