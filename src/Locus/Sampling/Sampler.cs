using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Flows;
using Locus.Problems;

namespace Locus.Sampling;

/// <summary>A trained network with its problem and its way to be run. Sample i depends on (network, flow options, key, i) alone: not on N, threads or machine.</summary>
public sealed class Sampler
{
    private const int BlocksPerWave = 256;

    // An array has at most this many bytes, and files are written from arrays of bytes.
    private static readonly int MostNumbers = Array.MaxLength / sizeof(double);

    private readonly ReadOnlyMemory<float> parameters;
    private readonly Standardization standard;
    private readonly Guide? guide;
    private readonly double logScale;

    // Borrowed by one caller at a time; another who comes meanwhile makes his own.
    private FewSampler? few;

    /// <summary>A sampler from its parts.</summary>
    /// <param name="problem">What is sampled.</param>
    /// <param name="shape">The network; its D and C are the problem's.</param>
    /// <param name="parameters">[P], kept, not copied; they must not change any more.</param>
    /// <param name="flow">Method and steps.</param>
    /// <param name="standard">The network's coordinates; null for those of <see cref="Standardization.Of(Problem)"/>.</param>
    /// <param name="guided">Whether the network was trained with a <see cref="Guide"/>.</param>
    public Sampler(Problem problem, MlpShape shape, ReadOnlyMemory<float> parameters, FlowOptions flow, Standardization? standard = null, bool guided = false)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(flow);
        if (shape.Dimension != problem.Dimension || shape.Conditions != problem.ConditionCount)
            throw new ArgumentException($"a network for {shape.Dimension} coordinates and {shape.Conditions} conditions does not fit problem '{problem.Name}' with {problem.Dimension} and {problem.ConditionCount}", nameof(shape));
        Problem = problem;
        Shape = shape;
        Flow = flow;
        this.parameters = parameters;
        this.standard = standard ?? Standardization.Of(problem);
        guide = guided ? new Guide(this.standard) : null;
        logScale = this.standard.Scale.Sum(ElementaryDouble.Log);
    }

    /// <summary>What is sampled.</summary>
    public Problem Problem { get; }

    /// <summary>The network.</summary>
    public MlpShape Shape { get; }

    /// <summary>Method and steps.</summary>
    public FlowOptions Flow { get; }

    /// <summary>The network's coordinates.</summary>
    internal Standardization Standard => standard;

    /// <summary>Whether a step toward the set is part of the network.</summary>
    public bool Guided => guide is not null;

    /// <summary>Why <see cref="SampleWithDensity"/> refuses this problem or this flow, with the way out; null if it does not.</summary>
    public string? WhyNoDensity
    {
        get
        {
            List<string> reasons = [];
            if (Flow.Method == FlowMethod.EulerMaruyama)
                reasons.Add($"samples of '{Problem.Name}' have no density: euler-maruyama adds noise on the way, which no change of variables follows; run the network with euler or heun");
            if (Problem.Dimension > FlowDensity.MostCoordinates)
                reasons.Add($"the density of samples is found in at most {FlowDensity.MostCoordinates} coordinates, for it costs as many more evaluations of the network; '{Problem.Name}' has {Problem.Dimension}");
            if (Guided)
                reasons.Add($"the network of '{Problem.Name}' is guided: its samples are pressed onto a set without volume, where they have no density by volume");
            return reasons.Count == 0 ? null : string.Join(Environment.NewLine, reasons);
        }
    }

    /// <summary>The same network run another way.</summary>
    /// <param name="flow">Method and steps.</param>
    public Sampler With(FlowOptions flow) => new(Problem, Shape, parameters, flow, standard, Guided);

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
        var workspace = new FlowWorkspace(Shape, guide: guide);
        new Conditions(key, Standardize(Values(given))).Fill(0, workspace.Network.Condition);
        new Flow(Shape, Flow, key).Run(parameters.Span, workspace, 0, (_, position) =>
        {
            moments.Add(new Points(count, Problem.Dimension));
            Write(position, standard.Center, standard.Scale, moments[^1], 0);
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
        var conditions = new Conditions(key, Standardize(values));
        cancellation.ThrowIfCancellationRequested();
        var samples = new SampleSet(new Points(count, Problem.Dimension), Problem.ConditionCount > 0 ? new Points(count, Problem.ConditionCount) : null);
        if (density) samples = samples with { Densities = new SampleDensities(new double[count], new int[count]) };
        if (density || firstBlock > 0 || count > TurnedMlp.MostSamples) DrawBlocks(firstBlock, samples, key, team, conditions, progress, cancellation);
        else if (count > 0) DrawFew(samples, key, conditions);
        if (samples.Conditions is { } chosen) Restore(values, chosen);
        return samples;
    }

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
        var sampler = new BlockSampler(Shape, Flow, team.Threads, samples.Densities is not null, guide);
        var blocks = (count + Block.Lanes - 1) / Block.Lanes;
        for (var start = 0; start < blocks; start += BlocksPerWave)
        {
            cancellation.ThrowIfCancellationRequested();
            var first = start;
            sampler.Run(team, parameters, key, conditions, firstBlock + (ulong)start, Math.Min(BlocksPerWave, blocks - start),
                (task, worker, position, condition) =>
                {
                    var at = (first + task) * Block.Lanes;
                    Write(samples, position, condition, at);
                    if (samples.Densities is { } densities) Write(densities, sampler.Density(worker)!, position, at);
                });
            progress?.Report((int)Math.Min(count, (long)(start + BlocksPerWave) * Block.Lanes));
        }
    }

    private void DrawFew(SampleSet samples, Key key, Conditions conditions)
    {
        var sampler = Interlocked.Exchange(ref few, null) ?? new FewSampler(Shape, Flow, parameters.Span, guide);
        var net = sampler.Run(samples.Points.Count, key, conditions);
        Write(samples, net.Position, net.Condition, 0);
        few = sampler;
    }

    private void Write(SampleSet samples, Block position, Block condition, int first)
    {
        Write(position, standard.Center, standard.Scale, samples.Points, first, Problem.Variables);
        if (samples.Conditions is { } chosen) Write(condition, standard.ConditionCenter, standard.ConditionScale, chosen, first);
    }

    // A volume in the user's units is that of the network's times the scales.
    private void Write(SampleDensities densities, FlowDensity found, Block position, int first)
    {
        var lanes = Math.Min(Block.Lanes, densities.Log.Length - first);
        for (var lane = 0; lane < lanes; lane++) densities.Log[first + lane] = IsWithinTurn(position, lane) ? found.Log[lane] - logScale : double.PositiveInfinity;
        Array.Copy(found.Folds, 0, densities.Folds, first, lanes);
    }

    // Of one turn of each circle every point is met once, whatever the network does beyond.
    private bool IsWithinTurn(Block position, int lane)
    {
        for (var d = 0; d < position.Rows; d++)
            if (Problem.Variables[d] is { Periodic: true } x && 2 * standard.Scale[d] * Math.Abs(position[d][lane]) > x.Upper - x.Lower) return false;
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
        [.. values.Select((value, i) => (float?)((value - standard.ConditionCenter[i]) / standard.ConditionScale[i]))];

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
