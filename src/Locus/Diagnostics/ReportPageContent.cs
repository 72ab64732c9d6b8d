using Locus.Problems;

namespace Locus.Diagnostics;

/// <summary>What a <see cref="ReportPage"/> shows. What is empty or null is left out of the page.</summary>
public sealed record ReportPageContent
{
    /// <summary>The measured numbers.</summary>
    public required Report Report { get; init; }

    /// <summary>The problem that was sampled.</summary>
    public required Problem Problem { get; init; }

    /// <summary>The samples to show, as the network gives them, [N, D].</summary>
    public required Points Samples { get; init; }

    /// <summary>The same samples moved onto the set, [N, D]; null where they were not.</summary>
    public Points? Projected { get; init; }

    /// <summary>These after an exact chain, [N, D]; null where none was run.</summary>
    public Points? Chained { get; init; }

    /// <summary>Exact samples to draw underneath, [any, D]; null where none are known.</summary>
    public Points? Exact { get; init; }

    /// <summary>
    /// The parameters of these samples, in the user's units: [N, C], or [1, C] where all have the same; null for a problem without. A report on parameters
    /// drawn at random may show samples for one value, over whose set they can be seen.
    /// </summary>
    public Points? Conditions { get; init; }

    /// <summary>Curves of the training: slack, energy distance, noise share, loss.</summary>
    public IReadOnlyList<TrainingCurve> Curves { get; init; } = [];

    /// <summary>A few points on their way from noise to the set: K + 1 moments, each [N, D].</summary>
    public IReadOnlyList<Points> Flow { get; init; } = [];

    /// <summary>The options of the training: names and values, defaults too.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Options { get; init; } = [];
}
