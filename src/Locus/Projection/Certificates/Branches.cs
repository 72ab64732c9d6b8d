using Locus.Expressions;

namespace Locus.Projection;

/// <summary>One constraint of a branch: an equality, or anything without equalities.</summary>
/// <param name="Constraint">The constraint.</param>
/// <param name="Origin">Number of the problem's constraint that it comes from, from 0.</param>
internal readonly record struct Part(Constraint Constraint, int Origin);

/// <summary>
/// A set with equalities in unions as a union of branches, each with equalities that all hold: a root proof needs to know which. Unions of
/// inequalities stay as they are.
/// </summary>
internal static class Branches
{
    /// <summary>Most branches of a problem.</summary>
    public const int Most = 1024;

    /// <summary>The branches, at least one, each a list of parts.</summary>
    /// <param name="constraints">The constraints of a problem.</param>
    /// <exception cref="LocusException">There are more than <see cref="Most"/>.</exception>
    public static List<List<Part>> Of(IReadOnlyList<Constraint> constraints) =>
        Product(constraints.Select((constraint, origin) => Of(constraint, origin)));

    /// <summary>What <see cref="Of(IReadOnlyList{Constraint})"/> would refuse the constraints with; null if it would not.</summary>
    /// <param name="constraints">The constraints of a problem.</param>
    public static string? WhyNot(IReadOnlyList<Constraint> constraints)
    {
        try
        {
            _ = Of(constraints);
            return null;
        }
        catch (LocusException reason)
        {
            return reason.Message;
        }
    }

    private static List<List<Part>> Of(Constraint constraint, int origin) => constraint switch
    {
        AllOf all when HasEquality(all) => Product(all.Members.Select(member => Of(member, origin))),
        AnyOf any when HasEquality(any) => Checked([.. any.Members.SelectMany(member => Of(member, origin))]),
        _ => [[new Part(constraint, origin)]],
    };

    private static bool HasEquality(Constraint constraint) => constraint switch
    {
        Equality => true,
        AllOf all => all.Members.Any(HasEquality),
        AnyOf any => any.Members.Any(HasEquality),
        _ => false,
    };

    private static List<List<Part>> Product(IEnumerable<List<List<Part>>> factors)
    {
        List<List<Part>> product = [[]];
        foreach (var factor in factors)
            product = Checked([.. product.SelectMany(_ => factor, (first, second) => (List<Part>)[.. first, .. second]).Take(Most + 1)]);
        return product;
    }

    private static List<List<Part>> Checked(List<List<Part>> branches) => branches.Count <= Most
        ? branches
        : throw new LocusException(
            $"the unions of the problem choose between more than {Most} sets of equalities, and each needs a proof of its own: "
            + "certify the members of the unions as problems of their own");
}
