namespace Locus.Gallery.Tests;

public sealed class RotationMatricesTests
{
    [Fact]
    public void Their_volume_is_that_of_a_map_from_three_angles()
    {
        // R = Z(a) Y(b) Z(c): the volume element sqrt(det J' J) by differences, the midpoint rule over the angles.
        const int steps = 24;
        var volume = 0.0;
        for (var i = 0; i < steps; i++)
        {
            for (var j = 0; j < steps; j++)
            {
                // The element does not depend on a: turning all matrices keeps their distances.
                volume += Element(1, Math.PI * (i + 0.5) / steps, 2 * Math.PI * (j + 0.5) / steps);
            }
        }
        volume *= 2 * Math.PI * (Math.PI / steps) * (2 * Math.PI / steps);

        // The rule's error for sin b is (pi / 24)^2 / 24.
        Assert.InRange(Gallery.Find("rotations")!.Size!.Value / volume, 1 - 8e-4, 1 + 8e-4);
    }

    [Fact]
    public void Their_draws_are_alike_after_any_turn()
    {
        // The measure of Haar does not change under R -> Q R: means of products of entries stay 1/3 or 0, whatever the turn.
        const int count = 20_000;
        var truth = Gallery.Find("rotations")!.Truth!;
        var samples = truth.Sample(Engine.Random.Key.Seed(15), count);
        for (var i = 0; i < 9; i++)
        {
            for (var j = i; j < 9; j++)
            {
                var mean = Enumerable.Range(0, count).Average(n => samples[n][i] * samples[n][j]);
                // The product of two entries has a mean square of at most 1/5: a standard error of 0.0032.
                Assert.InRange(mean - (i == j ? 1 / 3.0 : 0), -4 * 0.0032, 4 * 0.0032);
            }
        }
    }

    private static double Element(double a, double b, double c)
    {
        const double step = 1e-5;
        double[][] slopes =
        [
            Slope(Matrix(a + step, b, c), Matrix(a - step, b, c)),
            Slope(Matrix(a, b + step, c), Matrix(a, b - step, c)),
            Slope(Matrix(a, b, c + step), Matrix(a, b, c - step)),
        ];
        return Math.Sqrt(Rotation.Determinant([.. slopes.Select(row => slopes.Select(other => Rotation.Dot(row, other)).ToArray())]));

        static double[] Slope(double[] above, double[] below) => [.. above.Zip(below, (up, down) => (up - down) / (2 * step))];
    }

    private static double[] Matrix(double a, double b, double c)
    {
        var (sa, ca, sb, cb, sc, cc) = (Math.Sin(a), Math.Cos(a), Math.Sin(b), Math.Cos(b), Math.Sin(c), Math.Cos(c));
        return [ca * cb * cc - sa * sc, -ca * cb * sc - sa * cc, ca * sb, sa * cb * cc + ca * sc, -sa * cb * sc + ca * cc, sa * sb, -sb * cc, sb * sc, cb];
    }
}
