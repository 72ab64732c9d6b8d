using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;
using static Locus.Tests.Projection.Family;

namespace Locus.Tests.Projection;

/// <summary>Sets that numerics take for others: near misses, roots of several orders, kinks, jumps, underflow, and numbers far from 1.</summary>
internal static class HardFamilies
{
    public static IEnumerable<Family> All() =>
    [
        .. NearMisses(),
        .. Kinks(),
        .. Jumps(),
        .. Extremes(),
    ];

    private static IEnumerable<Family> NearMisses()
    {
        foreach (var power in new[] { 2, 3, 4 }) yield return new(Define(x => [Pow(x[0], power) == 0]), Cloud(0, 0.3), x => Twice.Abs(x[0]));
        yield return Empty(x => [Square(x[0]) + 1e-20 == 0], Cloud(0, 0));
        yield return Empty(x => [Square(x[0]) + Square(x[1]) == -1e-18], Cloud(0, 0));
        yield return new(Define(x => [Square(x[0]) + Square(x[1]) == 0]), Cloud(0, 0), x => Length(x));
        yield return new(Define(x => [Norm(x) == 1, x[1] == 1]), Cloud(0, 1), x => Length(x, 0, 1));
        yield return Empty(x => [Norm(x) == 1, x[1] == 1 + 1e-12], Cloud(0, 1));
        yield return new(Define(x => [Norm(x) == 1, Norm(x - (double[])[2, 0]) == 1]), Cloud(1, 0), x => Length(x, 1, 0));
        yield return Empty(x => [Norm(x) == 1, Norm(x - (double[])[2 + 1e-9, 0]) == 1], Cloud(1, 0));
        foreach (var angle in new[] { 1e-4, 1e-8, 1e-12, 1e-15 })
            yield return new(Define(x => [x[0] == 0, x[0] + angle * x[1] == 0]), Cloud(0, 0), x => Length(x));
        yield return new(
            Define(x => [(x[0] - 1) * (x[0] - (1 + 1e-8)) == 0]), Cloud(1, 0), x => Twice.Min(Twice.Abs((Twice)x[0] - 1), Twice.Abs((Twice)x[0] - (1 + 1e-8))));
        yield return new(Define(x => [x[0] * x[1] == 0]), Cloud(0, 0), x => Twice.Min(Twice.Abs(x[0]), Twice.Abs(x[1])));
    }

    private static IEnumerable<Family> Kinks()
    {
        yield return new(Define(x => [Abs(x[0]) == 0]), Cloud(0, 0.3), x => Twice.Abs(x[0]));
        yield return Empty(x => [Abs(x[0]) + 1e-13 == 0], Cloud(0, 0.3));
        yield return new(Define(x => [Abs(x[0]) == 1e-13]), Cloud(0, 0.3), x => Twice.Abs(Twice.Abs(x[0]) - 1e-13));
        yield return new(Define(x => [Max(x[0], 2 * x[0]) == 0]), Cloud(0, 0.3), x => Twice.Abs(x[0]));
        yield return new(
            Define(x => [Abs(x[0]) == x[1]]), Cloud(0, 0),
            x => (Twice.Abs(x[0]) + x[1]).High >= 0 ? Twice.Abs(Twice.Abs(x[0]) - x[1]) / Twice.Sqrt(2) : Length(x));
        yield return new(
            Define(x => [Min(x[0], x[1]) == 0]), Cloud(0, 0),
            x => Twice.Min(x[1] >= 0 ? Twice.Abs(x[0]) : Length(x), x[0] >= 0 ? Twice.Abs(x[1]) : Length(x)));
        yield return new(Define(x => [Norm(x) == 0]), Cloud(0, 0), x => Length(x));
        yield return new(Define(x => [Norm(x) == 1e-13]), Shell(1e-13), x => Twice.Abs(Length(x) - 1e-13));
        yield return new(Define(x => [Sqrt(x[0]) == 0]), Cloud(0, 0.3), x => Twice.Abs(x[0]));
        yield return Empty(x => [Sqrt(x[0]) + 1e-12 == 0], Cloud(0, 0.3));
        yield return Empty(x => [Sqrt(Abs(x[0])) + 1e-12 == 0], Cloud(0, 0.3));
        yield return new(Define(x => [Abs(x[0]) <= 0]), Cloud(0, 0.3), x => Twice.Abs(x[0]));
        yield return Empty(x => [Square(x[0]) <= -1e-20], Cloud(0, 0.3));
        yield return Empty(x => [Sqrt(x[0]) <= 1, Sqrt(-x[0] - 1e-12) <= 1], Cloud(0, 0.3));
    }

