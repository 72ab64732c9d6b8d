using Locus.Diagnostics;
using Locus.Engine.Random;

namespace Locus.Gallery;

/// <summary>Truth about a union of annuli around the origin that do not overlap: uniform by area.</summary>
internal sealed class Annuli : Truth
{
    private readonly Annulus[] annuli;
    private readonly double[] shares;

    public Annuli(string[] names, Annulus[] annuli)
    {
        Components = names;
        this.annuli = annuli;
        shares = Annulus.Shares(annuli);
    }

    /// <inheritdoc/>
    public override int Dimension => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Components { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<double> Shares => shares;

    /// <summary>The area of all together.</summary>
    public double Area => annuli.Sum(a => a.Area);

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x) =>
        (x[0], x[1]) = annuli[Annulus.Choose(shares, key, index)].Draw(key, index);

    /// <inheritdoc/>
    public override int Component(ReadOnlySpan<double> x)
    {
        var radius = Math.Sqrt(x[0] * x[0] + x[1] * x[1]);
        return Nearest.Of([.. annuli.Select(a => a.Slack(radius))], Nearest.PlanarReach);
    }
}
