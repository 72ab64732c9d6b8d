using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Flows;

namespace Locus.Methods.Markov;

/// <summary>
/// The leapfrog steps of Hamiltonian Monte Carlo (Duane et al. 1987; Neal 2011, section 5.2.3.3) in the energy -log p with momenta e of mass 1: x' = x + h g(x) + sqrt(2 h) e, e' = e + sqrt(h / 2) (g(x) + g(x')), g the score and
/// sqrt(2 h) the step in time. They keep volumes, can be gone back by turning e around, and miss the energy by an error of order h over a fixed time.
/// </summary>
internal static class Leapfrog
{
    /// <summary>Makes some steps.</summary>
    /// <param name="reward">log R and its score, evaluated once a step.</param>
    /// <param name="scratch">Its scratch.</param>
    /// <param name="law">p.</param>
    /// <param name="size">h.</param>
    /// <param name="leaps">Steps, at least 1.</param>
    /// <param name="condition">c' [C][64].</param>
    /// <param name="position">x [D][64], moved.</param>
    /// <param name="score">Score of R at x [D][64], read.</param>
    /// <param name="momentum">e [D][64], moved.</param>
    /// <returns>log R and its score where x came to, [1 + D][64], part of the scratch.</returns>
    public static Block Run(Reward reward, Block scratch, TemperedLaw law, double size, int leaps, Block condition, Block position, Block score, Block momentum)
    {
        var force = new LeapForce(law.Power, law.Pull, size);
        Block values = default;
        for (var leap = 0; leap < leaps; leap++)
        {
            LeapKernel.Leap(force, score, position, momentum);
            values = reward.Run(position, condition, scratch);
            score = values.Slice(1, score.Rows);
            LeapKernel.Kick(force, score, position, momentum);
        }
        return values;
    }
}
