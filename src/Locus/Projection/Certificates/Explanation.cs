using Locus.Problems;

namespace Locus.Projection;

/// <summary>Certificates in words.</summary>
internal static class Explanation
{
    /// <summary>The verdict, and what decides it.</summary>
    public static string Of(Problem problem, double radius, PointCertificate certificate, Ending ending) => certificate.Verdict switch
    {
        Certificate.Inside => "inside: the point satisfies every constraint",
        Certificate.Near => $"near: a point that satisfies every constraint lies within {Subjects.Short(certificate.Distance)}",
        Certificate.Outside => $"outside: {Reason(problem, radius, ending)}",
        _ => $"undecided: {Reason(problem, radius, ending)}",
    };

    private static string Reason(Problem problem, double radius, Ending ending)
    {
        var constraint = ending.Origin >= 0 && ending.Obstacle != Obstacle.Box ? new Subjects(problem).Names[ending.Origin] : "";
        var bounds = $"[{Subjects.Short(ending.Bounds.Lower)}, {Subjects.Short(ending.Bounds.Upper)}]";
        return ending.Obstacle switch
        {
            Obstacle.NotFinite => "a coordinate or a parameter is not a finite number",
            Obstacle.Box => $"{problem.Variables[ending.Origin].Name} lies in {bounds}, which is not all in its box "
                + $"[{Numbers.Print(problem.Variables[ending.Origin].Lower)}, {Numbers.Print(problem.Variables[ending.Origin].Upper)}]",
            Obstacle.NoRoot => $"'{constraint}' has no root within {Subjects.Short(radius)} of the size of the region",
            Obstacle.Violated => $"'{constraint}' is violated: what has to be at most 0 lies in {bounds}",
            Obstacle.Open => $"'{constraint}' is too close to call: what has to be at most 0 lies in {bounds}, and beside the point there was no better one",
            Obstacle.Undefined => $"'{constraint}' has no value, or none that can be bounded, next to the point",
            Obstacle.Dependent => $"the gradient of '{constraint}' is zero or not finite, or depends on those of the equalities before it: "
                + "roots cannot be told from near misses",
            Obstacle.Varies => $"the derivatives of '{constraint}' vary too much next to the point, as at a kink, to enclose a root",
            Obstacle.Far => $"no true point was found within {Subjects.Short(radius)} of the size of the region",
            _ => "no branch of the set comes near",
        };
    }
}
