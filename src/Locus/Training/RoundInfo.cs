namespace Locus.Training;

/// <summary>What a round did; one line of metrics.jsonl.</summary>
/// <param name="Round">Rounds done, from 1.</param>
/// <param name="Rounds">Rounds of the whole training.</param>
/// <param name="Updates">Gradient steps done in all.</param>
/// <param name="NetworkSamples">Training samples seen in all.</param>
/// <param name="Seconds">Seconds of training in all.</param>
/// <param name="LearningRate">Learning rate at the end of the round.</param>
/// <param name="Loss">What was minimised, mean of the round.</param>
/// <param name="Measures">What the method measured besides, under the names that the line has as keys; NaN where nothing was.</param>
public sealed record RoundInfo(
    int Round, int Rounds, long Updates, long NetworkSamples, double Seconds, double LearningRate, double Loss, IReadOnlyList<(string Name, double Value)> Measures)
{
    /// <summary>Name of a measure that methods share: mean slack of the samples that the round drew from the network, in the user's units.</summary>
    public const string MeanSlack = "meanSlack";

    /// <summary>Name of a measure that methods share: share of these samples with a slack below <see cref="SuccessSlack"/>.</summary>
    public const string Success = "success";

    /// <summary>The slack below which a sample counts as success: 0.001, as in Table I of Burghoff, Braun and Toussaint 2025.</summary>
    public const double SuccessSlack = 1e-3;

    /// <summary>A measure by its name; NaN where the method does not have it.</summary>
    /// <param name="name">Its name.</param>
    public double Measure(string name) => Measures.Where(m => m.Name == name).Select(m => m.Value).DefaultIfEmpty(double.NaN).First();
}
