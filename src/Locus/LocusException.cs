namespace Locus;

/// <summary>What Locus throws on wrong input. The message names everything that is wrong, where, and the way out.</summary>
public class LocusException : Exception
{
    /// <summary>An exception without a message of its own.</summary>
    public LocusException()
    {
    }

    /// <summary>An exception with a message for the user.</summary>
    /// <param name="message">Place, value and way out.</param>
    public LocusException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message for the user and what caused it.</summary>
    /// <param name="message">Place, value and way out.</param>
    /// <param name="innerException">The cause.</param>
    public LocusException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
