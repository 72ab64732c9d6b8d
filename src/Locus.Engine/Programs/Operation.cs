namespace Locus.Engine.Programs;

/// <summary>
/// What a node of an expression graph or an instruction of a program computes from its inputs a, b, c, d. Leaves (constants,
/// variables, parameters, components of a call) stand in graphs alone; copies, linear maps and dot products in programs alone.
/// </summary>
public enum Operation
{
    /// <summary>A finite number.</summary>
    Constant,

    /// <summary>A coordinate of the point x.</summary>
    Variable,

    /// <summary>A component of the condition c.</summary>
    Parameter,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>a / b, and 0 where b = 0: the quotient of derivatives that have a convention at the point where b vanishes.</summary>
    DivideOrZero,

    /// <summary>-a.</summary>
    Negate,

    /// <summary>The magnitude of a.</summary>
    Abs,

    /// <summary>-1, 0 or 1; NaN for NaN.</summary>
    Sign,

    /// <summary>The largest integer not above a.</summary>
    Floor,

    /// <summary>The square root; NaN below 0.</summary>
    Sqrt,

    /// <summary>e to the power a.</summary>
    Exp,

    /// <summary>The natural logarithm; -infinity at 0, NaN below.</summary>
    Log,

    /// <summary>The sine of a, in radians.</summary>
    Sin,

    /// <summary>The cosine of a, in radians.</summary>
    Cos,

    /// <summary>The tangent of a, in radians.</summary>
    Tan,

    /// <summary>The angle in [-pi/2, pi/2] whose sine is a; NaN outside [-1, 1].</summary>
    Asin,

    /// <summary>The angle in [0, pi] whose cosine is a; NaN outside [-1, 1].</summary>
    Acos,

    /// <summary>The angle in (-pi/2, pi/2) whose tangent is a.</summary>
    Atan,

    /// <summary>The angle in (-pi, pi] of the point (x, y) = (b, a).</summary>
    Atan2,

    /// <summary>The hyperbolic sine.</summary>
    Sinh,

    /// <summary>The hyperbolic cosine.</summary>
    Cosh,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The error function.</summary>
    Erf,

    /// <summary>a to a real power b: exp(b log a) for a above 0, NaN below; at a = 0 it is 0, 1 or infinity by the sign of b.</summary>
    Power,

    /// <summary>a to a fixed integer power, by repeated multiplication; a reciprocal for a negative power.</summary>
    IntegerPower,

    /// <summary>The smaller of a and b, a at a tie; NaN if either is.</summary>
    Min,

    /// <summary>The larger of a and b, a at a tie; NaN if either is.</summary>
    Max,

    /// <summary>c where a &lt;= b, d elsewhere (also where a or b is NaN).</summary>
    Choose,

    /// <summary>The Euclidean length of all inputs.</summary>
    Norm,

    /// <summary>A function of the user, of all inputs: one value for each component.</summary>
    Call,

    /// <summary>One value of a call.</summary>
    Component,

    /// <summary>a itself, in a second row.</summary>
    Copy,

    /// <summary>Targets = matrix of numbers times inputs, plus numbers: M targets, N inputs, fused and summed in the order of the inputs.</summary>
    Linear,

    /// <summary>a + b c + d e + ..., fused and summed in the order of the inputs (an odd number of them).</summary>
    Dot,
}
