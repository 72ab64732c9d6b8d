using Locus.Engine.Random;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Problems;

public class EnergyCheckTests
{
    [Fact]
    public void A_sound_energy_is_found_sound()
    {
        var result = Check(Problem.OfEnergy("wells", 3, x => Square(Square(x[0])) - 6 * Square(x[0]) + Square(x[1]) / 2 + Abs(x[2])));
        Assert.Equal(CheckLevel.Ok, result.Level);
        Assert.InRange(result.EnergyDerivativeError!.Value, 0, 1e-6);
        Assert.Contains(result.Findings, f => f.Subject == "energy" && f.Message.EndsWith("at random points of the region", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Findings, f => f.Subject == "feasible share");
    }

    [Fact]
    public void An_energy_that_is_no_number_somewhere_is_an_error_with_the_place()
    {
        var result = Check(Problem.OfEnergy("root", 2, x => Square(x[0]) + Sqrt(x[1])));
        Assert.Equal(CheckLevel.Error, result.Level);
        Assert.Contains(result.Findings, f => f.Level == CheckLevel.Error && f.Subject == "energy" && f.Message.StartsWith("the energy is nan at x[0] = ", StringComparison.OrdinalIgnoreCase));
    }

    // 2 log(1 + x^2) falls short of what two coordinates ask for along each axis where the other stays 0.
    [Theory]
    [InlineData("cauchy", false)]
    [InlineData("flat", true)]
    public void A_density_without_a_finite_integral_is_told_with_the_evidence(string name, bool flat)
    {
        var problem = Problem.OfEnergy(name, 2, x => flat ? Square(x[0]) : 0.9 * Log(1 + Square(x[0]) + Square(x[1])));
        var result = Check(problem);
        if (flat) Assert.Contains(result.Findings, f => f.Subject == "variables" && f.Message == "nothing limits x[1]: neither a constraint nor the energy uses it and its box is open");
        var finding = Assert.Single(result.Findings, f => f.Subject == "normalisation");
        Assert.Equal(CheckLevel.Warning, finding.Level);
        Assert.Contains("from the origin", finding.Message, StringComparison.Ordinal);
    }

    // Along directions that are no axes: sums and differences, a random walk, and a narrow fall between steep sides.
    [Fact]
    public void Neither_have_energies_that_are_flat_or_fall_along_some_direction()
    {
        Told(Problem.OfEnergy("difference", 2, x => Square(x[0] - 3 * x[1])), "0.948683, x[1] = 0.316228");
        Told(Problem.OfEnergy("walk", 10, x => Enumerable.Range(0, 9).Select(i => Square(x[i + 1] - x[i])).Aggregate((a, b) => a + b)), "x[0] = ");
        Told(Problem.OfEnergy("narrow", 2, x => 100 * Square(x[0] - 2 * x[1]) - 0.001 * Square(2 * x[0] + x[1])), "0.894427, x[1] = ");
        Told(Problem.OfEnergy("shallow", 6, x => Square(Norm(x)) - 1.05 * Square(0.8 * x[0] + 0.6 * x[1])), "x[0] = ");
        Told(Problem.OfEnergy("quartic", 3, x => Square(Square(x[0] - x[1])) + Square(x[2])), "0.707107, x[1] = ");
        var walled = Check(Problem.OfEnergy("walled", 10, x => Enumerable.Range(0, 9).Select(i => Square(x[i + 1] - x[i])).Aggregate(0.001 * Square(x[0]), (a, b) => a + b)));
        Assert.DoesNotContain(walled.Findings, f => f.Subject == "normalisation");

        static void Told(Problem problem, string direction) => Assert.Contains(direction, Assert.Single(Check(problem).Findings, f => f.Subject == "normalisation").Message.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_density_far_from_the_origin_is_told_with_the_place()
    {
        var far = Check(Problem.OfEnergy("far", 2, x => Square(x[0] - 1000) / 2 + 50 * Square(x[1] + 1000)));
        Assert.Matches(@"far from the origin, near x\[0\] = (1000|999\.\d+), x\[1\] = -(1000|999\.\d+);", Assert.Single(far.Findings, f => f.Level == CheckLevel.Warning).Message);
        Assert.DoesNotContain(Check(Problem.OfEnergy("near", 2, x => Square(x[0] - 50) / 2 + 50 * Square(x[1] + 50))).Findings, f => f.Subject == "place");
    }

    [Fact]
    public void The_parameters_for_which_a_density_has_no_integral_are_named()
    {
        var problem = new Problem("turned", Variable.Vector("x", 2), [], [new Parameter("w", -1, 1)], energy: Expr.Parameter(0) * Square(Expr.Variable(0)) + Square(Expr.Variable(1)));
        Assert.Matches(@"from the origin, given w = -0\.", Assert.Single(Check(problem).Findings, f => f.Subject == "normalisation").Message);
    }

    // r^-p has an integral around a point of D dimensions where p is below D; exp(1 / r) has none anywhere.
    [Theory]
    [InlineData(1, 0.9, false)]
    [InlineData(1, 1, true)]
    [InlineData(3, 2, false)]
    [InlineData(3, 3.5, true)]
    [InlineData(3, 40, true)]
    public void A_point_that_draws_all_of_a_density_is_told(int dimension, double power, bool told)
    {
        var result = Check(Problem.OfEnergy("pole", dimension, x => Square(Norm(x)) / 8 + power * Log(Norm(x - 0.3))));
        Assert.Equal(told, result.Findings.Any(f => f.Subject == "normalisation" && f.Message.Contains("to the power -", StringComparison.Ordinal) && f.Message.Contains("near x[0] = 0.3", StringComparison.Ordinal)));
        Assert.Contains(Check(Problem.OfEnergy("attraction", dimension, x => Square(Norm(x)) / 8 - 1 / Norm(x - 0.3))).Findings, f => f.Subject == "normalisation");
        // On a set that leaves the point out there is nothing to tell.
        Assert.DoesNotContain(Check(Problem.Define("ring", dimension, x => [Norm(x - 0.3) >= 0.2, Norm(x) <= 1], -1, 1, energy: x => 40 * Log(Norm(x - 0.3)))).Findings, f => f.Level != CheckLevel.Ok);
    }

    // Across a plane there is one direction, across a line in space there are two.
    [Theory]
    [InlineData(1, 0.9, false)]
    [InlineData(1, 1.1, true)]
    [InlineData(2, 1.8, false)]
    [InlineData(2, 2.1, true)]
    public void So_is_a_surface_by_its_directions_across(int across, double power, bool told)
    {
        var result = Check(Problem.OfEnergy("surface", 3, x => Square(Norm(x)) / 2 + power * Log(Norm(x[..across] - 0.3))));
        Assert.Equal(told, result.Findings.Any(f => f.Subject == "normalisation" && f.Message.Contains("near x[0] = 0.3", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_energy_that_falls_without_end_is_told_once() =>
        Assert.Contains("along x[1] it goes from", Assert.Single(Check(Problem.OfEnergy("fall", 2, x => Square(x[0]) - Square(x[1]) + x[1])).Findings, f => f.Subject == "normalisation").Message, StringComparison.Ordinal);

    [Fact]
    public void Beyond_the_region_it_is_a_warning()
    {
        var result = Check(Problem.OfEnergy("root", 3, x => Square(Norm(x)) + Sqrt(x[0] + 2)));
        Assert.Equal(CheckLevel.Warning, result.Level);
        Assert.Matches(@"no number farther out, at x\[0\] = -[2-9]", Assert.Single(result.Findings, f => f.Level == CheckLevel.Warning).Message);
    }

    [Fact]
    public void In_boxes_any_finite_energy_has_an_integral() =>
        Assert.DoesNotContain(Check(Problem.OfEnergy("tilt", 2, x => x[0], -1, 1)).Findings, f => f.Level != CheckLevel.Ok);

    [Fact]
    public void Beside_constraints_an_energy_has_to_be_a_number_on_the_set_alone()
    {
        var inside = Check(Problem.Define("log", 2, x => [Norm(x) <= 0.8, x[0] >= 0.1], -1, 1, energy: x => Log(x[0])));
        Assert.Equal(CheckLevel.Ok, inside.Level);
        Assert.Contains(inside.Findings, f => f.Subject == "energy" && f.Message.EndsWith("at random points of the set", StringComparison.Ordinal));
        // On a circle, which no random point meets, and of which the left half has no logarithm.
        var half = Check(Problem.Define("half", 2, x => [Norm(x) == 1], energy: x => Log(x[0])));
        Assert.Contains(half.Findings, f => f.Level == CheckLevel.Error && f.Subject == "energy" && f.Message.StartsWith("the energy is nan at x[0] = -", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(CheckLevel.Ok, Check(Problem.Define("right", 2, x => [Norm(x) == 1, x[0] >= 0.1], energy: x => Log(x[0]))).Level);
    }

    [Fact]
    public void Beside_constraints_an_open_direction_is_an_error_whatever_the_energy_does_there()
    {
        var finding = Assert.Single(Check(Problem.Define("open", 2, x => [x[0] >= 0, x[0] <= 1], energy: x => Square(x[1]))).Findings, f => f.Subject == "variables");
        Assert.Equal((CheckLevel.Error, "nothing limits x[1]: no constraint uses it and its box is open"), (finding.Level, finding.Message));
    }

    private static CheckResult Check(Problem problem) => ProblemCheck.Run(problem, Key.Seed(1));
}
