namespace Locus.Options;

/// <summary>A record of options that knows rules beyond the range of each value.</summary>
public interface IValidated
{
    /// <summary>Everything that is wrong with these options, one sentence each; empty when all is well.</summary>
    IReadOnlyList<string> Validate();
}
