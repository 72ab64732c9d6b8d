using Locus.Diagnostics;
using Locus.Engine.Kernels;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Gallery.Energies;

/// <summary>Truth about an energy on a set whose uniform law has an exact sampler: its points, each taken with the probability exp(-(E - least)), at least a hundredth on average.</summary>
internal sealed class WeighedTruth : Truth
{
    private readonly Truth uniform;
    private readonly Density density;
    private readonly double least;

    /// <summary>The law of an energy on a set.</summary>
    /// <param name="problem">The set with its energy.</param>
    /// <param name="uniform">Truth about the set.</param>
    /// <param name="least">Least energy on it, or less.</param>
    /// <param name="shares">Share of each of the set's parts.</param>
    public WeighedTruth(Problem problem, Truth uniform, double least, IReadOnlyList<double> shares) =>
        (this.uniform, density, this.least, Shares) = (uniform, problem.Energy!, least, shares);

    /// <inheritdoc/>
    public override int Dimension => uniform.Dimension;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Components => uniform.Components;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Shares { get; }

    /// <inheritdoc/>
    public override int Component(ReadOnlySpan<double> x) => uniform.Component(x);

    /// <inheritdoc/>
    public override void Draw(Key key, ulong index, Span<double> x)
    {
        var scratch = new double[density.ScratchNumbers];
        foreach (var attempt in Rejection.Attempts(key))
        {
            uniform.Draw(attempt, index, x);
            if (Draws.Uniform(attempt.Fold("taken"), index, 0) < ElementaryDouble.Exp(density.Log(x, [], [], scratch) + least)) return;
        }
    }
}