    private static IEnumerable<Family> Jumps()
    {
        yield return Empty(x => [Floor(x[0]) == 0.5], Cloud(1, 0));
        yield return Empty(x => [Floor(x[0]) - 0.5 + 1e-3 * x[1] == 0], Cloud(1, 0));
        yield return Empty(x => [Where(x[0], 0, x[0] - 1e-10, x[0] + 1e-10) == 0], Cloud(0, 0));
        yield return Empty(x => [Sign(x[0]) + x[0] == 1e-11], Cloud(0, 0));
        yield return new(Define(x => [Sign(x[0]) == 0]), Cloud(0, 0), x => Twice.Abs(x[0]));
        // Right above pi, and at the cut.
        yield return Empty(x => [Atan2(x[1], x[0]) == 3.1415926535897936], Cloud(-1, 0));
        yield return Empty(x => [Atan2(x[1], x[0]) == -3.1415926535897936], Cloud(-1, 0));
        yield return Empty(x => [Ratio(x[0], x[0]) == 0.5], Cloud(0, 0));
        yield return Empty(x => [1 / x[0] == 0], Cloud(0, 0));
        yield return Empty(x => [x[0] == 0, x[1] == 0, Min(x[0] / x[1], 1) <= 1], Cloud(0, 0));
        yield return Empty(x => [x[0] == 0, Log(x[0]) <= 1], Cloud(0, 0));
        yield return Empty(x => [Tan(x[0]) == 0, Cos(x[0]) <= 0.5, x[0] >= 1, x[0] <= 2], Cloud(Math.PI / 2, 0));
    }

    private static IEnumerable<Family> Extremes()
    {
        yield return Empty(x => [Exp(x[0]) == 0], (random, x) => x[0] = Between(random, -1000, -30));
        yield return Empty(x => [Exp(-Square(x[0])) == 0], (random, x) => x[0] = Between(random, 5, 50));
        yield return Empty(x => [Tanh(x[0]) == 1], (random, x) => x[0] = Between(random, 10, 40));
        yield return Empty(x => [Erf(x[0]) == -1], (random, x) => x[0] = Between(random, -10, -3));
        yield return new(Define(x => [Pow(x[0], 200) == 0]), Cloud(0, 0), x => Twice.Abs(x[0]));
        yield return new(Define(x => [1e-200 * x[0] * (1e-200 * x[0]) == 0]), Cloud(0, 0), x => Twice.Abs(x[0]));
        yield return new(Define(x => [1e-200 * x[0] == 0]), Cloud(0, 0), x => Twice.Abs(x[0]));
        yield return new(Define(x => [1e200 * x[0] * x[0] == 1e200]), Cloud(1, 0), x => Twice.Abs(Twice.Abs(x[0]) - 1));
        yield return new(Define(x => [Norm(x) == 1e15]), Shell(1e15), x => Twice.Abs(Length(x) - 1e15));
        yield return new(Define(x => [Norm(x) <= 1e15]), Shell(1e15), x => Twice.Max(0, Length(x) - 1e15));
        yield return new(
            Define(x => [x[1] - x[0] == 1]), (random, x) => x[1] = (x[0] = 1e15 * Between(random, -1, 1)) + random.Next(-2, 4),
            x => Twice.Abs((Twice)x[1] - x[0] - 1) / Twice.Sqrt(2));
        yield return new(
            Define(x => [Sin(1e6 * x[0]) == 0]), Cloud(1, 0),
            x =>
            {
                // pi to 32 digits.
                var (turned, pi) = ((Twice)1e6 * x[0], new Twice(Math.PI, 1.2246467991473532e-16));
                return Twice.Abs(turned - pi * Math.Round(turned.High / Math.PI)) / 1e6;
            });
        yield return new(Define(x => [x[0] == 0], 1e15, 1e15 + 8), (random, x) => (x[0], x[1]) = (1e15 + random.Next(8), 1e15 + random.Next(-1, 9)), _ => Infinity);
        // 0.1 + 0.2 is no double: with joined factors the first terms would cancel, and x[1] = 0 be the set.
        var left = (Twice)0.1 + 0.2 - (0.1 + 0.2);
        yield return new(
            Define(x => [0.1 * x[0] + 0.2 * x[0] - (0.1 + 0.2) * x[0] + 1e-12 * x[1] == 0]), Cloud(1, 0),
            x => Twice.Abs(left * x[0] + (Twice)1e-12 * x[1]) / Twice.Length(left, 1e-12));
    }

    private static Family Empty(Func<Vector, Constraint[]> constraints, Action<Random, double[]> draw) => new(Define(constraints), draw, _ => Infinity);

    private static Problem Define(Func<Vector, Constraint[]> constraints, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity) =>
        Problem.Define("trial", 2, constraints, lower, upper);
}
