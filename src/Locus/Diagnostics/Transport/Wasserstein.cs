using Locus.Training;

namespace Locus.Diagnostics.Transport;

/// <summary>
/// The cheapest way to carry one point set of N points to another: W1 = min mean |x_i - y_p(i)| and W2 = sqrt(min mean |x_i - y_p(i)|^2) over all permutations p, which for sets of equal size is the minimum over all
/// plans (Birkhoff). Exact, by <see cref="Assignment{T}"/>. Peyre and Cuturi, "Computational optimal transport", Found. Trends Mach. Learn. 11 (2019), chapter 2.
/// </summary>
/// <param name="n">N.</param>
internal sealed class Wasserstein(int n)
{
    private readonly Assignment<double> assignment = new(n);

    /// <summary>The prices of the points y_j [N] that prove the last cost least, see <see cref="Assignment{T}.Prices"/>.</summary>
    public ReadOnlySpan<double> Prices => assignment.Prices;

    /// <summary>The least mean cost of carrying each point of one set to a point of its own of the other.</summary>
    /// <param name="costs">[N, N], row by row.</param>
    public double Cost(ReadOnlySpan<double> costs)
    {
        var columns = assignment.Solve(costs);
        var sum = 0.0;
        for (var i = 0; i < n; i++) sum += costs[i * n + columns[i]];
        return sum / n;
    }
}
