// The shield min{ |x| - 0.25, [0.75 - |x|]_+ + [|x| - 1]_+ } <= 0 of Burghoff, Braun, Toussaint 2025, Table I: a disk inside a ring.
// Areas pi/16 and 7 pi/16, so the disk holds 1/8. The paper prints the min as a stacked pair; its Fig. 1 shows both parts.
using Locus.Problems;
using static Locus.Expressions.Functions;

namespace Locus.Gallery;

/// <summary>A disk of radius 0.25 inside a ring from 0.75 to 1: a small part that samplers lose.</summary>
internal static class Shield
{
    public static GalleryProblem Entry()
    {
        Annuli truth = new(["disk", "ring"], [new(0, 0.25), new(0.75, 1)]);
        var problem = Problem.Define(
            "shield",
            2,
            x => [Any(Norm(x) <= 0.25, All(Norm(x) >= 0.75, Norm(x) <= 1))],
            measure: Measure.Volume,
            description: "A disk of radius 0.25 inside a ring from 0.75 to 1 (Burghoff et al. 2025, Table I).");
        return new(
            problem, truth, "min{ |x| - 0.25, [0.75 - |x|]+ + [|x| - 1]+ } <= 0", "Burghoff, Braun, Toussaint 2025, Table I", truth.Area);
    }
}
