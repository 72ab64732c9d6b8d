using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>
/// Joins linear maps of the same inputs into one of several targets, placed where the first one stood: a rotation of D coordinates is one
/// instruction, which loads each input once for several sums.
/// </summary>
internal static class LinearGroups
{
    /// <summary>The same steps, fewer of them.</summary>
    /// <param name="steps">Steps in order.</param>
    public static List<Step> Join(List<Step> steps)
    {
        var result = new List<Step>(steps.Count);
        var groups = new Dictionary<Expr[], List<Step>>(new SameInputs());
        foreach (var step in steps)
        {
            if (step.Operation == Operation.Linear && step.Inputs.Length > 1)
            {
                if (groups.TryGetValue(step.Inputs, out var group))
                {
                    group.Add(step);
                    continue;
                }

                groups.Add(step.Inputs, [step]);
            }

            result.Add(step);
        }

        for (var i = 0; i < result.Count; i++)
        {
            if (!groups.TryGetValue(result[i].Inputs, out var group) || group.Count == 1) continue;
            if (ReferenceEquals(group[0], result[i])) result[i] = Joined(group);
        }

        return result;
    }

    private static Step Joined(List<Step> group)
    {
        var n = group[0].Inputs.Length;
        return new(
            Operation.Linear,
            group[0].Inputs,
            [.. group.SelectMany(s => s.Targets)],
            [.. group.SelectMany(s => s.Numbers.Take(n)), .. group.Select(s => s.Numbers[n])]);
    }

    private sealed class SameInputs : IEqualityComparer<Expr[]>
    {
        public bool Equals(Expr[]? x, Expr[]? y) => x!.AsSpan().SequenceEqual(y!);

        public int GetHashCode(Expr[] obj)
        {
            var hash = new HashCode();
            foreach (var node in obj) hash.Add(node.GetHashCode());
            return hash.ToHashCode();
        }
    }
}
