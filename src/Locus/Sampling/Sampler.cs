using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;

namespace Locus.Sampling;

/// <summary>
/// A trained network with its problem and its way to be run. Sample i depends on (network, options, key, i) alone: not on N, threads or machine. What the network is and how it is run says who derives from this.
/// </summary>
public abstract class Sampler
{
    private const int BlocksPerWave = 256;

    // An array has at most this many bytes, and files are written from arrays of bytes.
    private static readonly int MostNumbers = Array.MaxLength / sizeof(double);

    /// <summary>What all samplers have.</summary>
    /// <param name="problem">What is sampled.</param>
    /// <param name="standard">The network's coordinates; null for those of <see cref="Standardization.Of(Problem)"/>.</param>
    protected Sampler(Problem problem, Standardization? standard)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Problem = problem;
        Standard = standard ?? Standardization.Of(problem);
    }

    /// <summary>What is sampled.</summary>
    public Problem Problem { get; }

    /// <summary>How the network is run.</summary>
    public abstract SamplerOptions Options { get; }

    /// <summary>Why <see cref="SampleWithDensity"/> refuses this problem or this way to run the network, with the way out; null if it does not.</summary>
    public virtual string? WhyNoDensity => null;

    /// <summary>The network's coordinates.</summary>
    internal Standardization Standard { get; }

    /// <summary>The same network run another way.</summary>
    /// <param name="options">Of the same kind as <see cref="Options"/>.</param>
    /// <exception cref="ArgumentException">They are of another kind.</exception>
    public abstract Sampler With(SamplerOptions options);

    /// <summary>Draws N samples.</summary>
    /// <param name="count">N, at least 0.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="team">Workers.</param>
    /// <param name="given">Values of parameters by name, in the user's units; the others are drawn uniformly from their ranges.</param>
    /// <param name="progress">Told after each wave of blocks how many samples are drawn, on the thread that called; a few samples are one wave that nobody waits for. Null to tell nobody.</param>
    /// <param name="cancellation">Ends the drawing between two waves of blocks.</param>
    /// <exception cref="LocusException">A given name is no parameter, a value lies outside its range, or N is more than an array can hold.</exception>
    public SampleSet Sample(
        int count, Key key, Team team, IReadOnlyDictionary<string, double>? given = null, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        Draw(0, count, key, team, density: false, given, progress, cancellation);

    /// <summary>Draws the samples of <see cref="Sample"/> to the last bit, with their densities: D + 1 times the work, and a determinant for each step of each sample.</summary>
    /// <param name="count">N, at least 0.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="team">Workers.</param>
    /// <param name="given">Values of parameters by name, in the user's units; the others are drawn uniformly from their ranges.</param>
    /// <param name="progress">Told after each wave of blocks how many samples are drawn, on the thread that called. Null to tell nobody.</param>
    /// <param name="cancellation">Ends the drawing between two waves of blocks.</param>
    /// <exception cref="LocusException">As for <see cref="Sample"/>, and what <see cref="WhyNoDensity"/> says.</exception>
    public SampleSet SampleWithDensity(
        int count, Key key, Team team, IReadOnlyDictionary<string, double>? given = null, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        WhyNoDensity is { } reason ? throw new LocusException(reason) : Draw(0, count, key, team, density: true, given, progress, cancellation);

    /// <summary>Follows a few samples from noise to the set.</summary>
    /// <param name="count">Number of samples, at most 64: the samples 0 to count - 1 of <see cref="Sample"/> with the same key.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="given">Values of parameters by name, as for <see cref="Sample"/>.</param>
    /// <returns>K + 1 moments, from noise to sample: the positions of all of them [count, D] in the user's units, those of periodic variables as far round as they went.</returns>
    /// <exception cref="LocusException">A given name is no parameter, or a value lies outside its range.</exception>
    public IReadOnlyList<Points> Trace(int count, Key key, IReadOnlyDictionary<string, double>? given = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Block.Lanes);
        var moments = new List<Points>();
        Follow(key, new Conditions(key, Standardize(Values(given)), Problem, Standard), (_, position) =>
        {
            moments.Add(new Points(count, Problem.Dimension));
            Write(position, Standard.Center, Standard.Scale, moments[^1], 0);
        });
        return moments;
    }

    /// <summary>Draws the blocks from number <paramref name="firstBlock"/> on: sample 0 of what comes is sample 64 firstBlock of the stream.</summary>
    internal SampleSet Draw(
        ulong firstBlock, int count, Key key, Team team, bool density, IReadOnlyDictionary<string, double>? given, IProgress<int>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(team);
        RequireRoom(count);
        var values = Values(given);
        var conditions = new Conditions(key, Standardize(values), Problem, Standard);
        cancellation.ThrowIfCancellationRequested();
        var samples = new SampleSet(new Points(count, Problem.Dimension), Problem.ConditionCount > 0 ? new Points(count, Problem.ConditionCount) : null);
        if (density) samples = samples with { Densities = new SampleDensities(new double[count], new int[count]) };
        if (density || firstBlock > 0 || !DrawFew(count, key, conditions, (position, condition) => Write(samples, position, condition, 0))) DrawBlocks(firstBlock, samples, key, team, conditions, progress, cancellation);
        if (samples.Conditions is { } chosen) Restore(values, chosen);
        return samples;
    }

    /// <summary>Memory in which a team draws blocks of samples.</summary>
    private protected abstract BlockSampler Blocks(int threads, bool density);

    /// <summary>Follows the first block of samples from its start to its end.</summary>
    /// <param name="key">Randomness.</param>
    /// <param name="conditions">The samples' conditions.</param>
    /// <param name="observe">Called before the first step and after each with the steps done and the positions.</param>
    private protected abstract void Follow(Key key, Conditions conditions, Action<int, Block> observe);

    /// <summary>The first samples alone, at the price of a few.</summary>
    /// <param name="count">How many.</param>
    /// <param name="key">Randomness.</param>
    /// <param name="conditions">Their conditions.</param>
    /// <param name="receive">Receives positions and conditions, in the first lanes.</param>
    /// <returns>False where there is no such way, and then nothing was drawn.</returns>
    private protected virtual bool DrawFew(int count, Key key, Conditions conditions, Action<Block, Block> receive) => false;

    /// <summary>Refuses a number of samples that is negative, or more than an array can hold.</summary>
    /// <exception cref="LocusException">It is more.</exception>
    internal void RequireRoom(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var most = MostNumbers / (Problem.Dimension + Problem.ConditionCount);
        if (count > most) throw new LocusException($"{count} samples of '{Problem.Name}' do not fit into one array; draw at most {most} at a time, each time with another seed");
    }

    private void DrawBlocks(ulong firstBlock, SampleSet samples, Key key, Team team, Conditions conditions, IProgress<int>? progress, CancellationToken cancellation)
    {
        var count = samples.Points.Count;
        var sampler = Blocks(team.Threads, samples.Densities is not null);
        var blocks = (count + Block.Lanes - 1) / Block.Lanes;
        for (var start = 0; start < blocks; start += BlocksPerWave)
        {
            cancellation.ThrowIfCancellationRequested();
            var first = start;
            sampler.Run(team, key, conditions, firstBlock + (ulong)start, Math.Min(BlocksPerWave, blocks - start),
                (task, worker, position, condition) =>
                {
                    var at = (first + task) * Block.Lanes;
                    Write(samples, position, condition, at);
                    if (samples.Densities is { } densities) Write(densities, sampler.Density(worker), position, at);
                });
            progress?.Report((int)Math.Min(count, (long)(start + BlocksPerWave) * Block.Lanes));
        }
    }

    private void Write(SampleSet samples, Block position, Block condition, int first)
    {
        Write(position, Standard.Center, Standard.Scale, samples.Points, first, Problem.Variables);
        if (samples.Conditions is { } chosen) Write(condition, Standard.ConditionCenter, Standard.ConditionScale, chosen, first);
    }

    // A volume in the user's units is that of the network's times the scales.
    private void Write(SampleDensities densities, (double[] Log, int[] Folds) found, Block position, int first)
    {
        var lanes = Math.Min(Block.Lanes, densities.Log.Length - first);
        for (var lane = 0; lane < lanes; lane++) densities.Log[first + lane] = IsWithinTurn(position, lane) ? found.Log[lane] - Standard.LogScale : double.PositiveInfinity;
        Array.Copy(found.Folds, 0, densities.Folds, first, lanes);
    }

    // Of one turn of each circle every point is met once, whatever the network does beyond.
    private bool IsWithinTurn(Block position, int lane)
    {
        for (var d = 0; d < position.Rows; d++)
            if (Problem.Variables[d] is { Periodic: true } x && 2 * Standard.Scale[d] * Math.Abs(position[d][lane]) > x.Upper - x.Lower) return false;
        return true;
    }

    // The network sees a given value in its own units, rounded to float; the samples are for the value itself.
    private static void Restore(double?[] values, Points conditions)
    {
        for (var i = 0; i < conditions.Count; i++)
            for (var j = 0; j < values.Length; j++)
                if (values[j] is { } value) conditions.Row(i)[j] = value;
    }

    /// <summary>The given values in the order of the parameters, in the user's units; null to draw one; [C].</summary>
    private double?[] Values(IReadOnlyDictionary<string, double>? given)
    {
        var values = new double?[Problem.ConditionCount];
        var mistakes = new List<string>();
        foreach (var (name, value) in given ?? new Dictionary<string, double>())
        {
            var i = Problem.Parameters.Select(p => p.Name).ToList().IndexOf(name);
            if (i < 0)
                mistakes.Add(Problem.ConditionCount == 0
                    ? $"'{name}' was given, but problem '{Problem.Name}' has no parameters"
                    : $"'{name}' is not a parameter of '{Problem.Name}'; its parameters are {string.Join(", ", Problem.Parameters.Select(p => p.Name))}");
            else if (!(value >= Problem.Parameters[i].Lower && value <= Problem.Parameters[i].Upper))
                mistakes.Add($"{name} = {value} lies outside the range [{Problem.Parameters[i].Lower}, {Problem.Parameters[i].Upper}] for which the network was trained");
            else values[i] = value;
        }
        return mistakes.Count == 0 ? values : throw new LocusException(string.Join(Environment.NewLine, mistakes));
    }

    private float?[] Standardize(double?[] values) =>
        [.. values.Select((value, i) => (float?)((value - Standard.ConditionCenter[i]) / Standard.ConditionScale[i]))];

    private static void Write(Block block, double[] center, double[] scale, Points points, int first, IReadOnlyList<Variable>? variables = null)
    {
        var lanes = Math.Min(Block.Lanes, points.Count - first);
        for (var d = 0; d < points.Dimension; d++)
        {
            var values = block[d];
            for (var lane = 0; lane < lanes; lane++)
            {
                var value = center[d] + scale[d] * values[lane];
                points.Values[(first + lane) * points.Dimension + d] = variables?[d].Wrap(value) ?? value;
            }
        }
    }
}
