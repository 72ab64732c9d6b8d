namespace Locus.Problems;

/// <summary>How much work <see cref="ProblemCheck"/> does.</summary>
public sealed record CheckOptions
{
    /// <summary>Random points of the region; fewer are used where constraints are long.</summary>
    public int Points { get; init; } = 10_000;

    /// <summary>Points at which derivatives are compared with differences.</summary>
    public int DerivativePoints { get; init; } = 64;

    /// <summary>The best random points from which a way down to the set is sought.</summary>
    public int Descents { get; init; } = 32;

    /// <summary>Largest relative error of a derivative against central differences; double precision away from kinks reaches 1e-8.</summary>
    public double DerivativeTolerance { get; init; } = 1e-4;

    /// <summary>Largest relative error of the single-precision gradient that training uses.</summary>
    public double TrainingTolerance { get; init; } = 1e-2;
}
