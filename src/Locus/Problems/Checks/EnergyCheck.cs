using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Random;

namespace Locus.Problems;

/// <summary>
/// Looks at an energy: where it is no number, its derivatives against central differences, what training sees of it in single precision, and whether exp(-E) can be normalised. For that E has to rise faster than D log r along every ray on which no box
/// ends: it is followed along the axes, along random rays, and along those to which a descent leads, see <see cref="FlatSearch"/>, out to 100,000 times the region. And no place may draw all of it: see <see cref="PoleSearch"/>.
/// </summary>
internal sealed class EnergyCheck
{
    private const int Rays = 64, Descents = 8, PoleStarts = 32, Octaves = 3;

    // Draws for a point of the set, until one of those that descended to it stands in.
    private const int Tries = 256;

    // A coordinate as large as no training looks for it with ease.
    private const double FarAway = 100;

    // Slack of a point that counts as on the set: as near as a descent comes.
    private const double Met = 1e-6;

    // Radii between which the rise is looked at, in the user's units: where no variable has a box, none is scaled. Three decades: over one or two of them E may fall, where a ray comes from a narrow part of the density into a wide one.
    private static readonly double[] Radii = [1e2, 1e3, 1e4, 1e5];

    private readonly Subjects subjects;
    private readonly Standardization standard;
    private readonly Density density;
    private readonly double[] scratch;
    private readonly double[] slack = new double[1];
    private readonly double[] slackScratch;

    /// <summary>A check of a problem with an energy.</summary>
    public EnergyCheck(Subjects subjects, Standardization standard)
    {
        (this.subjects, this.standard) = (subjects, standard);
        density = standard.LogDensity ?? throw new ArgumentException("the problem has no energy", nameof(standard));
        scratch = new double[density.ScratchNumbers];
        slackScratch = new double[subjects.Problem.Slack.ScratchRows];
    }

    /// <summary>Whether the points tried were on the set: elsewhere the energy may be what it likes.</summary>
    public bool OnSet { get; private set; }

