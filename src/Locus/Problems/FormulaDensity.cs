using Locus.Engine.Blocks;
using Locus.Engine.Programs;
using Locus.Expressions;

namespace Locus.Problems;

/// <summary>The law of an energy that is given by a formula. Compiled on first use.</summary>
public sealed class FormulaDensity : Density
{
    private readonly Lazy<Program> value;
    private readonly Lazy<Program> gradient;

    /// <summary>The law exp(-E).</summary>
    /// <param name="energy">E(x, c); Expr.Variable(i) is x_i, Expr.Parameter(j) is c_j.</param>
    /// <param name="dimension">D.</param>
    /// <param name="conditions">C.</param>
    public FormulaDensity(Expr energy, int dimension, int conditions = 0)
    {
        ArgumentNullException.ThrowIfNull(energy);
        (Energy, Dimension, Conditions) = (energy, dimension, conditions);
        value = new Lazy<Program>(() => Compiler.Compile([-energy], dimension, conditions));
        gradient = new Lazy<Program>(() => Compiler.Compile([-energy, .. Derivatives.Gradient(-energy, [.. Enumerable.Range(0, dimension).Select(Expr.Variable)])], dimension, conditions));
    }

    /// <summary>E(x, c).</summary>
    public Expr Energy { get; }

    /// <inheritdoc/>
    public override int Dimension { get; }

    /// <inheritdoc/>
    public override int Conditions { get; }

    /// <inheritdoc/>
    public override int ScratchNumbers => gradient.Value.Outputs + Math.Max(gradient.Value.ScratchRows, value.Value.ScratchRows);

    /// <inheritdoc/>
    public override int ScratchRows => gradient.Value.ScratchRows;

    /// <summary>x [D], c [C] to [-E, d(-E) / d x_1, ..., d(-E) / d x_D], 1 + D outputs.</summary>
    public Program Program => gradient.Value;

    /// <inheritdoc/>
    public override double Log(ReadOnlySpan<double> x, ReadOnlySpan<double> c, Span<double> score, Span<double> scratch)
    {
        var program = score.IsEmpty ? value.Value : gradient.Value;
        var outputs = scratch[..program.Outputs];
        program.Run(x, c, outputs, scratch[program.Outputs..]);
        outputs[1..].CopyTo(score);
        return outputs[0];
    }

    /// <inheritdoc/>
    public override void Run(Block x, Block c, Block values, Block scratch) => gradient.Value.Run(x, c, values, scratch);
}
