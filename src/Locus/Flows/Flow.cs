using Locus.Engine.Blocks;
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
    /// <param name="workspace">This worker's memory; Condition is read, Position holds the samples [D][64] (standard units) at the end, and Density, where there is one, their density.</param>
    /// <param name="first">Number of the first sample.</param>
    /// <param name="observe">Called before the first step and after each with the steps done and the positions; may be null.</param>
    /// <exception cref="InvalidOperationException">The density is asked for, and the method is stochastic.</exception>
    public void Run(ReadOnlySpan<float> parameters, FlowWorkspace workspace, ulong first, Action<int, Block>? observe = null)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Run(new Evaluation(shape, parameters), workspace, first, observe);
    }

    /// <summary>Takes the first <paramref name="samples"/> of those samples alone, at the price of a few; the same bits.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">1 to <see cref="TurnedMlp.MostSamples"/>.</param>
    /// <param name="workspace">As above, without a density; the lanes from <paramref name="samples"/> on are undefined at the end.</param>
    /// <param name="first">Number of the first sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer or more samples than the network takes at a time.</exception>
    public void Run(TurnedMlp network, int samples, FlowWorkspace workspace, ulong first)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(workspace);
        if (workspace.Density is not null) throw new ArgumentException("a few samples alone come without their density; run the whole block", nameof(workspace));
        workspace.Network.Output.Values.Clear();
        Run(new Evaluation(shape, network, samples), workspace, first, null);
    }

    private void Run(Evaluation network, FlowWorkspace workspace, ulong first, Action<int, Block>? observe)
    {
        var (state, prediction, density) = (workspace.State, workspace.Prediction, workspace.Density);
        if (density is not null && options.Method == FlowMethod.EulerMaruyama)
            throw new InvalidOperationException("euler-maruyama adds noise on the way, so that its samples have no density by a change of variables; use euler or heun");
        Draws.Normal(startKey, first, 0, state.Value);
        density?.Begin(state);
        observe?.Invoke(0, state.Value);
        for (var i = 0; i < options.Steps; i++)
        {
            // Steps are differences of what is left, for near the end of a steep grid t itself is 1 to all digits.
            double t = options.Time(i), next = options.Time(i + 1), h = options.Left(i) - options.Left(i + 1), left = Clipped(i);
            network.Predict(workspace, t);
            if (options.Method == FlowMethod.Euler || i == options.Steps - 1) state.Combine(1 - h / left, h / left, prediction);
            else if (options.Method == FlowMethod.Heun) HeunStep(network, workspace, h, left, next, Clipped(i + 1));
            else Wander(workspace, first, i, t, h, left);
            density?.Step(state);
            observe?.Invoke(i + 1, state.Value);
        }
    }

    private double Clipped(int i) => Math.Max(options.Left(i), options.Clip);

    /// <summary>z + h (v(z, t) + v(z', t + h)) / 2 with z' the Euler step.</summary>
    private static void HeunStep(Evaluation network, FlowWorkspace workspace, double h, double left, double next, double leftNext)
    {
        var (z, half, prediction) = (workspace.State, workspace.Half, workspace.Prediction);
        // half = z + h v / 2, which the second evaluation completes.
        half.Set(z);
        half.Combine(1 - h / left / 2, h / left / 2, prediction);
        z.Combine(1 - h / left, h / left, prediction);
        network.Predict(workspace, next);
        var share = h / leftNext / 2;
        z.Combine(-share, share, prediction);
        z.Add(half);
    }

    /// <summary>z + h (v + w s / 2) + sqrt(w h) n.</summary>
    private void Wander(FlowWorkspace workspace, ulong first, int step, double t, double h, double left)
    {
        var (state, noise) = (workspace.State, workspace.Half);
        double w = options.Diffusion(t), drift = h * w / (2 * left * left);
        state.Combine(1 - h / left - drift, h / left + drift * t, workspace.Prediction);
        if (w == 0) return;
        Draws.Normal(noiseKey, first, (uint)step, noise.Value);
        state.Combine(1, Math.Sqrt(w * h), noise);
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

        /// <summary>Prediction = f(State, t, Condition), with its derivatives where the workspace has room for them.</summary>
        public void Predict(FlowWorkspace workspace, double t)
        {
            var net = workspace.Network;
            net.Time[0].Fill((float)t);
            net.Embed(shape);
            if (turned is not null) turned.Evaluate(net, samples);
            else if (workspace.Density is null) Mlp.Evaluate(shape, parameters, net);
            else
            {
                Mlp.Forward(shape, parameters, net);
                Mlp.Tangents(shape, parameters, net, workspace.State.Tangents, workspace.Prediction.Tangents);
            }
            workspace.Lead();
        }
    }
}
