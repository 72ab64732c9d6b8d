using Locus.Diagnostics;
using Locus.Gallery.Energies;
using Locus.Problems;

namespace Locus.Gallery;

/// <summary>The named problems, most of them with known truth. A new one is one file and one line here.</summary>
public static class Gallery
{
    private static readonly Lazy<IReadOnlyList<GalleryProblem>> SetEntries = new(() =>
    [
        Rectangle.Entry(),
        Shield.Entry(),
        ThreeRings.Entry(),
        Spiral.Entry(),
        Disks.Entry(10),
        Disks.Entry(50),
        Sphere.Entry(),
        Torus.Entry(),
        Caps.Entry(),
        SwissRoll.Entry(),
        RotationMatrices.Entry(),
        SimplexCaps.Entry(),
        Linkage.Entry(),
        Mixed.Entry(),
        Ellipsoids.Entry(),
        Gear.Entry(),
        Wave.Entry(),
        Lens.Entry(),
        Shell.Entry(),
        Polytope.Entry(),
        CutBox.Entry(),
        Beam.Entry(),
    ]);

    private static readonly Lazy<IReadOnlyList<GalleryProblem>> EnergyEntries = new(() =>
    [
        GridMixture.Entry(3),
        GridMixture.Entry(5),
        Funnel.Entry("funnel", 3),
        Funnel.Entry("funnel-easy", 1),
        ManyWell.Entry(8),
        ManyWell.Entry(32),
        ManyWell.Entry(64),
        ManyWell.Entry(128),
        ScatteredMixture.Entry(),
        PlanarRobot.Entry(1),
        PlanarRobot.Entry(4),
        LennardJones.Entry(13),
    ]);

    private static readonly Lazy<IReadOnlyList<GalleryProblem>> BoundedEntries = new(() => [Orthant.Entry(), TiltedRings.Entry(), Fisher.Entry()]);

    private static readonly Lazy<IReadOnlyList<DataProblem>> DataEntries = new(() => [Posteriors.GermanCredit(), Posteriors.BreastCancer(), Posteriors.LogGaussianCox(), Posteriors.MnistVae(), Posteriors.MnistVaeEach()]);

    /// <summary>Sets with the uniform law: those of the papers first, then surfaces and curves, then sets with an interior.</summary>
    public static IReadOnlyList<GalleryProblem> Sets => SetEntries.Value;

    /// <summary>Energies on all of space, whose law is exp(-E) / Z.</summary>
    public static IReadOnlyList<GalleryProblem> Energies => EnergyEntries.Value;

    /// <summary>Energies on sets.</summary>
    public static IReadOnlyList<GalleryProblem> EnergiesOnSets => BoundedEntries.Value;

    /// <summary>Energies that are made from public files, which the caller has.</summary>
    public static IReadOnlyList<DataProblem> FromData => DataEntries.Value;

    /// <summary>All problems that need no files: sets, energies, then energies on sets.</summary>
    public static IEnumerable<GalleryProblem> All => [.. Sets, .. Energies, .. EnergiesOnSets];

    /// <summary>Kinds of problems that there are in more sizes than <see cref="All"/> has.</summary>
    public static IReadOnlyList<GalleryFamily> Families { get; } =
    [
        new("disks", "from 3 to 100", d => d is >= 3 and <= 100, Disks.Entry),
        new("gmm", "9, 25, 49, 81 and so on, to 2401", n => Side(n) is >= 3 and <= 49 && Side(n) % 2 == 1 && Side(n) * Side(n) == n, n => GridMixture.Entry(Side(n))),
        new("many-well", "even from 2 to 512", d => d is >= 2 and <= 512 && d % 2 == 0, ManyWell.Entry),
        new("lennard-jones", "from 2 to 55", n => n is >= 2 and <= 55, LennardJones.Entry),
    ];

    /// <summary>The problem of this name, or null; names are in lower case with hyphens: three-rings.</summary>
    /// <param name="name">A name, compared letter by letter; one of a family may have any of its numbers.</param>
    public static GalleryProblem? Find(string name) => All.FirstOrDefault(entry => entry.Problem.Name == name) ?? Families.Select(family => family.Find(name)).FirstOrDefault(entry => entry is not null);

    /// <summary>
    /// The truth about a problem that is, word for word in its canonical text, the gallery's problem of that name; null for any other, a set that was
    /// changed is another set, and for one whose truth is not known.
    /// </summary>
    /// <param name="problem">Any problem, read from a run folder, say.</param>
    public static Truth? TruthOf(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Find(problem.Name) is { } entry && entry.Problem.ToYaml() == problem.ToYaml() ? entry.Truth : null;
    }

    private static int Side(int squared) => (int)Math.Round(Math.Sqrt(squared));
}
