using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;
using static Locus.Tests.Projection.Family;

namespace Locus.Tests.Projection;

/// <summary>Sets of the ordinary kind: surfaces, solids, unions and intersections.</summary>
internal static class SmoothFamilies
{
    public static IEnumerable<Family> All()
    {
        foreach (var dimension in new[] { 1, 2, 3, 6 })
            yield return new(Define(dimension, x => [Norm(x) == 1.3]), Shell(1.3), x => Twice.Abs(Length(x) - 1.3));
        yield return new(Define(3, x => [Square(x[0]) + Square(x[1]) + Square(x[2]) == 1.5625], -2, 2), Shell(1.25), x => Twice.Abs(Length(x) - 1.25));
        yield return new(
            Problem.Define("sphere", Variable.Vector("x", 3, -4, 4), [new Parameter("radius", 0.5, 2)], (x, c) => [Norm(x) == c[0]]),
            Shell(1.7), x => Twice.Abs(Length(x) - 1.7), Condition: 1.7);
        yield return new(Define(3, x => [Norm(x) <= 1.3]), Shell(1.3), x => Twice.Max(0, Length(x) - 1.3));
        yield return new(Define(2, x => [Abs(Norm(x) - 1) <= 0.125]), Shell(1.125), x => Twice.Max(0, Twice.Abs(Length(x) - 1) - 0.125));
        yield return new(
            Define(2, x => [Any(Norm(x) <= 0.5, Norm(x) == 1)], -3, 3), Shell(1),
            x => Twice.Min(Twice.Max(0, Length(x) - 0.5), Twice.Abs(Length(x) - 1)));
        yield return new(
            Define(2, x => [Any(Norm(x) == 1, Norm(x - (double[])[3, 0]) == 1)]), Shell(1),
            x => Twice.Min(Twice.Abs(Length(x) - 1), Twice.Abs(Length(x, 3, 0) - 1)));
        yield return new(Define(3, x => [2 * x[0] - 3 * x[1] + 6 * x[2] == 7]), Cloud(2, 1, 1), x => Twice.Abs(Twice.Dot([2, -3, 6], x) - 7) / 7);
        yield return new(
            Define(3, x => [x[0] <= 5], -1, 1), Cloud(1, 0.3, -1),
            x => Twice.Length(Beyond(x[0], -1, 1), Beyond(x[1], -1, 1), Beyond(x[2], -1, 1)));
        yield return Torus();
        yield return Crossing();
        yield return Simplex();
        yield return CutCircle();
        yield return Polytope();
        yield return Disks();
        yield return Spiral();
    }

    private static Problem Define(
        int dimension, Func<Vector, Constraint[]> constraints, double lower = double.NegativeInfinity, double upper = double.PositiveInfinity) =>
        Problem.Define("trial", dimension, constraints, lower, upper);

    private static Twice Beyond(double x, double lower, double upper) => Twice.Max(0, Twice.Max((Twice)x - upper, (Twice)lower - x));

    private static Family Torus() => new(
        Define(3, x => [Square(Norm(x[..2]) - 2) + Square(x[2]) == 0.25], -3, 3),
        (random, x) =>
        {
            var (around, tube) = (Direction(random, 2), Direction(random, 2));
            var radius = 0.5 * (1 + Small(random));
            for (var i = 0; i < 2; i++) x[i] = (2 + radius * tube[0]) * around[i];
            x[2] = radius * tube[1];
        },
        x => Twice.Abs(Twice.Length(Twice.Length(x[0], x[1]) - 2, x[2]) - 0.5));

    /// <summary>Two spheres that meet in a circle.</summary>
    private static Family Crossing() => new(
        Define(3, x => [Norm(x) == 1, Norm(x - (double[])[1, 0, 0]) == 1], -2, 2),
        (random, x) =>
        {
            var around = Direction(random, 2);
            var radius = Math.Sqrt(0.75) + Small(random);
            (x[0], x[1], x[2]) = (0.5 + Small(random), radius * around[0], radius * around[1]);
        },
        x => Twice.Length((Twice)x[0] - 0.5, Twice.Length(x[1], x[2]) - Twice.Sqrt(0.75)));

    /// <summary>Points with a sum of 1 and no coordinate below 0; every third point lies at an end of a coordinate.</summary>
    private static Family Simplex() => new(
        Define(4, x => [Sum(x) == 1], 0, 1),
        (random, x) =>
        {
            var sum = 0.0;
            for (var i = 0; i < 4; i++) sum += x[i] = -Math.Log(random.NextDouble() + 1e-300);
            if (random.Next(3) == 0) (sum, x[0]) = (sum - x[0], 0);
            for (var i = 0; i < 4; i++) x[i] /= sum;
            x[random.Next(4)] += Small(random);
        },
        x => x.Aggregate(Twice.Abs(Twice.Dot([1, 1, 1, 1], x) - 1) / 2, (farthest, coordinate) => Twice.Max(farthest, Beyond(coordinate, 0, 1))),
        IsExact: false);

