namespace Locus.Engine.Workers;

/// <summary>One piece of work of several that a team does one after the other: all tasks of a stage are done before the next begins.</summary>
/// <param name="Work">What to execute.</param>
/// <param name="Tasks">Number of tasks.</param>
/// <param name="Finish">Called by the caller's thread when all of them are done, before the next stage; may be null.</param>
public readonly record struct Stage(IWork Work, int Tasks, Action? Finish = null);
