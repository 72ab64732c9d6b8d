namespace Locus.Diagnostics.Transport;

/// <summary>
/// Distances between samples and as many exact samples of an energy, in the problem's own units, as Sendera et al. 2024 (W1, W2) and Blessing et al. 2024 (Sinkhorn divergence, MMD) report them. All of them depend
/// on N. In many dimensions, where N points are far from each other, a law that is too narrow comes below the floor: a W2 is good when it is the floor, not when it is small.
/// </summary>
/// <param name="Count">Samples in each set, N.</param>
/// <param name="Pairs">Pairs of exact sets.</param>
/// <param name="SinkhornEpsilon">e of the divergence, in squared units of the coordinates.</param>
/// <param name="Wasserstein1">W1.</param>
/// <param name="Wasserstein2">W2, not squared.</param>
/// <param name="Sinkhorn">The Sinkhorn divergence of squared distances: near the square of W2 where e is small.</param>
/// <param name="MeanDiscrepancy">MMD.</param>
public sealed record TransportFacts(
    int Count, int Pairs, double SinkhornEpsilon, FlooredDistance Wasserstein1, FlooredDistance Wasserstein2, FlooredDistance Sinkhorn, FlooredDistance MeanDiscrepancy);
