namespace Locus.Problems;

/// <summary>What random points of the region say about one constraint.</summary>
/// <param name="Name">Its label or its text.</param>
/// <param name="MetShare">Share of the points that meet it, 0 to 1; 0 for equalities, which random points never meet.</param>
/// <param name="MeanSlack">Mean slack over the points where it is finite, in the constraint's unit.</param>
/// <param name="SmallestSlack">Smallest slack seen at points of the box, also on the way down from the best points, in the constraint's unit.</param>
/// <param name="NonFinite">Number of points at which it is not finite.</param>
public sealed record ConstraintCheck(string Name, double MetShare, double MeanSlack, double SmallestSlack, int NonFinite);
