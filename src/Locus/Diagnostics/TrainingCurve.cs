namespace Locus.Diagnostics;

/// <summary>One quantity over a training run, for a picture.</summary>
/// <param name="Name">What it is, with its unit: "mean slack", "energy distance".</param>
/// <param name="Steps">Where it was measured: rounds, or seconds, [M]; see <paramref name="StepName"/>.</param>
/// <param name="Values">What was measured, [M]; NaN where nothing was.</param>
/// <param name="StepName">Name of the axis to the right.</param>
/// <param name="Logarithmic">Whether equal steps upwards are equal factors.</param>
/// <param name="Reference">What a perfect sampler would show, drawn as a level; null for none.</param>
public sealed record TrainingCurve(
    string Name,
    IReadOnlyList<double> Steps,
    IReadOnlyList<double> Values,
    string StepName = "round",
    bool Logarithmic = false,
    double? Reference = null);
