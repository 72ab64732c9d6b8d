namespace Locus.Training;

/// <summary>The law of the time t in training.</summary>
public enum TimeLaw
{
    /// <summary>Uniform on [0, 1].</summary>
    Uniform,

    /// <summary>The logistic function of a normal with mean -0.8 and deviation 0.8, with a tenth drawn uniformly (Li and He 2025 without the tenth).</summary>
    LogitNormal,
}
