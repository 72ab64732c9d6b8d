namespace Locus.Problems;

/// <summary>What <see cref="ProblemCheck"/> found, ready to print or to serialise.</summary>
public sealed record CheckResult
{
    /// <summary>Name of the problem.</summary>
    public required string Problem { get; init; }

    /// <summary>D.</summary>
    public required int Dimension { get; init; }

    /// <summary>C.</summary>
    public required int Parameters { get; init; }

    /// <summary>P, the inequalities in the constraints, without the box.</summary>
    public required int Inequalities { get; init; }

    /// <summary>M, the equalities in the constraints.</summary>
    public required int Equalities { get; init; }

    /// <summary>What "uniform" means.</summary>
    public required Measure Measure { get; init; }

    /// <summary>N, the random points of the region that were tried.</summary>
    public int Points { get; init; }

    /// <summary>Share of the region that is feasible, 0 to 1 (over random parameters); null where equalities make it zero.</summary>
    public double? FeasibleShare { get; init; }

    /// <summary>Standard error of <see cref="FeasibleShare"/>: sqrt(p (1 - p) / N).</summary>
    public double? FeasibleShareError { get; init; }

    /// <summary>Smallest slack found, in the constraints' units; NaN if no point was finite.</summary>
    public double SmallestSlack { get; init; } = double.NaN;

    /// <summary>Where that was, [D].</summary>
    public IReadOnlyList<double> SmallestSlackPoint { get; init; } = [];

    /// <summary>For which parameters, [C].</summary>
    public IReadOnlyList<double> SmallestSlackParameters { get; init; } = [];

    /// <summary>What the points say about each constraint.</summary>
    public IReadOnlyList<ConstraintCheck> Constraints { get; init; } = [];

    /// <summary>Largest relative error of a constraint's derivative, double precision, against central differences.</summary>
    public double DerivativeError { get; init; }

    /// <summary>Largest relative error of the training gradient, single precision, against central differences.</summary>
    public double TrainingGradientError { get; init; }

        /// <summary>Largest relative error of the energy's derivative against central differences; null without an energy.</summary>
    public double? EnergyDerivativeError { get; init; }

    /// <summary>Rank of the equalities' Jacobian at points near the set; null without equalities that always hold.</summary>
    public int? Rank { get; init; }

    /// <summary>Instructions of the program that training runs: penalty, or energy, and gradient; null for an energy by code.</summary>
    public int? Instructions { get; init; }

    /// <summary>Time of that program for one point, in seconds, on one thread of this machine.</summary>
    public double SecondsPerPoint { get; init; }

    /// <summary>All findings, in the order of the checks.</summary>
    public IReadOnlyList<CheckFinding> Findings { get; init; } = [];

    /// <summary>The most serious level among the findings.</summary>
    public CheckLevel Level => Findings.Count == 0 ? CheckLevel.Ok : Findings.Max(finding => finding.Level);
}
