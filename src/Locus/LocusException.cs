namespace Locus;

/// <summary>
/// Something that the caller gave is wrong, or the world around the program refuses: the message names the place, the value and
/// the way out, and is meant to be shown to a person as it stands.
/// </summary>
public class LocusException : Exception
{
    /// <summary>An error with nothing to say; use a constructor with a message.</summary>
    public LocusException()
    {
    }

    /// <summary>An error with a message for a person.</summary>
    /// <param name="message">Place, value and way out, in one text.</param>
    public LocusException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message for a person, and what brought it about.</summary>
    /// <param name="message">Place, value and way out, in one text.</param>
    /// <param name="innerException">The cause, or null.</param>
    public LocusException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
