using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>An instruction before it has rows: it reads and gives values, each known by the node that stands for it.</summary>
/// <param name="Operation">What it computes.</param>
/// <param name="Inputs">The values it reads.</param>
/// <param name="Targets">The values it gives.</param>
/// <param name="Numbers">As in <see cref="Instruction.Numbers"/>.</param>
/// <param name="Function">The function of a call.</param>
internal sealed record Step(Operation Operation, Expr[] Inputs, Expr[] Targets, double[] Numbers, OpaqueFunction? Function = null);
