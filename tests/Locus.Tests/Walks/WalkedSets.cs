using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Tests.Walks;

/// <summary>Sets whose uniform law is known in closed form.</summary>
internal static class WalkedSets
{
    public static readonly Problem Circle = Problem.Define("circle", 2, x => [Norm(x) == 1], measure: Measure.Surface);

    public static readonly Problem Torus = Problem.Define(
        "torus", 3, x => [Norm(Norm(x[0], x[1]) - 1, x[2]) == 0.4], -2, 2, Measure.Surface);

    /// <summary>A sphere without what is higher than 0.5, in a box that cuts off what is beyond x = 0.8.</summary>
    public static readonly Problem CutSphere = Problem.Define(
        "cut-sphere", [new Variable("x", -1, 0.8), new Variable("y", -1.5, 1.5), new Variable("z", -2, 2)], x => [Norm(x) == 1, x[2] <= 0.5], Measure.Surface);

    /// <summary>Half axes 1 and 3 in boxes of different widths: the lengths in u are not those in x.</summary>
    public static readonly Problem Ellipse = Problem.Define(
        "ellipse", [new Variable("x", -1.5, 1.5), new Variable("y", -12, 12)], x => [x[0] * x[0] + x[1] * x[1] / 9 == 1], Measure.Surface);

    /// <summary>Circles of a given root of the radius: a trumpet, of which a part is not as wide as high.</summary>
    public static readonly Problem Circles = Problem.Define(
        "circles", Variable.Vector("x", 2, -3, 3), [new Parameter("root", 0.5, 1.5)], (x, c) => [Norm(x) == c[0] * c[0]], Measure.Surface);

    /// <summary>Disks of a given radius.</summary>
    public static readonly Problem Disks = Problem.Define(
        "disks", Variable.Vector("x", 2, -2, 2), [new Parameter("radius", 0.5, 1.5)], (x, c) => [Norm(x) <= c[0]]);

    /// <summary>Pairs of unit vectors at a right angle, one of them said twice: five equalities of which three are independent leave three of six dimensions.</summary>
    public static readonly Problem Frames = Problem.Define(
        "frames",
        6,
        x => [Norm(x[..3]) == 1, 2 * Norm(x[..3]) == 2, Norm(x[3..]) == 1, Dot(x[..3], x[3..]) == 0, 1000 * Dot(x[..3], x[3..]) == 0],
        measure: Measure.Surface);

    /// <summary>A ring without its left part, two disks in it that stand free, and a box.</summary>
    public static readonly Problem Shapes = Problem.Define(
        "shapes",
        2,
        x => [Any(All(Norm(x) >= 1, Norm(x) <= 1.5, x[0] >= -0.5), Norm(x[0] - 0.3, x[1]) <= 0.4, Norm(x[0] + 1.2, x[1]) <= 0.2)],
        -1.45,
        1.6);

    /// <summary>A solid, a piece of a surface and one of a curve: a ball, a square and an arc.</summary>
    public static readonly Problem Mixed = Problem.Define(
        "mixed",
        3,
        x => [Any(Norm(x[0] + 1, x[1], x[2]) <= 0.5, All(x[2] == 0.5, Abs(x[0] - 1) <= 0.5, Abs(x[1]) <= 0.5), All(x[1] == 1.5, Norm(x[0], x[2]) == 1, x[2] >= 0))],
        -2,
        2,
        Measure.Component);

    /// <summary>A circle ten million radii from the origin: a point that is rounded there is off it by 1e-9.</summary>
    public static readonly Problem FarCircle = Problem.Define(
        "far-circle", [new Variable("x", 1e7 - 2, 1e7 + 2), new Variable("y", -2, 2)], x => [Norm(x[0] - 1e7, x[1]) == 1], Measure.Surface);

    /// <summary>An ellipsoid without a box, its half axes a millionth, one and a million.</summary>
    public static readonly Problem Units = Problem.Define("units", 3, x => [Norm(1e6 * x[0], x[1], 1e-6 * x[2]) <= 1]);

    /// <summary>The unit ball.</summary>
    public static Problem Ball(int dimension) => Problem.Define("ball", dimension, x => [Norm(x) <= 1]);
}
