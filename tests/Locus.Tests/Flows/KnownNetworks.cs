using Locus.Engine.Networks;

namespace Locus.Tests.Flows;

/// <summary>Networks whose value is known in closed form.</summary>
internal static class KnownNetworks
{
    private const float Gate = 64;

    /// <summary>All weights 0, so that the prediction is the bias of the output layer, whatever z, t and c.</summary>
    public static (MlpShape Shape, float[] Parameters) Constant(int conditions, params float[] value)
    {
        var shape = new MlpShape(value.Length, conditions, [3], ActivationKind.Silu, default, residual: false);
        var parameters = new float[shape.ParameterCount];
        value.CopyTo(parameters, shape.BiasOffset(1));
        return (shape, parameters);
    }

    /// <summary>The prediction is z itself, so that the flow stands still.</summary>
    public static (MlpShape Shape, float[] Parameters) Standing(int dimension)
    {
        var shape = new MlpShape(dimension, 0, [1], ActivationKind.Silu, default, residual: true);
        return (shape, new float[shape.ParameterCount]);
    }

    /// <summary>The prediction is the first conditions, one for each coordinate.</summary>
    public static (MlpShape Shape, float[] Parameters) Echo(int dimension, int conditions)
    {
        var shape = new MlpShape(dimension, conditions, [2 * dimension], ActivationKind.Relu, default, residual: false);
        var parameters = new float[shape.ParameterCount];
        for (var d = 0; d < dimension; d++)
            for (var sign = 0; sign < 2; sign++)
            {
                parameters[(2 * d + sign) * shape.InputRows + dimension + 1 + d] = 1 - 2 * sign;
                parameters[shape.WeightOffset(1) + d * 2 * dimension + 2 * d + sign] = 1 - 2 * sign;
            }
        return (shape, parameters);
    }

    /// <summary>The prediction is A z + b at every time: ramps of both signs of each coordinate carry it.</summary>
    public static (MlpShape Shape, float[] Parameters) Affine(float[,] a, params float[] b)
    {
        var dimension = b.Length;
        var shape = new MlpShape(dimension, 0, [2 * dimension], ActivationKind.Relu, default, residual: false);
        var parameters = new float[shape.ParameterCount];
        for (var d = 0; d < dimension; d++)
            for (var sign = 0; sign < 2; sign++)
            {
                parameters[(2 * d + sign) * shape.InputRows + d] = 1 - 2 * sign;
                for (var row = 0; row < dimension; row++) parameters[shape.WeightOffset(1) + row * 2 * dimension + 2 * d + sign] = (1 - 2 * sign) * a[row, d];
            }
        b.CopyTo(parameters, shape.BiasOffset(1));
        return (shape, parameters);
    }

    /// <summary>One coordinate; the prediction runs through (0, 0) with slope <paramref name="outer"/>, and within +-1 with slope <paramref name="inner"/>, at every time.</summary>
    public static (MlpShape Shape, float[] Parameters) Bent(float inner, float outer)
    {
        var shape = new MlpShape(1, 0, [4], ActivationKind.Relu, default, residual: false);
        var parameters = new float[shape.ParameterCount];
        (parameters[0], parameters[2], parameters[4], parameters[6]) = (1, -1, 1, -1);
        (parameters[shape.BiasOffset(0) + 2], parameters[shape.BiasOffset(0) + 3]) = (-1, -1);
        var last = shape.WeightOffset(1);
        (parameters[last], parameters[last + 1], parameters[last + 2], parameters[last + 3]) = (inner, -inner, outer - inner, inner - outer);
        return (shape, parameters);
    }

    /// <summary>
    /// One coordinate; the prediction is g(i/K) z at the times i/K of a uniform grid, K a power of 2. Ramps max(K t - j, 0), which are whole numbers
    /// there, make a hat at each time; a hat opens the gate through which g_i z passes: max(+-g_i z + 64 (hat_i - 1), 0), for |g z| up to 64.
    /// </summary>
    public static (MlpShape Shape, float[] Parameters) Gains(double[] gain)
    {
        var steps = gain.Length;
        int ramps = steps + 2, first = ramps + 2, second = 2 * steps;
        var shape = new MlpShape(1, 0, [first, second], ActivationKind.Relu, default, residual: false);
        var parameters = new float[shape.ParameterCount];
        for (var j = 0; j < ramps; j++)
        {
            parameters[2 * j + 1] = steps;
            parameters[shape.BiasOffset(0) + j] = 1 - j;
        }
        // +z and -z come last, so that nothing large is added to them.
        (parameters[2 * ramps], parameters[2 * (ramps + 1)]) = (1, -1);
        for (var i = 0; i < steps; i++)
            for (var sign = 0; sign < 2; sign++)
            {
                var row = shape.WeightOffset(1) + (2 * i + sign) * first;
                (parameters[row + i], parameters[row + i + 1], parameters[row + i + 2]) = (Gate, -2 * Gate, Gate);
                var g = (float)((1 - 2 * sign) * gain[i]);
                (parameters[row + ramps], parameters[row + ramps + 1]) = (g, -g);
                parameters[shape.BiasOffset(1) + 2 * i + sign] = -Gate;
                parameters[shape.WeightOffset(2) + 2 * i + sign] = 1 - 2 * sign;
            }
        return (shape, parameters);
    }

    /// <summary>E[x | z] = g(t) z for x ~ N(0, 1), e ~ N(0, 1), z = t x + (1 - t) e: g = t / (t^2 + (1 - t)^2).</summary>
    public static double NormalGain(double t) => t / (t * t + (1 - t) * (1 - t));

    /// <summary>The exact posterior mean of a standard normal target on a uniform grid.</summary>
    public static (MlpShape Shape, float[] Parameters) Normal(int steps) => Gains([.. Enumerable.Range(0, steps).Select(i => NormalGain((double)i / steps))]);
}
