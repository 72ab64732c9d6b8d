using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Locus.Engine.Kernels;
using Locus.Engine.Workers;

namespace Locus.Engine.Probes;

/// <summary>
/// The most fused multiply-adds that this machine does, in the widest lanes that the engine uses and at the clock it has while it does them: what
/// every kernel is compared with. A multiply-add counts as two operations. Nothing but registers is touched.
/// </summary>
/// <remarks>
/// Twelve chains a = a m + c run side by side. A core starts at most two multiply-adds per cycle and each takes four or five, so that ten chains
/// keep it busy; twelve, m and c fill 14 of the 16 registers that 256 bits have. c / (1 - m) is where each chain settles: no overflow, no denormals.
/// </remarks>
public sealed class FmaPeak : IWork
{
    private const int Chains = 12;
    private const int Rounds = 50_000;
    private readonly float[] settled;

    /// <summary>A probe for a team.</summary>
    /// <param name="team">The workers that run side by side.</param>
    public FmaPeak(Team team)
    {
        ArgumentNullException.ThrowIfNull(team);
        Team = team;
        settled = new float[team.Threads * TasksPerThread];
    }

    /// <summary>Floats in a register of the widest lanes in use: 16, 8 or 1.</summary>
    public static int Lanes => Avx512F.IsSupported ? Lanes16.Count : Avx2.IsSupported ? Lanes8.Count : Lanes1.Count;

    /// <summary>Operations of one <see cref="Run"/>, all threads together.</summary>
    public double Flops => 2.0 * Chains * Rounds * Lanes * settled.Length;

    // Several, so that a thread that starts late, or is held up, leaves its share to the others.
    private static int TasksPerThread => 8;

    private Team Team { get; }

    /// <summary>Runs the chains once on all workers: some milliseconds.</summary>
    public void Run() => Team.Run(this, settled.Length);

    /// <inheritdoc/>
    void IWork.Execute(int task, int worker) =>
        settled[task] = Avx512F.IsSupported ? Chain<Lanes16>(0.5f, task) : Avx2.IsSupported ? Chain<Lanes8>(0.5f, task) : Chain<Lanes1>(0.5f, task);

    /// <summary>What one lane of all chains adds up to, so that no compiler can leave them out.</summary>
    /// <remarks>Never inlined: inside a hot caller the compiler may run out of what it is willing to inline, and then each lane costs a call.</remarks>
    [MethodImpl(Compiled.AtOnce)]
    internal static unsafe float Chain<T>(float multiplier, float addend)
        where T : struct, ILanes<T>
    {
        T m = T.Of(multiplier), c = T.Of(addend);
        T a0 = c, a1 = c, a2 = c, a3 = c, a4 = c, a5 = c, a6 = c, a7 = c, a8 = c, a9 = c, a10 = c, a11 = c;
        for (var i = 0; i < Rounds; i++)
        {
            a0 = T.Fma(a0, m, c);
            a1 = T.Fma(a1, m, c);
            a2 = T.Fma(a2, m, c);
            a3 = T.Fma(a3, m, c);
            a4 = T.Fma(a4, m, c);
            a5 = T.Fma(a5, m, c);
            a6 = T.Fma(a6, m, c);
            a7 = T.Fma(a7, m, c);
            a8 = T.Fma(a8, m, c);
            a9 = T.Fma(a9, m, c);
            a10 = T.Fma(a10, m, c);
            a11 = T.Fma(a11, m, c);
        }
        float* lanes = stackalloc float[Lanes16.Count];
        T.Store(a0 + a1 + (a2 + a3) + (a4 + a5 + (a6 + a7)) + (a8 + a9 + (a10 + a11)), lanes);
        return lanes[0];
    }
}
