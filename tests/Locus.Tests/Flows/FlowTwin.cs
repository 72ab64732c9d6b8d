using Locus.Engine.Networks;
using Locus.Engine.Tests.Networks;
using Locus.Flows;

namespace Locus.Tests.Flows;

/// <summary>A flow of one sample in plain double precision, written from the formulas of the methods, and what it does to volumes.</summary>
/// <param name="shape">The network.</param>
/// <param name="parameters">[P].</param>
/// <param name="options">Euler or Heun.</param>
/// <param name="condition">c [C].</param>
internal sealed class FlowTwin(MlpShape shape, float[] parameters, FlowOptions options, double[] condition)
{
    private readonly double[] wide = [.. parameters.Select(p => (double)p)];

    /// <summary>Where noise ends.</summary>
    public double[] End(double[] noise)
    {
        var z = noise;
        for (var i = 0; i < options.Steps; i++)
        {
            double t = options.Time(i), h = options.Time(i + 1) - t;
            var v = Velocity(z, t);
            var euler = Move(z, h, v);
            z = options.Method == FlowMethod.Euler || i == options.Steps - 1 ? euler : Move(Move(z, h / 2, v), h / 2, Velocity(euler, t + h));
        }
        return z;
    }

    /// <summary>The Jacobian of <see cref="End"/> by central differences [D, D], row by row.</summary>
    public double[,] Jacobian(double[] noise, double step = 1e-5)
    {
        var jacobian = new double[noise.Length, noise.Length];
        for (var k = 0; k < noise.Length; k++)
        {
            double[] Moved(double by) => End([.. noise.Select((e, d) => d == k ? e + by : e)]);
            double[] above = Moved(step), below = Moved(-step);
            for (var d = 0; d < noise.Length; d++) jacobian[d, k] = (above[d] - below[d]) / (2 * step);
        }
        return jacobian;
    }

    /// <summary>The determinant by expansion along the first row.</summary>
    public static double Determinant(double[,] a)
    {
        var n = a.GetLength(0);
        if (n == 1) return a[0, 0];
        var sum = 0.0;
        for (var k = 0; k < n; k++)
        {
            var minor = new double[n - 1, n - 1];
            for (var i = 1; i < n; i++)
                for (var j = 0; j < n; j++)
                    if (j != k) minor[i - 1, j < k ? j : j - 1] = a[i, j];
            sum += (k % 2 == 0 ? 1 : -1) * a[0, k] * Determinant(minor);
        }
        return sum;
    }

    /// <summary>log N(e; 0, I).</summary>
    public static double LogNormal(IEnumerable<double> e) => e.Sum(x => -x * x / 2 - Math.Log(2 * Math.PI) / 2);

    private double[] Velocity(double[] z, double t) =>
        [.. MlpTwin.Value(shape, wide, z, t, condition).Zip(z, (x, z) => (x - z) / Math.Max(1 - t, options.Clip))];

    private static double[] Move(double[] z, double h, double[] v) => [.. z.Zip(v, (z, v) => z + h * v)];
}
