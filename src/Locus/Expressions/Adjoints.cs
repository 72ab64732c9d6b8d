using Locus.Engine.Programs;

namespace Locus.Expressions;

/// <summary>The derivative of the output with respect to each node, as far as it is gathered, in the order in which it comes.</summary>
internal sealed class Adjoints(HashSet<Expr> wanted)
{
    private readonly Dictionary<Expr, Expr> sums = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expr, Expr[]> components = new(ReferenceEqualityComparer.Instance);

    /// <summary>True if the node depends on a variable.</summary>
    public bool Wants(Expr node) => wanted.Contains(node);

    /// <summary>What has been gathered; null for nothing.</summary>
    public Expr? Of(Expr node) => sums.GetValueOrDefault(node);

    /// <summary>The adjoints of all values of a call, 0 where nothing came; null if nothing came at all.</summary>
    public Expr[]? OfComponents(Expr call) => components.GetValueOrDefault(call);

    /// <summary>Adds a share to a node's adjoint.</summary>
    public void Add(Expr node, Expr share)
    {
        if (!Wants(node)) return;
        var sum = sums.TryGetValue(node, out var known) ? known + share : share;
        sums[node] = sum;
        if (node.Operation != Operation.Component) return;
        var call = node.Inputs[0];
        if (!components.TryGetValue(call, out var seeds))
        {
            seeds = new Expr[call.Function!.Outputs];
            Array.Fill(seeds, 0);
            components[call] = seeds;
        }

        seeds[node.Index] = sum;
    }
}
