using Locus.Expressions;

namespace Locus.Gallery.Tests;

/// <summary>
/// The polytope's volume from its corners: sum over corners v of (c.v)^6 / (6! |det A| prod_i g_i), A the rows of the sides that meet in v, A' g = c, for
/// any c that no side's edges are orthogonal to (Lawrence 1991).
/// </summary>
public sealed class PolytopeTests
{
    private const int Size = 6;

    [Fact]
    public void Its_volume_is_that_of_the_formula_over_its_corners()
    {
        var sides = Sides();
        double[] direction = [1, 0.7, -0.4, 0.3, 0.9, -1.1];
        var (volume, corners, used) = (0.0, 0, new HashSet<int>());
        foreach (var choice in Choices(sides.Count))
        {
            double[][] rows = [.. choice.Select(i => sides[i].Normal)];
            if (Solve(rows, [.. choice.Select(i => sides[i].Distance)]) is not { } corner) continue;
            if (Enumerable.Range(0, sides.Count).Any(i => Rotation.Dot(sides[i].Normal, corner) > sides[i].Distance && !choice.Contains(i))) continue;
            double[][] columns = [.. Enumerable.Range(0, Size).Select(d => rows.Select(row => row[d]).ToArray())];
            var weights = Solve(columns, direction)!;
            volume += Math.Pow(Rotation.Dot(direction, corner), Size) / (720 * Math.Abs(Rotation.Determinant(rows)) * weights.Aggregate((a, b) => a * b));
            corners++;
            used.UnionWith(choice);
        }

        Assert.Equal((664, 29), (corners, used.Count));
        // Terms of both signs cancel: the sum is good to some ten digits.
        Assert.Equal(volume, Gallery.Find("polytope")!.Size!.Value, 8);
    }

    private static List<(double[] Normal, double Distance)> Sides()
    {
        List<(double[], double)> sides = [];
        for (var d = 0; d < Size; d++)
        {
            foreach (var sign in new[] { 1.0, -1.0 })
            {
                var normal = new double[Size];
                normal[d] = sign;
                sides.Add((normal, 1));
            }
        }
        foreach (var side in Gallery.Find("polytope")!.Problem.Constraints.Cast<Inequality>())
        {
            var distance = -side.Value.Evaluate(new double[Size], []);
            double[] Unit(int d) => [.. Enumerable.Range(0, Size).Select(k => k == d ? 1.0 : 0)];
            sides.Add(([.. Enumerable.Range(0, Size).Select(d => side.Value.Evaluate(Unit(d), []) + distance)], distance));
        }
        return sides;
    }

    /// <summary>All ways to choose six of n, each in rising order.</summary>
    private static IEnumerable<int[]> Choices(int n)
    {
        int[] choice = [.. Enumerable.Range(0, Size)];
        while (true)
        {
            yield return choice;
            var last = Size - 1;
            while (last >= 0 && choice[last] == n - Size + last) last--;
            if (last < 0) yield break;
            choice[last]++;
            for (var i = last + 1; i < Size; i++) choice[i] = choice[i - 1] + 1;
        }
    }

    /// <summary>x with rows x = right, by elimination with the largest pivot of the column; null if there is none.</summary>
    private static double[]? Solve(double[][] rows, double[] right)
    {
        const int width = Size + 1;
        Span<double> a = stackalloc double[Size * width];
        for (var i = 0; i < Size; i++)
        {
            rows[i].CopyTo(a[(i * width)..]);
            a[i * width + Size] = right[i];
        }
        for (var k = 0; k < Size; k++)
        {
            var pivot = k;
            for (var i = k + 1; i < Size; i++)
                if (Math.Abs(a[i * width + k]) > Math.Abs(a[pivot * width + k])) pivot = i;
            if (Math.Abs(a[pivot * width + k]) < 1e-12) return null;
            for (var j = k; j <= Size; j++) (a[k * width + j], a[pivot * width + j]) = (a[pivot * width + j], a[k * width + j]);
            for (var i = 0; i < Size; i++)
            {
                if (i == k) continue;
                var factor = a[i * width + k] / a[k * width + k];
                for (var j = k; j <= Size; j++) a[i * width + j] -= factor * a[k * width + j];
            }
        }
        var x = new double[Size];
        for (var i = 0; i < Size; i++) x[i] = a[i * width + Size] / a[i * width + i];
        return x;
    }
}