    /// <summary>Smallest and largest energy at the points tried.</summary>
    public (double Smallest, double Largest) Range { get; private set; } = (double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Where the energy was first no finite number; null where it always was.</summary>
    public string? Failure { get; private set; }

    /// <summary>The worst relative error of a derivative, and where it was.</summary>
    public (double Error, string Place) Worst { get; private set; }

    /// <summary>The worst error in single precision, 64 points at a time, relative to the value or the largest derivative in double precision at the same point, and where it was.</summary>
    public (double Error, string Place) WorstInTraining { get; private set; }

    /// <summary>Where, beyond the region, the energy was first no number; null where it always was. Infinity, and what comes of it, counts as a rise.</summary>
    public string? Gap { get; private set; }

    /// <summary>A ray along which exp(-E) r^D does not fall; null where there was none.</summary>
    public string? Flat { get; private set; }

    /// <summary>Where the density is high, if it is far from the origin; null where it is not.</summary>
    public string? Far { get; private set; }

    /// <summary>A place near which exp(-E) has no integral; null where none was found.</summary>
    public string? Pole { get; private set; }

    /// <summary>Looks at points of the region, down from them, and along rays.</summary>
    /// <param name="key">Chooses them.</param>
    /// <param name="points">Points of the region.</param>
    /// <param name="samples">Draws them.</param>
    /// <param name="cancellation">Ends the check early.</param>
    public void Run(Key key, int points, SampleCheck samples, CancellationToken cancellation)
    {
        var problem = subjects.Problem;
        var (score, poles) = (new double[problem.Dimension], new PoleSearch(density));
        var (x, c, u, given) = (new double[problem.Dimension], new double[problem.ConditionCount], new double[problem.Dimension], new double[problem.ConditionCount]);
        for (var i = 0; i < points; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Draw(key.Fold("points"), (ulong)i, samples, x, c);
            Standardize(x, c, u, given);
            var value = density.Log(u, given, score, scratch);
            if (!double.IsFinite(value) || !Array.TrueForAll(score, double.IsFinite))
            {
                Failure ??= $"{Numbers.Print(-value)}{(double.IsFinite(value) ? " without a gradient" : "")} at {subjects.Place(x, c)}";
                continue;
            }
            Range = (Math.Min(Range.Smallest, -value), Math.Max(Range.Largest, -value));
            var (error, coordinate) = DerivativeCheck.Compare(key, i, u, score, point => density.Log(point, given, [], scratch));
            if (error > Worst.Error) Worst = (error, $"the energy, d/d {problem.Variables[coordinate].Name} at {subjects.Place(x, c)}");
            if (i < PoleStarts && Pole is null && poles.From(u, given) is { } pole) Note(pole, c);
        }
        RunTraining(key.Fold("training"), samples);
        if (!problem.IsUnlimited) return;
        if (Failure is null) Widen(key.Fold("wide"), points, samples, x, c, u, given);
        Follow(key.Fold("rays"), samples, x, c, u, given);
        if (Failure is null && Flat is null) Descend(key.Fold("far"), samples, x, c, u, given);
    }

    // Twice, four and eight times as far out as the region: where paths and particles of a training come.
    private void Widen(Key key, int points, SampleCheck samples, double[] x, double[] c, double[] u, double[] given)
    {
        for (var i = 0; i < points * Octaves && Gap is null; i++)
        {
            Draw(key, (ulong)i, samples, x, c);
            for (var d = 0; d < x.Length; d++) x[d] = standard.Center[d] + (2 << i % Octaves) * (x[d] - standard.Center[d]);
            Standardize(x, c, u, given);
            if (double.IsNaN(density.Log(u, given, [], scratch)) && double.IsFinite(u.Sum())) Gap = subjects.Place(x, c);
        }
    }

    // On a set it counts only where the set is.
    private void Note((double[] Place, double Power) pole, double[] c)
    {
        double[] x = [.. pole.Place.Select((u, d) => standard.Center[d] + standard.Scale[d] * u)];
        subjects.Problem.Slack.Run(x, c, slack, slackScratch);
        if (slack[0] <= Met) Pole = $"near {subjects.Place(x, c)} exp(-E) grows like the distance to the power -{Subjects.Short(pole.Power)} or faster";
    }

    private void Standardize(double[] x, double[] c, double[] u, double[] given)
    {
        for (var d = 0; d < u.Length; d++) u[d] = (x[d] - standard.Center[d]) / standard.Scale[d];
        for (var j = 0; j < given.Length; j++) given[j] = (c[j] - standard.ConditionCenter[j]) / standard.ConditionScale[j];
    }

    private void Draw(Key key, ulong index, SampleCheck samples, double[] x, double[] c)
    {
        if (subjects.Problem.IsUnlimited)
        {
            samples.Draw(key, index, x, c);
            return;
        }
        for (var i = 0; i < (subjects.IsThin ? 0 : Tries); i++)
        {
            samples.Draw(key.Fold((ulong)i), index, x, c);
            subjects.Problem.Slack.Run(x, c, slack, slackScratch);
            if (slack[0] != 0) continue;
            OnSet = true;
            return;
        }
        var met = samples.Best.TakeWhile(point => point.Slack <= Met).Count();
        if (met == 0) samples.Draw(key, index, x, c);
        else
        {
            OnSet = true;
            var (_, ownX, ownC) = samples.Best[(int)(index % (ulong)met)];
            ownX.CopyTo(x, 0);
            ownC.CopyTo(c, 0);
        }
    }

    private void RunTraining(Key key, SampleCheck samples)
    {
        var problem = subjects.Problem;
        var arena = new Arena((1 + 2 * problem.Dimension + problem.ConditionCount + density.ScratchRows) * Block.Lanes);
        var (u, given, values) = (arena.Rows(problem.Dimension), arena.Rows(problem.ConditionCount), arena.Rows(1 + problem.Dimension));
        var (x, c) = (new double[u.Rows], new double[given.Rows]);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            Draw(key, (ulong)lane, samples, x, c);
            for (var d = 0; d < x.Length; d++) u[d][lane] = (float)((x[d] - standard.Center[d]) / standard.Scale[d]);
            for (var j = 0; j < c.Length; j++) given[j][lane] = (float)((c[j] - standard.ConditionCenter[j]) / standard.ConditionScale[j]);
        }
        density.Run(u, given, values, arena.Rows(density.ScratchRows));
        var (point, condition, score) = (new double[u.Rows], new double[given.Rows], new double[u.Rows]);
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            for (var d = 0; d < point.Length; d++) point[d] = u[d][lane];
            for (var j = 0; j < condition.Length; j++) condition[j] = given[j][lane];
            var value = density.Log(point, condition, score, scratch);
            if (!double.IsFinite(value) || !Array.TrueForAll(score, double.IsFinite)) continue;
            for (var d = 0; d < x.Length; d++) x[d] = standard.Center[d] + standard.Scale[d] * point[d];
            for (var j = 0; j < c.Length; j++) c[j] = standard.ConditionCenter[j] + standard.ConditionScale[j] * condition[j];
            Compare(values[0][lane], value, Math.Max(1, Math.Abs(value)), "its value");
            var largest = Math.Max(score.Max(Math.Abs), 1e-6 * Math.Abs(value));
            for (var d = 0; d < score.Length && largest > 0; d++) Compare(values[1 + d][lane], score[d], largest, $"d/d {problem.Variables[d].Name}");
        }

