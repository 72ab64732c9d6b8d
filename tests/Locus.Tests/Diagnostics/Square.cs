using Locus.Diagnostics;
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Diagnostics;

/// <summary>The square [-1, 1]^2 with its truth; its components are its halves.</summary>
internal sealed class Square : Truth
{
    public static Problem Problem { get; } = Problem.Define("square", 2, x => [Abs(x[0]) <= 1, Abs(x[1]) <= 1]);

    public override int Dimension => 2;

    public override IReadOnlyList<string> Components { get; } = ["left", "right"];

    public override IReadOnlyList<double> Shares { get; } = [0.5, 0.5];

    public override void Draw(Key key, ulong index, Span<double> x)
    {
        for (var d = 0; d < 2; d++) x[d] = 2 * Draws.Uniform(key, index, (uint)d) - 1;
    }

    public override int Component(ReadOnlySpan<double> x) =>
        Math.Max(Math.Abs(x[0]), Math.Abs(x[1])) > 1.1 ? -1 : x[0] < 0 ? 0 : 1;

    /// <summary>A report about <paramref name="samples"/> with all parts.</summary>
    public static Report Report(Points samples, bool truth, int threads = 2)
    {
        QualityOptions options = new() { Thresholds = [1e-3, 1e-6] };
        var reference = truth ? ExactReference.Of(Problem, new Square(), Key.Seed(7), samples.Count, options, threads) : null;
        return new Report
        {
            Problem = Problem.Name,
            Dimension = 2,
            Count = samples.Count,
            Measure = "volume",
            Sampler = new SamplerFacts("heun", 10, 19),
            Raw = QualityMeasurement.Of(Problem, samples, null, reference, options, threads),
            Training = new TrainingFacts("paper", 12.5, 1_000_000, 2, 1),
            Environment = new Dictionary<string, string> { ["processor"] = "one & <only>", ["runtime"] = ".NET 10" },
        };
    }
}
