using Locus.Expressions;
using static Locus.Gallery.Tests.Kolmogorov;

namespace Locus.Gallery.Tests;

/// <summary>Sets with an interior are drawn uniformly by volume.</summary>
public sealed class SolidLawTests
{
    [Fact]
    public void The_shell_is_uniform_by_volume_and_direction()
    {
        Holds("shell", x => (Math.Pow(x.Sum(v => v * v), 2.5) - 1) / (Math.Pow(1.001, 5) - 1));
        // A coordinate of a direction in five dimensions has the density 3/4 (1 - t^2).
        for (var d = 0; d < 5; d++)
        {
            Holds("shell", x =>
            {
                var t = x[d] / Math.Sqrt(x.Sum(v => v * v));
                return (2 + 3 * t - t * t * t) / 4;
            });
        }
    }

    [Fact]
    public void The_lens_is_uniform_along_its_axis_and_across_it()
    {
        double Cap(double height) => height * height * (3 - height) / (0.02 * 0.02 * 2.98);

        Holds("lens", x => Cap(0.02 - Math.Abs(Split(x).Along)));
        Holds("lens", x => Split(x).Along > 0 ? 0.5 * Cap(0.02 - Split(x).Along) : 1 - 0.5 * Cap(0.02 + Split(x).Along));
        Holds("lens", x =>
        {
            var (along, across) = Split(x);
            var depth = 0.02 - Math.Abs(along);
            return across * across / (depth * (2 - depth));
        });

        static (double Along, double Across) Split(double[] x)
        {
            double[] y = [x[0] - 1.5, x[1] + 1, x[2] - 0.5];
            var along = (2 * y[0] + 2 * y[1] + y[2]) / 3;
            return (along, Math.Sqrt(y.Sum(v => v * v) - along * along));
        }
    }

    [Fact]
    public void Each_ellipsoid_is_a_ball_that_was_stretched()
    {
        // The members' values are |y| - 1, y in the unit ball.
        var members = ((AnyOf)Gallery.Find("ellipsoids")!.Problem.Constraints[0]).Members.Cast<Inequality>().ToList();
        foreach (var member in members)
        {
            Holds("ellipsoids", x =>
            {
                var radius = 1 + member.Value.Evaluate(x, []);
                return radius <= 1 ? Math.Pow(radius, 3) : double.NaN;
            });
        }
    }

    [Fact]
    public void The_gear_is_uniform_by_angle_and_radius()
    {
        double Wheel(double theta) => 1 + 0.2 * Math.Cos(8 * theta);
        // Twice the area from 0 to theta: 1.25^2 - 1 - 0.4 cos 8 theta - 0.04 cos^2 8 theta, integrated.
        double Area(double theta) => 0.5625 * theta - 0.05 * Math.Sin(8 * theta) - 0.02 * (theta + Math.Sin(16 * theta) / 16);

        Holds("gear", x => Area(Math.Atan2(x[1], x[0]) + Math.PI) / Area(2 * Math.PI));
        Holds("gear", x =>
        {
            var inner = Math.Pow(Wheel(Math.Atan2(x[1], x[0])), 2);
            return (x[0] * x[0] + x[1] * x[1] - inner) / (1.25 * 1.25 - inner);
        });
    }

    [Fact]
    public void The_wave_is_uniform_along_one_angle_and_across_the_band()
    {
        const int steps = 100_000;
        (double From, double To) Arc(double y) => (Math.Asin(Math.Clamp(0.1 - Math.Cos(y), -1, 1)), Math.Asin(Math.Clamp(0.5 - Math.Cos(y), -1, 1)));
        var law = new double[steps + 1];
        for (var i = 0; i < steps; i++)
        {
            var (from, to) = Arc(2 * Math.PI * (i + 0.5) / steps);
            law[i + 1] = law[i] + to - from;
        }

        // The law of x2 from a table, whose steps are finer than what the test sees.
        Holds("wave", x => law[(int)(x[1] / (2 * Math.PI) * steps)] / law[steps]);
        Holds("wave", x =>
        {
            var (from, to) = Arc(x[1]);
            return (Math.Asin(Math.Sin(x[0])) - from) / (to - from);
        });
        // Either arc of x1, mirrored at pi/2, has half of it.
        Holds("wave", x =>
        {
            var (from, to) = Arc(x[1]);
            var across = (Math.Asin(Math.Sin(x[0])) - from) / (to - from);
            return Math.Cos(x[0]) > 0 ? across / 2 : 1 - across / 2;
        });
    }

    [Fact]
    public void The_sum_in_the_cut_box_follows_the_law_of_Irwin_and_Hall()
    {
        Holds("cut-box", x => IrwinHall(x.Sum()) / IrwinHall(9));

        static double IrwinHall(double sum)
        {
            var (law, choices) = (0.0, 1.0);
            for (var k = 0; k <= sum; k++)
            {
                law += Math.Pow(-1, k) * choices * Math.Pow(sum - k, 20) / 2432902008176640000;
                choices *= (20.0 - k) / (k + 1);
            }
            return law;
        }
    }
}
