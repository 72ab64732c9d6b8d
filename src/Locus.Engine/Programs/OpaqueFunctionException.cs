namespace Locus.Engine.Programs;

/// <summary>A function of the user has thrown; the message names the function, the cause is the inner exception.</summary>
public sealed class OpaqueFunctionException : Exception
{
    /// <summary>Wraps what the function has thrown.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="cause">What it has thrown.</param>
    public OpaqueFunctionException(string function, Exception cause)
        : base($"the function '{function}' failed: {cause?.Message}", cause) => Function = function;

    /// <summary>Name of the function.</summary>
    public string Function { get; }
}
