namespace Locus.Engine.Programs;

/// <summary>
/// A function of the user that a program calls point by point, in double precision: y = f(x), x of <see cref="Inputs"/> numbers,
/// y of <see cref="Outputs"/>. It must give the same values for the same x, on any thread, and may be called by several at once.
/// A NaN that it returns passes on like any other; an exception stops the run as <see cref="OpaqueFunctionException"/>.
/// </summary>
public abstract class OpaqueFunction
{
    /// <summary>The name that messages use; the name of the type unless it is overridden.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Number of arguments, at least 1.</summary>
    public abstract int Inputs { get; }

    /// <summary>Number of values, at least 1.</summary>
    public abstract int Outputs { get; }

    /// <summary>True if <see cref="VectorJacobian"/> is exact; false if it is the default, central differences.</summary>
    public virtual bool HasDerivative => false;

    /// <summary>Computes the values at x.</summary>
    /// <param name="x">The arguments, [Inputs].</param>
    /// <param name="values">Where the values go, [Outputs].</param>
    public abstract void Evaluate(ReadOnlySpan<double> x, Span<double> values);

    /// <summary>
    /// The product of seeds and Jacobian: gradient_i = sum over j of seeds_j dy_j / dx_i. By default central differences with the step
    /// 2^-17 max(1, |x_i|), which balances truncation against rounding (relative error about 1e-10 for a smooth function of order 1).
    /// </summary>
    /// <param name="x">The arguments, [Inputs].</param>
    /// <param name="seeds">The weight of each value, [Outputs].</param>
    /// <param name="gradient">Where the product goes, [Inputs].</param>
    public virtual void VectorJacobian(ReadOnlySpan<double> x, ReadOnlySpan<double> seeds, Span<double> gradient)
    {
        var size = Inputs + 2 * Outputs;
        Span<double> memory = size <= 256 ? stackalloc double[size] : new double[size];
        var point = memory[..Inputs];
        var above = memory.Slice(Inputs, Outputs);
        var below = memory.Slice(Inputs + Outputs, Outputs);
        x.CopyTo(point);
        for (var i = 0; i < Inputs; i++)
        {
            var step = Math.Max(1, Math.Abs(x[i])) / (1 << 17);
            var (up, down) = (x[i] + step, x[i] - step);
            point[i] = up;
            Evaluate(point, above);
            point[i] = down;
            Evaluate(point, below);
            point[i] = x[i];
            var sum = 0.0;
            for (var j = 0; j < Outputs; j++) sum += seeds[j] * (above[j] - below[j]);
            gradient[i] = sum / (up - down);
        }
    }
}