        void Compare(float single, double exact, double size, string what)
        {
            var error = float.IsFinite(single) ? Math.Abs(single - exact) / size : double.PositiveInfinity;
            if (error > WorstInTraining.Error) WorstInTraining = (error, $"{what} at {subjects.Place(x, c)}");
        }
    }

    private void Follow(Key key, SampleCheck samples, double[] x, double[] c, double[] u, double[] given)
    {
        var (d, search) = (subjects.Problem.Dimension, new FlatSearch(density));
        var axes = 2 * Math.Min(d, Rays);
        for (var ray = 0; ray < axes + Rays + Descents && Flat is null; ray++)
        {
            samples.Draw(key, (ulong)ray, x, c);
            Standardize(x, c, u, given);
            double[]? direction = [.. Enumerable.Range(0, d).Select(k => ray >= axes ? Draws.Normal(key, (ulong)ray, (uint)k) : k != ray / 2 ? 0 : ray % 2 == 0 ? 1 : -1)];
            if (ray >= axes + Rays) direction = search.From(direction, Radii, given);
            if (direction is not null) Follow(direction, c, given);
        }
    }

    // Far, where all of the descents are.
    private void Descend(Key key, SampleCheck samples, double[] x, double[] c, double[] u, double[] given)
    {
        var search = new ModeSearch(density);
        for (var i = 0; i < Descents; i++)
        {
            samples.Draw(key, (ulong)i, x, c);
            Standardize(x, c, u, given);
            search.From(u, given).CopyTo(x, 0);
            if (Array.TrueForAll(x, v => Math.Abs(v) <= FarAway)) return;
        }
        Far = subjects.Place(x, c);
    }

    private void Follow(double[] direction, double[] c, double[] given)
    {
        var length = Math.Sqrt(direction.Sum(v => v * v));
        double[] energies = [.. Radii.Select(radius => -density.Log([.. direction.Select(v => radius * v / length)], given, [], scratch))];
        // An energy that overflows out there has risen enough; one that is no number says nothing.
        if (Enumerable.Range(1, Radii.Length - 1).All(i => energies[i] - energies[i - 1] < direction.Length * ElementaryDouble.Log(Radii[i] / Radii[i - 1])))
            Flat = $"along {Along(direction, length)} it goes from {Subjects.Short(energies[0])} at {Subjects.Short(Radii[0])} to {Subjects.Short(energies[^1])} at {Subjects.Short(Radii[^1])} from the origin{subjects.Given(c)}";
    }

    private string Along(double[] direction, double length)
    {
        var axis = Array.FindIndex(direction, v => Math.Abs(v) == length);
        return axis < 0 ? $"the direction {subjects.Place([.. direction.Select(v => v / length)], [])}" : $"{(direction[axis] < 0 ? "-" : "")}{subjects.Problem.Variables[axis].Name}";
    }
}
