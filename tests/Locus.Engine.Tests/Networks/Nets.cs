using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Random;

namespace Locus.Engine.Tests.Networks;

/// <summary>Networks of every kind with parameters and a block of inputs.</summary>
internal static class Nets
{
    public static readonly int[][] Hidden = [[1], [5], [17], [1, 1], [5, 17], [17, 1, 5], [3, 3, 3], [130], [130, 17, 130]];

    /// <summary>Every activation, time embedding, residual or not, with 0 to 3 conditions, 1 to 3 coordinates and none to two octaves of them in turn.</summary>
    public static IEnumerable<MlpShape> All(int[] hidden)
    {
        var turn = 0;
        foreach (var activation in Enum.GetValues<ActivationKind>())
            foreach (var time in new[] { new TimeEmbedding(TimeEmbeddingKind.Raw, 1), new(TimeEmbeddingKind.Fourier, 5), new(TimeEmbeddingKind.Harmonic, 3) })
                foreach (var residual in new[] { false, true })
                {
                    yield return new MlpShape(1 + turn % 3, turn % 4, hidden, activation, time, residual, new PositionEmbedding(turn / 3 % 3));
                    turn++;
                }
    }

    public static float[] Parameters(MlpShape shape)
    {
        var parameters = new float[shape.ParameterCount];
        Mlp.Initialize(shape, Key.Seed(7).Fold((ulong)shape.ParameterCount), 1, parameters);
        // Twice the customary size, so that activations bend.
        for (var i = 0; i < parameters.Length; i++) parameters[i] *= 2;
        return parameters;
    }

    public static MlpWorkspace Workspace(MlpShape shape, bool training)
    {
        var workspace = new MlpWorkspace(shape, training);
        Draws.Normal(Key.Seed(8), 0, 0, workspace.Position);
        Draws.Normal(Key.Seed(8), 0, 1, workspace.Condition);
        Draws.Uniform(Key.Seed(8), 0, 2, workspace.Time.Slice(0, 1));
        (workspace.Time[0][0], workspace.Time[0][1]) = (0, 1);
        workspace.Embed(shape);
        return workspace;
    }

    public static double[] Lane(Block block, int lane) => [.. Enumerable.Range(0, block.Rows).Select(row => (double)block[row][lane])];

    public static double[] Wide(float[] values) => [.. values.Select(value => (double)value)];
}