    /// <summary>A circle that a bound of a coordinate cuts, and points about the cut.</summary>
    private static Family CutCircle() => new(
        Problem.Define("cut", [new Variable("x", -1, 0.6), new Variable("y", -2, 2)], x => [Square(x[0]) + Square(x[1]) == 1]),
        (random, x) =>
        {
            x[0] = random.Next(3) == 0 ? 0.6 : 0.6 + 0.1 * Small(random);
            x[1] = Math.Sqrt(1 - x[0] * x[0]) + 0.1 * Small(random);
        },
        x => Twice.Max(Twice.Abs(Length(x) - 1), Beyond(x[0], -1, 0.6)),
        IsExact: false);

    /// <summary>Half spaces; a point is at least as far away as from the farthest of them.</summary>
    private static Family Polytope()
    {
        var random = new Random(4);
        var normals = Enumerable.Range(0, 7).Select(_ => Direction(random, 3)).ToArray();
        return new(
            Define(3, x => [.. normals.Select(a => Dot(new Vector(a.Select(Expr.Constant)), x) <= 1)]),
            (random, x) =>
            {
                var a = normals[random.Next(normals.Length)];
                var (along, out1) = (Direction(random, 3), 1 + Small(random));
                for (var i = 0; i < 3; i++) x[i] = out1 * a[i] + 0.3 * (along[i] - Twice.Dot(along, a).High * a[i]);
            },
            x => normals.Aggregate((Twice)0, (farthest, a) => Twice.Max(farthest, (Twice.Dot(a, x) - 1) / Twice.Sqrt(Twice.Dot(a, a)))),
            IsExact: false);
    }

    /// <summary>Five unit disks in ten dimensions: a point is at least as far away as from each plane that a disk lies in.</summary>
    private static Family Disks()
    {
        var random = new Random(5);
        var frames = Enumerable.Range(0, 5).Select(_ => Frame(random, 10)).ToArray();
        return new(
            Define(10, x => [Any(frames.Select(frame => Disk([.. frame.Select(a => Functions.Dot(new Vector(a.Select(Expr.Constant)), x))])))]),
            (random, x) =>
            {
                var frame = frames[random.Next(5)];
                var (disk, off, length) = (Direction(random, 2), random.Next(2, 10), random.Next(4) == 0 ? 1 : random.NextDouble());
                var distance = Small(random);
                for (var i = 0; i < 10; i++) x[i] = length * (disk[0] * frame[0][i] + disk[1] * frame[1][i]) + distance * frame[off][i];
            },
            x => frames.Aggregate(Infinity, (nearest, frame) => Twice.Min(nearest, frame.Skip(2).Aggregate(
                (Twice)0, (farthest, a) => Twice.Max(farthest, Twice.Abs(Twice.Dot(a, x)) / Twice.Sqrt(Twice.Dot(a, a)))))),
            IsExact: false);

        static Constraint Disk(Expr[] y) => Functions.All([.. y.Skip(2).Select(off => off == 0), Norm(y[0], y[1]) <= 1]);
    }

    private static double[][] Frame(Random random, int dimension)
    {
        var frame = new double[dimension][];
        for (var k = 0; k < dimension; k++)
        {
            frame[k] = Direction(random, dimension);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < k; j++)
                {
                    var part = Twice.Dot(frame[j], frame[k]).High;
                    for (var i = 0; i < dimension; i++) frame[k][i] -= part * frame[j][i];
                }
            }
            var length = Length(frame[k]).High;
            for (var i = 0; i < dimension; i++) frame[k][i] /= length;
        }
        return frame;
    }

    /// <summary>
    /// The curves r = 0.1 (1 + angle + 2 pi i). Between radii 0.45 and 1.6 and off the cut, h has no slope above 1.03, so that a point with |h| is no nearer
    /// than |h| / 1.03 or 0.05. System.Math is good to 1e-15 there.
    /// </summary>
    private static Family Spiral() => new(
        Define(2, x => [Any(Enumerable.Range(0, 3).Select(i => 0.1 + 0.1 * (Atan2(x[1], x[0]) + 2 * Math.PI * i) == Norm(x)))]),
        (random, x) =>
        {
            var (angle, turn) = (Between(random, -2.9, 2.9), random.Next(1, 3));
            var radius = 0.1 * (1 + angle + 2 * Math.PI * turn) + 0.05 * Small(random);
            (x[0], x[1]) = (radius * Math.Cos(angle), radius * Math.Sin(angle));
        },
        x =>
        {
            var (radius, angle) = (Math.Sqrt(x[0] * x[0] + x[1] * x[1]), Math.Atan2(x[1], x[0]));
            var nearest = Enumerable.Range(0, 3).Min(i => Math.Abs(0.1 + 0.1 * (angle + 2 * Math.PI * i) - radius));
            return Math.Min(0.05, Math.Max(0, nearest - 1e-15) / 1.03);
        },
        IsExact: false);
}
