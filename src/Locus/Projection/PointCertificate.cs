namespace Locus.Projection;

/// <summary>What is proven about one point.</summary>
/// <param name="Verdict">The proof.</param>
/// <param name="Distance">
/// Near: a bound of the Euclidean distance to a point of the set, in the user's units. Inside: 0. Otherwise NaN.
/// </param>
public readonly record struct PointCertificate(Certificate Verdict, double Distance);
