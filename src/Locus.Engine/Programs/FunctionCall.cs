namespace Locus.Engine.Programs;

/// <summary>Calls a function of the user and names it in what it throws.</summary>
public static class FunctionCall
{
    /// <summary>The values of a function at one point.</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">Its arguments, [Inputs].</param>
    /// <param name="values">Where its values go, [Outputs].</param>
    /// <exception cref="OpaqueFunctionException">The function has thrown.</exception>
    public static void Invoke(OpaqueFunction function, ReadOnlySpan<double> x, Span<double> values)
    {
        ArgumentNullException.ThrowIfNull(function);
        try
        {
            function.Evaluate(x, values);
        }
        catch (Exception e) when (e is not OpaqueFunctionException)
        {
            throw new OpaqueFunctionException(function.Name, e);
        }
    }
}
