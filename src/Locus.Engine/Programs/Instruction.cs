using System.Collections.Immutable;

namespace Locus.Engine.Programs;

/// <summary>One step of a program: it reads rows and writes rows, all 64 lanes alike.</summary>
/// <param name="Operation">What it computes.</param>
/// <param name="Inputs">The rows it reads, N of them.</param>
/// <param name="Targets">
/// The rows it writes: M of them for a linear map or a call, else one. A linear map with several targets may not write what it reads;
/// all other instructions may.
/// </param>
/// <param name="Numbers">For a linear map its matrix [M, N], then its offsets [M]; for an integer power the exponent; else empty.</param>
/// <param name="Function">The function of a call; else null.</param>
public sealed record Instruction(
    Operation Operation,
    ImmutableArray<Row> Inputs,
    ImmutableArray<Row> Targets,
    ImmutableArray<double> Numbers,
    OpaqueFunction? Function = null)
{
    /// <summary>The instruction on one line, such as `s3 = Multiply(x0, s1)`.</summary>
    public override string ToString() => $"{string.Join(", ", Targets)} = {Function?.Name ?? Operation.ToString()}({string.Join(", ", Inputs)})";
}
