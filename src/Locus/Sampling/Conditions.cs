using Locus.Engine.Blocks;
using Locus.Engine.Random;

namespace Locus.Sampling;

/// <summary>Where the conditions of samples come from: a given value, or a uniform draw from the parameter's range.</summary>
internal sealed class Conditions
{
    private readonly Key key;
    private readonly float?[] given;

    /// <summary>Conditions in standard units.</summary>
    /// <param name="key">Randomness of the drawn ones.</param>
    /// <param name="given">Each condition's value in [-1, 1], or null to draw it; [C].</param>
    public Conditions(Key key, float?[] given)
    {
        this.key = key.Fold("conditions");
        this.given = given;
    }

    /// <summary>All conditions drawn.</summary>
    public static Conditions Drawn(Key key, int count) => new(key, new float?[count]);

    /// <summary>Fills c' [C][64] for the samples <paramref name="first"/> to <paramref name="first"/> + 63.</summary>
    public void Fill(ulong first, Block target)
    {
        if (target.Rows == 0) return;
        Draws.Uniform(key, first, 0, target);
        for (var row = 0; row < target.Rows; row++)
        {
            var values = target[row];
            if (given[row] is { } value) values.Fill(value);
            else
                for (var lane = 0; lane < Block.Lanes; lane++) values[lane] = 2 * values[lane] - 1;
        }
    }
}
