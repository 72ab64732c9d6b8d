using Locus.Engine.Random;

namespace Locus.Training;

/// <summary>How far from a prediction inequalities may be judged in training: as far as a set leaves room.</summary>
internal static class TrainingMargin
{
    private const int Points = 2048;
    private const double MostOutside = 0.1;
    private const double Smallest = 1e-6;

    /// <summary>The largest of the margins margin, margin / 2, margin / 4, ... at which nine tenths of the pool stay on the set; 0 for sets of equalities, and where there is none.</summary>
    public static double Of(LocusState state, double margin, Key key)
    {
        var standard = state.Standard;
        if (standard.Residuals.Normals.Outputs > 0) return 0;
        for (; margin > Smallest; margin /= 2)
            if (Outside(state, margin, key) <= MostOutside * Points) return margin;
        return 0;
    }

    private static int Outside(LocusState state, double margin, Key key)
    {
        var (d, program) = (state.Problem.Dimension, state.Standard.Slack);
        double[] u = new double[d], c = new double[state.Conditions.Count], slack = new double[1], scratch = new double[program.ScratchRows];
        var outside = 0;
        for (var i = 0; i < Points; i++)
        {
            var square = 0.0;
            for (var k = 0; k < d; k++)
            {
                u[k] = Draws.Normal(key, (ulong)i, (uint)k);
                square += u[k] * u[k];
            }
            var point = Draws.Below(key, (ulong)i, (uint)d, state.Points.Length / d);
            for (var k = 0; k < d; k++) u[k] = state.Points[point * d + k] + margin / Math.Sqrt(square) * u[k];
            for (var j = 0; j < c.Length; j++) c[j] = state.Conditions[j][point];
            program.Run(u, c, slack, scratch);
            if (!(slack[0] <= 0)) outside++;
        }
        return outside;
    }
}
