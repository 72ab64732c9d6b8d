using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Sampling;

/// <summary>Where the conditions of samples come from: a given value, or a uniform draw, from the parameter's range or from the rows of observations.</summary>
internal sealed class Conditions
{
    private readonly Key key;
    private readonly Key rowKey;
    private readonly float?[] given;
    private readonly Points? observations;
    private readonly Standardization? standard;

    /// <summary>Conditions in standard units.</summary>
    /// <param name="key">Randomness of the drawn ones.</param>
    /// <param name="given">Each condition's value in [-1, 1], or null to draw it; [C].</param>
    /// <param name="problem">Whose conditions; null where there are no observations.</param>
    /// <param name="standard">The standard units.</param>
    public Conditions(Key key, float?[] given, Problem? problem = null, Standardization? standard = null)
    {
        (this.key, rowKey, this.given) = (key.Fold("conditions"), key.Fold("observations"), given);
        (observations, this.standard) = (problem?.Energy?.Observations, standard);
    }

    /// <summary>All conditions drawn from their ranges.</summary>
    public static Conditions Drawn(Key key, int count) => new(key, new float?[count]);

    /// <summary>All conditions of a problem drawn.</summary>
    public static Conditions Drawn(Key key, Problem problem, Standardization standard) => new(key, new float?[problem.ConditionCount], problem, standard);

    /// <summary>Fills c' [C][64] for the samples <paramref name="first"/> to <paramref name="first"/> + 63.</summary>
    public void Fill(ulong first, Block target)
    {
        if (target.Rows == 0) return;
        if (observations is not null) Observe(first, target, observations, standard!);
        else Draws.Uniform(key, first, 0, target);
        for (var row = 0; row < target.Rows; row++)
        {
            var values = target[row];
            if (given[row] is { } value) values.Fill(value);
            else if (observations is null)
                for (var lane = 0; lane < Block.Lanes; lane++) values[lane] = 2 * values[lane] - 1;
        }
    }

    private void Observe(ulong first, Block target, Points rows, Standardization standard)
    {
        for (var lane = 0; lane < Block.Lanes; lane++)
        {
            var observed = rows[Draws.Below(rowKey, first + (ulong)lane, 0, rows.Count)];
            for (var row = 0; row < target.Rows; row++) target[row][lane] = (float)((observed[row] - standard.ConditionCenter[row]) / standard.ConditionScale[row]);
        }
    }
}
