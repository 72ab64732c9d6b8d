using Locus.Problems;
using static Locus.Tests.Projection.Twice;

namespace Locus.Tests.Projection;

/// <summary>A set whose distance from any point is known, and points beside it.</summary>
/// <param name="Problem">The set.</param>
/// <param name="Draw">Fills a point: most lie next to the set, at distances of all orders.</param>
/// <param name="Distance">The distance of a point from the set to 30 digits, infinity for an empty set.</param>
/// <param name="IsExact">False if <paramref name="Distance"/> is a bound from below.</param>
/// <param name="Condition">The parameter, where the problem has one.</param>
internal sealed record Family(
    Problem Problem, Action<Random, double[]> Draw, Func<double[], Twice> Distance, bool IsExact = true, double? Condition = null)
{
    public static readonly Twice Infinity = double.PositiveInfinity;

    /// <summary>A number of either sign and any order from 1e-18 to 1, or 0.</summary>
    public static double Small(Random random) =>
        random.Next(20) == 0 ? 0 : (random.Next(2) == 0 ? -1 : 1) * Math.Pow(10, -18 * random.NextDouble());

    public static double Between(Random random, double lower, double upper) => lower + (upper - lower) * random.NextDouble();

    /// <summary>A direction, evenly spread.</summary>
    public static double[] Direction(Random random, int dimension)
    {
        var x = new double[dimension];
        double square;
        do
        {
            square = 0;
            for (var i = 0; i < dimension; i++)
            {
                x[i] = Between(random, -1, 1);
                square += x[i] * x[i];
            }
        }
        while (square is > 1 or < 1e-3);
        for (var i = 0; i < dimension; i++) x[i] /= Math.Sqrt(square);
        return x;
    }

    /// <summary>Points at about a given radius, each a little in or out.</summary>
    public static Action<Random, double[]> Shell(double radius) => (random, x) =>
    {
        var direction = Direction(random, x.Length);
        var length = radius * (1 + Small(random));
        for (var i = 0; i < x.Length; i++) x[i] = length * direction[i];
    };

    /// <summary>Points about a given one, each coordinate off by an order of its own.</summary>
    public static Action<Random, double[]> Cloud(params double[] center) => (random, x) =>
    {
        for (var i = 0; i < x.Length; i++) x[i] = center[i] + Small(random);
    };

    /// <summary>The length of a point, less that of another.</summary>
    public static Twice Length(double[] x, params double[] center)
    {
        Twice square = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var difference = (Twice)x[i] - (center.Length > 0 ? center[i] : 0);
            square += difference * difference;
        }
        return Sqrt(square);
    }
}
