using Locus.Engine.Blocks;
using Locus.Engine.Networks;
using Locus.Engine.Programs;
using Locus.Problems;

namespace Locus.Flows;

/// <summary>
/// A step toward the set inside the network, for sets of equalities: f = z + gate(t) s(z) + (1 - t) net(z, t, c), where s = -2 P grad P / |grad P|^2 is Polyak's step on the
/// squared distance P with twice his length, which is the Gauss-Newton step where the equalities are orthogonal, and gate rises from 0 to 1 between t = 0.9 and 0.99. A guided network is more than
/// a network: it evaluates the constraints when samples are drawn. Reports say so wherever its numbers stand.
/// </summary>
public sealed class Guide
{
    private const float GateStart = 0.9f, GateWidth = 0.09f;

    // Longest move of one coordinate, and the smallest share of the network near t = 1, so that it stays trainable.
    private const float LongestMove = 0.5f, SmallestShare = 1e-4f;
    private readonly Program distance;

    /// <summary>A guide to a problem's set.</summary>
    /// <param name="standard">The network's coordinates.</param>
    public Guide(Standardization standard)
    {
        ArgumentNullException.ThrowIfNull(standard);
        distance = standard.Distance;
    }

    /// <summary>Rows of scratch that <see cref="Apply"/> needs.</summary>
    public int ScratchRows => distance.Outputs + distance.ScratchRows + 1;

    /// <summary>Turns the output of a residual network, z + net, into f.</summary>
    /// <param name="net">Position, time and output; the output is overwritten.</param>
    /// <param name="scratch">At least [ScratchRows][64].</param>
    public void Apply(MlpWorkspace net, Block scratch)
    {
        ArgumentNullException.ThrowIfNull(net);
        var values = scratch.Slice(0, distance.Outputs);
        distance.Run(net.Position, net.Condition, values, scratch.Slice(distance.Outputs + 1, distance.ScratchRows));
        Span<float> length = scratch[distance.Outputs], value = values[0], t = net.Time[0];
        length.Clear();
        for (var d = 0; d < net.Output.Rows; d++)
        {
            var slope = values[1 + d];
            for (var lane = 0; lane < Block.Lanes; lane++) length[lane] += slope[lane] * slope[lane];
        }
        // At a pole of a constraint there is no step.
        for (var lane = 0; lane < Block.Lanes; lane++)
            length[lane] = length[lane] > 0 && float.IsFinite(length[lane]) && float.IsFinite(value[lane]) ? -2 * Math.Clamp((t[lane] - GateStart) / GateWidth, 0, 1) * value[lane] / length[lane] : 0;
        for (var d = 0; d < net.Output.Rows; d++)
        {
            Span<float> output = net.Output[d], z = net.Position[d], slope = values[1 + d];
            for (var lane = 0; lane < Block.Lanes; lane++)
            {
                var move = length[lane] == 0 ? 0 : Math.Clamp(length[lane] * slope[lane], -LongestMove, LongestMove);
                output[lane] = z[lane] + move + Share(t[lane]) * (output[lane] - z[lane]);
            }
        }
    }

    /// <summary>Turns the derivative of a loss by f into that by the network's output.</summary>
    /// <param name="net">Its output gradient is overwritten.</param>
    public static void Turn(MlpWorkspace net)
    {
        ArgumentNullException.ThrowIfNull(net);
        var t = net.Time[0];
        for (var d = 0; d < net.OutputGradient.Rows; d++)
        {
            var gradient = net.OutputGradient[d];
            for (var lane = 0; lane < Block.Lanes; lane++) gradient[lane] *= Share(t[lane]);
        }
    }

    private static float Share(float t) => Math.Max(1 - t, SmallestShare);
}
