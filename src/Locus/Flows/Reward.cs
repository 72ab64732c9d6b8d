using Locus.Engine.Blocks;
using Locus.Problems;

namespace Locus.Flows;

/// <summary>log R(x) = -E(x), and its score, on blocks.</summary>
/// <param name="problem">A problem with an energy.</param>
/// <param name="standard">The network's coordinates.</param>
/// <param name="calls">Counts the points asked for; null where nobody wants to know.</param>
internal sealed class Reward(Problem problem, Standardization standard, CallCounter? calls = null)
{
    private readonly Density density = standard.LogDensity ?? throw new ArgumentException($"problem '{problem.Name}' has no energy", nameof(problem));

    /// <summary>Rows of scratch that a call needs.</summary>
    public int ScratchRows => 1 + density.Dimension + density.ScratchRows;

    /// <summary>Scratch for calls, [ScratchRows][64].</summary>
    public Block Scratch() => new Arena(ScratchRows * Block.Lanes).Rows(ScratchRows);

    /// <summary>log R in the first row, the score in the others.</summary>
    /// <param name="position">x [D][64].</param>
    /// <param name="condition">c' [C][64].</param>
    /// <param name="scratch">At least [ScratchRows][64].</param>
    /// <returns>[1 + D][64], part of the scratch.</returns>
    public Block Run(Block position, Block condition, Block scratch)
    {
        calls?.Add(Block.Lanes);
        var values = scratch.Slice(0, 1 + density.Dimension);
        density.Run(position, condition, values, scratch.Slice(values.Rows, density.ScratchRows));
        return values;
    }

    /// <summary>Writes a score with each entry cut to +-limit, and 0 where it is not a number.</summary>
    /// <param name="limit">Above 0.</param>
    /// <param name="values">What <see cref="Run"/> returned.</param>
    /// <param name="score">Receives it [D][64].</param>
    public static void Clip(float limit, Block values, Block score)
    {
        Span<float> from = values.Slice(1, score.Rows).Values, to = score.Values;
        for (var i = 0; i < to.Length; i++) to[i] = float.IsNaN(from[i]) ? 0 : Math.Clamp(from[i], -limit, limit);
    }

    /// <summary>Writes log R of 64 paths; says where the energy has none.</summary>
    /// <param name="values">What <see cref="Run"/> returned.</param>
    /// <param name="position">x [D][64].</param>
    /// <param name="reward">Receives log R [64].</param>
    /// <exception cref="LocusException">The energy is not a finite number somewhere.</exception>
    public void Take(Block values, Block position, Span<double> reward)
    {
        var row = values[0];
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            if (!float.IsFinite(row[lane])) throw NotFinite(position, lane, -row[lane]);
            reward[lane] = row[lane];
        }
    }

    private LocusException NotFinite(Block position, int lane, float energy)
    {
        const int most = 6;
        var place = string.Join(", ", problem.Variables.Take(most).Select((x, d) => FormattableString.Invariant($"{x.Name} = {standard.Center[d] + standard.Scale[d] * position[d][lane]:G6}")));
        return new LocusException(FormattableString.Invariant($"the energy of '{problem.Name}' is {energy} at {place}{(problem.Dimension > most ? ", ..." : "")}; ")
            + "it must be a finite number wherever samples may come: keep arguments of log, sqrt and divisors within their domain by max(...), or let the energy rise steeply, or use a constraint, where the density is to be 0");
    }
}
