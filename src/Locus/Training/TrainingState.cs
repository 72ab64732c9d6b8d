using Locus.Engine.Networks;
using Locus.Engine.Random;
using Locus.Problems;
using Locus.Sampling;

namespace Locus.Training;

/// <summary>All that training needs to go on after an update as if it had never stopped: what a checkpoint holds. A method derives its own with what it adds.</summary>
public abstract class TrainingState
{
    /// <summary>A state with everything at 0.</summary>
    /// <param name="problem">What is sampled.</param>
    /// <param name="parameters">P, the number of the network's parameters.</param>
    /// <param name="rounds">Rounds of the whole training.</param>
    protected TrainingState(Problem problem, int parameters, int rounds)
    {
        ArgumentNullException.ThrowIfNull(problem);
        (Problem, Standard) = (problem, Standardization.Of(problem));
        Weights = new ParameterState(parameters);
        Rounds = rounds;
    }

    /// <summary>What is sampled.</summary>
    public Problem Problem { get; }

    /// <summary>The network's coordinates.</summary>
    public Standardization Standard { get; protected set; }

    /// <summary>The sampler of the averaged weights as they are now; it sees later training too.</summary>
    public abstract Sampler Sampler { get; }

    /// <summary>Parameters, their average and Adam's moments.</summary>
    public ParameterState Weights { get; }

    /// <summary>Rounds of the whole training.</summary>
    public int Rounds { get; protected set; }

    /// <summary>Rounds done.</summary>
    public int Round { get; set; }

    /// <summary>Updates done in this round.</summary>
    public int RoundUpdates { get; set; }

    /// <summary>Training samples seen so far: forward and backward passes of the network.</summary>
    public long NetworkSamples { get; set; }

    /// <summary>Calls of the energy so far, those of single points; null for methods that learn from none.</summary>
    public virtual long? EnergyCalls => null;

    /// <summary>How the points that the network learns were drawn; null for methods that draw none, and before they are.</summary>
    public virtual ExplorationFacts? Exploration => null;

    /// <summary>The points that the network learns, in its coordinates <see cref="Standard"/>, [N, D]; null for methods that draw none beforehand, and before they are drawn.</summary>
    public virtual Points? Learned => null;

    /// <summary>Gradient steps that were planned for the whole training; one that ends early makes fewer.</summary>
    public virtual long PlannedUpdates => Weights.Steps;

    /// <summary>Seconds spent so far, over all runs that led here.</summary>
    public double Seconds { get; set; }

    /// <summary>Draws the weights that training begins with.</summary>
    /// <param name="key">Randomness.</param>
    public abstract void Initialize(Key key);

    /// <summary>Shows every part of the state to whoever writes or reads it.</summary>
    /// <param name="fields">What writes or reads.</param>
    public void Visit(IStateFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        fields.Vector("parameters", Weights.Parameters.Span[..Weights.Count]);
        fields.Vector("average", Weights.Average.Span[..Weights.Count]);
        fields.Vector("firstMoment", Weights.FirstMoment.Span[..Weights.Count]);
        fields.Vector("secondMoment", Weights.SecondMoment.Span[..Weights.Count]);
        Weights.Steps = fields.Number("updates", Weights.Steps);
        Round = fields.Number("round", Round);
        RoundUpdates = fields.Number("roundUpdates", RoundUpdates);
        NetworkSamples = fields.Number("networkSamples", NetworkSamples);
        Seconds = fields.Number("seconds", Seconds);
        VisitOwn(fields);
    }

    /// <summary>Shows what the method adds, each part under a name of its own.</summary>
    /// <param name="fields">What writes or reads.</param>
    protected abstract void VisitOwn(IStateFields fields);
}
