using Locus.Engine.Blocks;
using Locus.Expressions;
using Locus.Flows;
using Locus.Methods.Markov;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Methods.Markov;

/// <summary>Laws with known moments and log Z, and sums over chains.</summary>
internal static class Laws
{
    /// <summary>A Gaussian with mean (0.5, -1), deviations 1 and 0.5 and correlation 0.8; its energy is 2 too low.</summary>
    public static Problem Correlated { get; } = Problem.OfEnergy("correlated", 2, x =>
    {
        var (a, b) = (x[0] - 0.5, (x[1] + 1) / 0.5);
        return (Square(a) - 1.6 * a * b + Square(b)) / (2 * 0.36) - 2;
    });

    /// <summary>exp(2) 2 pi sqrt(det) with the determinant 0.25 (1 - 0.64).</summary>
    public static double CorrelatedLogZ { get; } = 2 + Math.Log(2 * Math.PI * 0.3);

    /// <summary>Two normal laws of deviation 0.5 at (-6, 0) and (6, 0), with the shares 0.3 and 0.7: 24 deviations apart.</summary>
    public static Problem Far { get; } = Problem.OfEnergy("far", 2, x => -LogSumExp(Part(x, -6, 0.3), Part(x, 6, 0.7)));

    /// <summary>log R and its score in the problem's own coordinates.</summary>
    public static Reward Reward(Problem problem, CallCounter? calls = null) => new(problem, Standardization.Of(problem), calls);

    private static Expr Part(Vector x, double center, double share) => Math.Log(share) - (Square(x[0] - center) + Square(x[1])) / 0.5;

    /// <summary>Means over blocks of x, y, x^2, y^2 and x y of the law's own deviations from its mean.</summary>
    internal sealed class Moments
    {
        private readonly double[] sums = new double[5];
        private long count;

        /// <summary>Adds 64 points of <see cref="Correlated"/>.</summary>
        public void Add(HamiltonianBlock block)
        {
            for (var lane = 0; lane < Block.Lanes; lane++) Add(block.Position[0][lane], block.Position[1][lane]);
        }

        /// <summary>Adds a point.</summary>
        public void Add(double x, double y)
        {
            var (a, b) = (x - 0.5, (y + 1) / 0.5);
            double[] values = [a, b, a * a, b * b, a * b];
            for (var i = 0; i < values.Length; i++) sums[i] += values[i];
            count++;
        }

        /// <summary>Asserts means 0 and 0, variances 1 and 1, covariance 0.8 within 4.5 errors of so many independent points.</summary>
        public void AreRight(double worth)
        {
            // Variances of the five: 1, 1, 2, 2, 1 + 0.64.
            double[] means = [0, 0, 1, 1, 0.8], deviations = [1, 1, Math.Sqrt(2), Math.Sqrt(2), Math.Sqrt(1.64)];
            for (var i = 0; i < means.Length; i++)
            {
                var error = 4.5 * deviations[i] / Math.Sqrt(worth);
                Assert.InRange(sums[i] / count, means[i] - error, means[i] + error);
            }
        }
    }
}
