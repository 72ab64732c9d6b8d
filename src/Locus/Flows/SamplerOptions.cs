using Locus.Options;

namespace Locus.Flows;

/// <summary>How a trained network is run; each kind of network has its own.</summary>
public abstract record SamplerOptions : IValidated
{
    /// <summary>How the steps are made, in a word or two.</summary>
    public abstract string MethodName { get; }

    /// <summary>Steps from start to sample.</summary>
    public abstract int Steps { get; init; }

    /// <summary>Evaluations of the network per sample.</summary>
    public virtual int NetworkEvaluations => Steps;

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> Validate() => [];
}
