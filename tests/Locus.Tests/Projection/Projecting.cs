using Locus.Engine.Random;
using Locus.Engine.Workers;
using Locus.Problems;
using Locus.Projection;

namespace Locus.Tests.Projection;

/// <summary>Projects points with memory made for the call.</summary>
internal static class Projecting
{
    public static ProjectedPoints Project(Problem problem, Points points, Points? conditions = null, int threads = 1, ProjectorOptions? options = null)
    {
        using var team = new Team(threads);
        return new Projector(problem, options).Project(points, conditions, team);
    }

    public static ProjectedPoints Project(Problem problem, params double[][] points) => Project(problem, Of(points));

    public static Points Of(params double[][] points) => new([.. points.SelectMany(point => point)], points[0].Length);

    /// <summary>Uniform points of the problem's region.</summary>
    public static Points Uniform(Problem problem, int count)
    {
        var points = new Points(count, problem.Dimension);
        for (var i = 0; i < count; i++) problem.Region.Draw(Key.Seed(5), (ulong)i, points.Row(i));
        return points;
    }

    /// <summary>All on the set, within 1e-9 and in the box exactly.</summary>
    public static void AssertOnSet(Problem problem, ProjectedPoints projected)
    {
        Assert.Equal(projected.Points.Count, projected.Succeeded);
        Assert.Empty(projected.Findings());
        Assert.All(projected.Residuals, residual => Assert.InRange(residual, 0, 1e-9));
        for (var i = 0; i < projected.Points.Count; i++)
        {
            for (var d = 0; d < problem.Dimension; d++)
                Assert.InRange(projected.Points[i][d], problem.Variables[d].Lower, problem.Variables[d].Upper);
        }
    }
}
