namespace Locus.Diagnostics;

/// <summary>One number of a report beside what it is compared with, as text for a terminal or a page.</summary>
/// <param name="Group">What was measured: "raw samples", "projected samples".</param>
/// <param name="Name">The measure.</param>
/// <param name="Value">The number, with its standard error where there is one.</param>
/// <param name="Reference">What a perfect sampler would show; empty only for a plain count.</param>
/// <param name="Note">How the two relate, or the size of the samples; may be empty.</param>
public sealed record ReportRow(string Group, string Name, string Value, string Reference, string Note);
