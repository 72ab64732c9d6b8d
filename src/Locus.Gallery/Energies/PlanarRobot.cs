// A planar arm of ten links of length 1 whose joint angles q have the prior N(0, 1) in the first joint and N(0, 0.2^2) in the others, and whose tip is seen at a goal with deviation 0.01: Arenz, Neumann, Zhong 2018; Blessing et al. 2024.
// The goal is (7, 0); with four goals it is any of (+-7, 0), (0, +-7), and the density is the sum over them. Z is the density of the tip at the goals before it is seen: no closed form is known, nor an exact sampler.
using Locus.Engine.Kernels;
using Locus.Expressions;
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery.Energies;

/// <summary>Postures of a planar arm that reach a goal: thin, curved, many at once.</summary>
internal static class PlanarRobot
{
    private const int Joints = 10;
    private const double First = 1, Others = 0.2, Seen = 0.01, Distance = 7;

    public static GalleryProblem Entry(int goals)
    {
        var (one, formula) = (goals == 1, "prod_i N(q_i; 0, s_i^2) sum_g N(tip(q); g, 0.01^2 I), s = (1, 0.2, ..., 0.2), ");
        var problem = Problem.OfEnergy(
            one ? "planar-robot" : $"planar-robot-{goals}",
            Joints,
            q => Energy(q, goals),
            description: $"Postures of an arm of ten links whose tip is at {(one ? "a goal" : $"one of {goals} goals")} (Arenz et al. 2018; Blessing et al. 2024).");
        return new(problem, null, formula + (one ? "g = (7, 0)" : "g = (+-7, 0), (0, +-7)"), "Arenz, Neumann, Zhong 2018; Blessing et al. 2024", null);
    }

    private static Expr Energy(Vector q, int goals)
    {
        var constant = (Joints / 2.0 + 1) * ElementaryDouble.Log(2 * Math.PI) + ElementaryDouble.Log(First) + (Joints - 1) * ElementaryDouble.Log(Others) + 2 * ElementaryDouble.Log(Seen);
        Expr prior = Square(q[0] / First) / 2, angle = 0, x = 0, y = 0;
        for (var i = 0; i < Joints; i++)
        {
            if (i > 0) prior += Square(q[i] / Others) / 2;
            angle += q[i];
            (x, y) = (x + Cos(angle), y + Sin(angle));
        }
        (double X, double Y)[] places = [(Distance, 0), (-Distance, 0), (0, Distance), (0, -Distance)];
        return constant + prior - LogSumExp(places.Take(goals).Select(g => -(Square(x - g.X) + Square(y - g.Y)) / (2 * Seen * Seen)));
    }
}
