namespace Locus.Methods.OffPolicy;

/// <summary>
/// What an update minimises, of paths with log-densities P of the drift and Q of the way back, the reward r = log R at their ends, and levels log F of the states between them. All but the last two are 0, for all paths
/// at once, just where the drift's ends have the density R / Z.
/// </summary>
public enum PathLossKind
{
    /// <summary>Trajectory balance: (log Z + P - Q - r)^2 / 2 with a learned log Z (Malkin et al. 2022).</summary>
    TrajectoryBalance,

    /// <summary>Half the variance of r + Q - P over the batch, or over the paths of one condition, whose mean stands in for log Z (Richter et al. 2020; Zhang et al. 2023).</summary>
    VarGrad,

    /// <summary>Detailed balance: the sum over single steps of (log F_i + P_i - Q_i - log F_{i+1})^2 / 2 with learned F (Bengio et al. 2023).</summary>
    DetailedBalance,

    /// <summary>Sub-trajectory balance: the same over all parts i to j of a path, with weights proportional to lambda^(j - i) whose sum is 1 (Madan et al. 2023).</summary>
    SubTrajectoryBalance,

    /// <summary>The mean of P - Q - r, reverse Kullback-Leibler divergence, followed through the paths with their noise held (path integral samplers, Zhang and Chen 2022).</summary>
    Pathwise,

    /// <summary>-P: maximum likelihood of the ends, for paths back from a buffer.</summary>
    MaximumLikelihood,
}

/// <summary>What losses have in common.</summary>
internal static class PathLossKinds
{
    /// <summary>Whether a loss learns log Z, and maybe the levels of other states, beside the drift.</summary>
    public static bool LearnsLogZ(this PathLossKind loss) => loss is PathLossKind.TrajectoryBalance || loss.LooksAtParts();

    /// <summary>Whether a loss looks at parts of a path, and learns the levels of its states.</summary>
    public static bool LooksAtParts(this PathLossKind loss) => loss is PathLossKind.DetailedBalance or PathLossKind.SubTrajectoryBalance;
}
