using Locus.Engine.Kernels;

namespace Locus.Flows;

/// <summary>The grid of times t_i = 1 - (1 - i/K)^p: even for p = 1, with shorter steps toward t = 1 above it.</summary>
internal static class TimeGrid
{
    /// <summary>What is left until t = 1 at the start of step <paramref name="i"/>: (1 - i/K)^p, exact where 1 - t would have lost its digits.</summary>
    /// <param name="i">0 to K; K gives 0.</param>
    /// <param name="steps">K.</param>
    /// <param name="power">p, above 0.</param>
    public static double Left(int i, int steps, double power)
    {
        var left = 1 - (double)i / steps;
        // Whole powers by products: the same bits on every machine.
        return power == 1 ? left : power == 2 ? left * left : power == 3 ? left * left * left
            : left <= 0 ? 0 : ElementaryDouble.Exp(power * ElementaryDouble.Log(left));
    }

    /// <summary>
    /// What a network is told of a time: the inverse of the grid, 1 - (1 - t)^(1/p), for which its steps are evenly apart. By t itself the last of them, of the order K^-p, could not be told apart.
    /// </summary>
    /// <param name="time">t, 0 to 1.</param>
    /// <param name="power">p, at least 1.</param>
    public static float Clock(double time, double power) => (float)(power == 1 || time >= 1 ? time : 1 - ElementaryDouble.Exp(ElementaryDouble.Log(1 - time) / power));
}
