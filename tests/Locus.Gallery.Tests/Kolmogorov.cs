using Locus.Engine.Random;

namespace Locus.Gallery.Tests;

/// <summary>Exact samplers against a law, by Kolmogorov and Smirnov on a quantity that must be uniform on [0, 1].</summary>
internal static class Kolmogorov
{
    /// <summary>P(sqrt(n) D > 2) = 2 exp(-8) = 7e-4 (Kolmogorov); with 20,000 samples a law that is off by 1.5 % somewhere is found.</summary>
    public const double Threshold = 2;

    private const int Count = 20_000;

    /// <summary>sqrt(n) times the largest distance between the law of a quantity and the uniform law.</summary>
    /// <param name="name">Which problem.</param>
    /// <param name="uniform">The quantity at a sample; NaN leaves the sample out.</param>
    public static double Deviation(string name, Func<double[], double> uniform)
    {
        var truth = Gallery.Find(name)!.Truth!;
        List<double> values = [];
        for (var i = 0ul; i < Count; i++)
        {
            var x = new double[truth.Dimension];
            truth.Draw(Key.Seed(21).Fold(name), i, x);
            var value = uniform(x);
            if (!double.IsNaN(value)) values.Add(value);
        }
        Assert.InRange(values.Count, 1000, Count);
        values.Sort();
        var largest = 0.0;
        for (var i = 0; i < values.Count; i++)
            largest = Math.Max(largest, Math.Max(values[i] - (double)i / values.Count, (i + 1.0) / values.Count - values[i]));
        return Math.Sqrt(values.Count) * largest;
    }

    /// <summary>Asserts that a quantity is uniform on [0, 1].</summary>
    /// <param name="name">Which problem.</param>
    /// <param name="uniform">The quantity at a sample; NaN leaves the sample out.</param>
    public static void Holds(string name, Func<double[], double> uniform) => Assert.InRange(Deviation(name, uniform), 0, Threshold);

    /// <summary>The angle of (x, y) in turns, 0 to 1.</summary>
    public static double Turn(double y, double x) => Math.Atan2(y, x) / (2 * Math.PI) + 0.5;
}
