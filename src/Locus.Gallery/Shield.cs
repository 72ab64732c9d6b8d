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
        Annulus disk = new(0, 0.25), ring = new(0.75, 1);
        var problem = Problem.Define(
            "shield",
            2,
            x => [Any(disk.Contains(x), ring.Contains(x))],
            measure: Measure.Volume,
            description: "A disk of radius 0.25 inside a ring from 0.75 to 1 (Burghoff et al. 2025, Table I).");
        Annuli truth = new(problem, [("disk", disk), ("ring", ring)]);
        return new(
            problem, truth, "min{ |x| - 0.25, [0.75 - |x|]+ + [|x| - 1]+ } <= 0", "Burghoff, Braun, Toussaint 2025, Table I", truth.Area);
    }
}
