using BenchmarkDotNet.Attributes;
using Locus.Engine.Blocks;
using Locus.Engine.Random;
using Locus.Problems;

namespace Locus.Benchmarks;

/// <summary>Penalties with their derivatives on one block of 64 points: three rings, and the tip of an arm of seven joints.</summary>
public class ProgramBenchmarks
{
    private readonly PenaltyBlock rings = new(Gallery.Gallery.Find("three-rings")!.Problem);
    private readonly PenaltyBlock arm = new(SevenJointArm.Problem);

    [Benchmark]
    public void ThreeRings() => rings.Run();

    [Benchmark]
    public void SevenJoints() => arm.Run();

    /// <summary>A penalty program with its blocks.</summary>
    private sealed class PenaltyBlock
    {
        private readonly Engine.Programs.Program program;
        private readonly Block x;
        private readonly Block outputs;
        private readonly Block scratch;

        public PenaltyBlock(Problem problem)
        {
            program = Standardization.Of(problem).Penalty;
            var arena = new Arena((program.Inputs + program.Outputs + program.ScratchRows) * Block.Lanes);
            (x, outputs, scratch) = (arena.Rows(program.Inputs), arena.Rows(program.Outputs), arena.Rows(program.ScratchRows));
            Draws.Normal(Key.Seed(1), 0, 0, x);
        }

        public void Run() => program.Run(x, default, outputs, scratch);
    }
}
