using Locus.Engine.Networks;
using Locus.Engine.Tests.Kernels;

namespace Locus.Engine.Tests.Networks;

/// <summary>
/// The network in plain double precision, one sample at a time, written from the description alone: rows z, its features, time features, c; each
/// layer's weights [outputs, inputs] row by row and its bias behind them; the activation after every layer but the last.
/// </summary>
internal static class MlpTwin
{
    public static double[] Value(MlpShape shape, double[] parameters, double[] z, double t, double[] c)
    {
        double[] x = [.. z, .. Position(shape.Position, z), .. Time(shape.Time, t), .. c];
        var next = 0;
        int[] widths = [.. shape.Hidden, shape.Dimension];
        for (var layer = 0; layer < widths.Length; layer++)
        {
            var y = new double[widths[layer]];
            for (var row = 0; row < y.Length; row++)
                foreach (var input in x) y[row] += parameters[next++] * input;
            for (var row = 0; row < y.Length; row++) y[row] += parameters[next++];
            x = layer < widths.Length - 1 ? [.. y.Select(value => Activate(shape.Activation, value))] : y;
        }
        if (next != parameters.Length) throw new ArgumentException($"{parameters.Length} parameters, {next} used", nameof(parameters));
        return shape.Residual ? [.. x.Zip(z, (a, b) => a + b)] : x;
    }

    public static double[] Position(PositionEmbedding position, double[] z) =>
        [.. Enumerable.Range(0, position.Frequencies).SelectMany(k => z.Select(x => Math.Pow(2, k) * Math.PI / 2 * x)).SelectMany(angle => new[] { Math.Sin(angle), Math.Cos(angle) })];

    public static double[] Time(TimeEmbedding time, double t)
    {
        List<double> features = [t];
        for (var k = 0; k < time.Frequencies && time.Kind != TimeEmbeddingKind.Raw; k++)
        {
            var angle = time.Kind == TimeEmbeddingKind.Fourier ? Math.Pow(2, k) * Math.PI * t : 2 * Math.PI * (k + 1) * t;
            features.Add(Math.Sin(angle));
            features.Add(Math.Cos(angle));
        }
        return [.. features];
    }

    public static double Activate(ActivationKind kind, double x) => kind switch
    {
        ActivationKind.Silu => x / (1 + Math.Exp(-x)),
        ActivationKind.Gelu => x * 0.5 * (1 + ErrorFunctionSeries.Erf(x / Math.Sqrt(2))),
        ActivationKind.Relu => Math.Max(x, 0),
        _ => Math.Tanh(x),
    };
}
