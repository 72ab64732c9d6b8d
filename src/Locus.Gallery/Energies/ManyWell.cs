// d / 2 double wells side by side: each pair of coordinates (a, b) has log p = -a^4 + 6 a^2 + a / 2 - b^2 / 2, with two wells at a = 1.75 (0.844 of the mass) and -1.71, so 2^(d/2) modes in all: Noe et al.
// 2019; Sendera et al. 2024, section 5. By quadrature the integral over a is 11784.50927; over b it is sqrt(2 pi). Exact draws of a: rejection from 0.2 N(-1.7, 0.25) + 0.8 N(1.7, 0.25), which times 2.592 of
// that integral lies above p everywhere (largest ratio 0.9996, at a = 1.762).
using Locus.Diagnostics;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery.Energies;

/// <summary>Many double wells side by side; its components are the numbers of left wells.</summary>
internal sealed class ManyWell : Truth
{
    /// <summary>The integral of exp(-a^4 + 6 a^2 + a / 2).</summary>
    public const double Integral = 11784.50927;

    /// <summary>Share of the right well.</summary>
    public const double RightShare = 0.844307;

    private const double Center = 1.7, Deviation = 0.5, LeftWeight = 0.2, Envelope = 2.592;
    private readonly int pairs;

    private ManyWell(int pairs)
    {
        this.pairs = pairs;
        Components = [.. Enumerable.Range(0, pairs + 1).Select(left => $"{left} left")];
        var shares = new double[pairs + 1];
        shares[0] = 1;
        // Each pair adds a left well or not: the binomial law, built up pair by pair.
        for (var i = 1; i <= pairs; i++)
            for (var left = i; left >= 0; left--) shares[left] = RightShare * shares[left] + (left > 0 ? (1 - RightShare) * shares[left - 1] : 0);
        Shares = shares;
    }

    /// <inheritdoc/>
    public override int Dimension => 2 * pairs;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Components { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<double> Shares { get; }

    public static GalleryProblem Entry(int dimension)
    {
        var pairs = dimension / 2;
        var logZ = pairs * (ElementaryDouble.Log(Integral) + 0.5 * ElementaryDouble.Log(2 * Math.PI));
        var problem = Problem.OfEnergy(
            $"many-well-{dimension}",
            dimension,
            x => Sum(Enumerable.Range(0, pairs).Select(i => Well(x[2 * i]) + Square(x[2 * i + 1]) / 2)),
            description: $"{pairs} double wells side by side (Noe et al. 2019; Sendera et al. 2024).");
        return new(problem, new ManyWell(pairs), "prod_i exp(-a_i^4 + 6 a_i^2 + a_i/2 - b_i^2/2)", "Noe et al. 2019; Sendera et al. 2024, section 5", ElementaryDouble.Exp(logZ)) { LogZ = logZ };
    }

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        for (var i = 0; i < pairs; i++)
        {
            x[2 * i] = Draw(key.Fold((ulong)i), index);
            x[2 * i + 1] = Draws.Normal(key, index, (uint)i);
        }
    }

    /// <inheritdoc/>
    public override int Component(ReadOnlySpan<double> x)
    {
        var left = 0;
        for (var i = 0; i < pairs; i++)
        {
            if (!double.IsFinite(x[2 * i])) return -1;
            if (x[2 * i] < 0) left++;
        }
        return left;
    }

    private static double Draw(Key key, ulong index)
    {
        foreach (var attempt in Rejection.Attempts(key))
        {
            var center = Draws.Uniform(attempt, index, 0) < LeftWeight ? -Center : Center;
            var a = center + Deviation * Draws.Normal(attempt, index, 1);
            double Bump(double c) => ElementaryDouble.Exp(-(a - c) * (a - c) / (2 * Deviation * Deviation)) / (Deviation * Math.Sqrt(2 * Math.PI));
            var proposal = Envelope * Integral * (LeftWeight * Bump(-Center) + (1 - LeftWeight) * Bump(Center));
            var square = a * a;
            if (Draws.Uniform(attempt, index, 2) * proposal < ElementaryDouble.Exp(-square * square + 6 * square + 0.5 * a)) return a;
        }
        return 0;
    }

    private static Expr Well(Expr a) => Square(Square(a)) - 6 * Square(a) - 0.5 * a;
}
