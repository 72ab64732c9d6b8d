// The spiral min_i |0.1 + 0.1 (theta + 2 pi i) - |x|| = 0, i = 0, 1, 2, theta = atan2(x_2, x_1), of Burghoff, Braun, Toussaint 2025, Table I.
// One curve |x| = 0.1 (1 + phi), phi in (-1, 5 pi]; with u = 1 + phi its length up to u is s(u) = 0.05 (u sqrt(u^2 + 1) + asinh u), 14.158 in all.
using Locus.Diagnostics;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>An Archimedean spiral of almost three turns, uniform by arc length: a curve, so an equality. Its components are its turns.</summary>
internal sealed class Spiral : Truth
{
    private const double Pitch = 0.1, LastU = 1 + 5 * Math.PI;
    private const int Turns = 3;
    private static readonly double[] TurnEnds = [1 + Math.PI, 1 + 3 * Math.PI, LastU];

    /// <inheritdoc/>
    public override int Dimension => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Components { get; } = ["first turn", "second turn", "third turn"];

    /// <inheritdoc/>
    public override IReadOnlyList<double> Shares { get; } =
        [Length(TurnEnds[0]) / Length(LastU), (Length(TurnEnds[1]) - Length(TurnEnds[0])) / Length(LastU), (Length(LastU) - Length(TurnEnds[1])) / Length(LastU)];

    public static GalleryProblem Entry() => new(
        Problem.Define(
            "spiral",
            2,
            x =>
            {
                var theta = Atan2(x[1], x[0]);
                return [Any(Enumerable.Range(0, Turns).Select(i => Pitch + Pitch * (theta + 2 * Math.PI * i) == Norm(x)))];
            },
            measure: Measure.Surface,
            description: "An Archimedean spiral of almost three turns (Burghoff et al. 2025, Table I)."),
        new Spiral(),
        "min_i |0.1 + 0.1 (theta + 2 pi i) - |x|| = 0, i = 0, 1, 2, theta = atan2(x2, x1)",
        "Burghoff, Braun, Toussaint 2025, Table I",
        Length(LastU));

    /// <summary>Arc length from the origin to u = 1 + phi.</summary>
    public static double Length(double u) => Pitch * ArcLength.Of(u);

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var u = ArcLength.Angle(ArcLength.Of(LastU) * Draws.Uniform(key, index, 0), LastU);
        var (sin, cos) = ElementaryDouble.SinCos(u - 1);
        x[0] = Pitch * u * cos;
        x[1] = Pitch * u * sin;
    }

    /// <inheritdoc/>
    public override int Component(ReadOnlySpan<double> x)
    {
        var theta = ElementaryDouble.Atan2(x[1], x[0]);
        var radius = Math.Sqrt(x[0] * x[0] + x[1] * x[1]);
        Span<double> slacks = stackalloc double[Turns];
        for (var i = 0; i < Turns; i++) slacks[i] = Math.Abs(Pitch + Pitch * (theta + 2 * Math.PI * i) - radius);
        return Nearest.Of(slacks, Nearest.PlanarReach);
    }
}
