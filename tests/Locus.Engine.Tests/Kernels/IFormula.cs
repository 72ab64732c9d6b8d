using Locus.Engine.Kernels;

namespace Locus.Engine.Tests.Kernels;

/// <summary>A function of one float under test, beside its exact value and the bound that its documentation states.</summary>
internal interface IFormula
{
    /// <summary>Name for messages.</summary>
    static abstract string Name { get; }

    /// <summary>Stated largest error in ulp.</summary>
    static abstract double Bound { get; }

    /// <summary>Largest magnitude up to which the bound is stated.</summary>
    static virtual float Limit => float.MaxValue;

    /// <summary>Smallest argument from which the bound is stated.</summary>
    static virtual float Lowest => float.MinValue;

    /// <summary>The formula.</summary>
    static abstract T Of<T>(T x)
        where T : struct, ILanes<T>;

    /// <summary>The value in double precision, by other means.</summary>
    static abstract double Exact(double x);
}
