using Locus.Engine.Blocks;
using Locus.Engine.Kernels;
using Locus.Engine.Networks;
using Locus.Engine.Random;

namespace Locus.Flows;

/// <summary>
/// Runs a network from noise to samples, one block at a time. The network predicts the end point x of the path z = t x + (1 - t) e (Li and He 2025), so
/// that the velocity is v = (x - z) / (1 - t). The score of the same path is s = -(z - t x) / (1 - t)^2, and for every w(t) >= 0 the SDE
/// dz = (v + w s / 2) dt + sqrt(w) dW has the marginals of dz = v dt (Ma et al. 2024).
/// </summary>
public sealed class Flow
{
    private readonly MlpShape shape;
    private readonly FlowOptions options;
    private readonly Key startKey;
    private readonly Key noiseKey;

    /// <summary>A way to run networks of one shape.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="options">Method and steps.</param>
    /// <param name="key">Randomness; sample i depends on (key, i) alone.</param>
    public Flow(MlpShape shape, FlowOptions options, Key key)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(options);
        this.shape = shape;
        this.options = options;
        startKey = key.Fold("start");
        noiseKey = key.Fold("wander");
    }

    /// <summary>Takes the samples <paramref name="first"/> to <paramref name="first"/> + 63 from noise to the set.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="workspace">This worker's memory; Condition is read, Position holds the samples [D][64] (standard units) at the end.</param>
    /// <param name="first">Number of the first sample.</param>
    /// <param name="observe">Called before the first step and after each with the steps done and the positions; may be null.</param>
    public void Run(ReadOnlySpan<float> parameters, FlowWorkspace workspace, ulong first, Action<int, Block>? observe = null) =>
        Run(new Evaluation(shape, parameters), workspace, first, observe);

    /// <summary>Takes the first <paramref name="samples"/> of those samples alone, at the price of a few; the same bits.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">1 to <see cref="TurnedMlp.MostSamples"/>.</param>
    /// <param name="workspace">As above; the lanes from <paramref name="samples"/> on are undefined at the end.</param>
    /// <param name="first">Number of the first sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer or more samples than the network takes at a time.</exception>
    public void Run(TurnedMlp network, int samples, FlowWorkspace workspace, ulong first)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.Network.Output.Values.Clear();
        Run(new Evaluation(shape, network, samples), workspace, first, null);
    }

    private void Run(Evaluation network, FlowWorkspace workspace, ulong first, Action<int, Block>? observe)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var net = workspace.Network;
        var z = net.Position;
        Draws.Normal(startKey, first, 0, z);
        observe?.Invoke(0, z);
        for (var i = 0; i < options.Steps; i++)
        {
            // Steps are differences of what is left, for near the end of a steep grid t itself is 1 to all digits.
            double t = options.Time(i), next = options.Time(i + 1), h = options.Left(i) - options.Left(i + 1), left = Clipped(i);
            network.Predict(net, t);
            if (options.Method == FlowMethod.Euler || i == options.Steps - 1) Elementwise.Combine((float)(1 - h / left), z, (float)(h / left), net.Output);
            else if (options.Method == FlowMethod.Heun) HeunStep(network, workspace, h, left, next, Clipped(i + 1));
            else Wander(workspace, first, i, t, h, left);
            observe?.Invoke(i + 1, z);
        }
    }

    private double Clipped(int i) => Math.Max(options.Left(i), options.Clip);

    /// <summary>z + h (v(z, t) + v(z', t + h)) / 2 with z' the Euler step.</summary>
    private static void HeunStep(Evaluation network, FlowWorkspace workspace, double h, double left, double next, double leftNext)
    {
        var net = workspace.Network;
        Block z = net.Position, half = workspace.Half;
        // half = z + h v / 2, which the second evaluation completes.
        z.Values.CopyTo(half.Values);
        Elementwise.Combine((float)(1 - h / left / 2), half, (float)(h / left / 2), net.Output);
        Elementwise.Combine((float)(1 - h / left), z, (float)(h / left), net.Output);
        network.Predict(net, next);
        var share = h / leftNext / 2;
        Elementwise.Combine((float)-share, z, (float)share, net.Output);
        Elementwise.Add(z, half);
    }

    /// <summary>z + h (v + w s / 2) + sqrt(w h) n.</summary>
    private void Wander(FlowWorkspace workspace, ulong first, int step, double t, double h, double left)
    {
        var net = workspace.Network;
        double w = options.Diffusion(t), drift = h * w / (2 * left * left);
        Elementwise.Combine((float)(1 - h / left - drift), net.Position, (float)(h / left + drift * t), net.Output);
        if (w == 0) return;
        Draws.Normal(noiseKey, first, (uint)step, workspace.Half);
        Elementwise.Combine(1, net.Position, (float)Math.Sqrt(w * h), workspace.Half);
    }

    /// <summary>How the network is evaluated: a whole block at once, or a few of its lanes.</summary>
    private readonly ref struct Evaluation
    {
        private readonly MlpShape shape;
        private readonly ReadOnlySpan<float> parameters;
        private readonly TurnedMlp? turned;
        private readonly int samples;

        public Evaluation(MlpShape shape, ReadOnlySpan<float> parameters)
        {
            this.shape = shape;
            this.parameters = parameters;
        }

        public Evaluation(MlpShape shape, TurnedMlp turned, int samples)
        {
            this.shape = shape;
            this.turned = turned;
            this.samples = samples;
        }

        /// <summary>Output = f(Position, t, Condition).</summary>
        public void Predict(MlpWorkspace net, double t)
        {
            net.Time[0].Fill((float)t);
            shape.Time.Fill(net.Time);
            if (turned is null) Mlp.Evaluate(shape, parameters, net);
            else turned.Evaluate(net, samples);
        }
    }
}
