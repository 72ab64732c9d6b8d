namespace Locus.Problems;

/// <summary>One result of <see cref="ProblemCheck"/>.</summary>
/// <param name="Level">How serious it is.</param>
/// <param name="Subject">What was checked, in a word or two: "derivatives", "feasible share".</param>
/// <param name="Message">What was found, with the numbers and the place.</param>
/// <param name="Advice">The way out; null where all is well.</param>
public sealed record CheckFinding(CheckLevel Level, string Subject, string Message, string? Advice = null);
