namespace Locus.Training;

/// <summary>Training cannot go on: a number is no longer finite. The message says where and what to change.</summary>
public sealed class TrainingException : LocusException
{
    /// <summary>An error with nothing to say; use a constructor with a message.</summary>
    public TrainingException()
    {
    }

    /// <summary>An error with a message for a person.</summary>
    /// <param name="message">What happened and what to change.</param>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message for a person, and what brought it about.</summary>
    /// <param name="message">What happened and what to change.</param>
    /// <param name="innerException">The cause.</param>
    public TrainingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
