using Locus.Problems;

namespace Locus.Diagnostics.Rivals;

/// <summary>The box that rejection draws from: the problem's, and where a variable is open, around the points that were found, growing until it seems to hold the set.</summary>
internal sealed class RejectionBox
{
    // Of the width, on each open side: kept free around the points, and taken at once when points lie in the outer half of that.
    private const double Margin = 0.1, Growth = 0.25;

    private readonly Problem problem;

    /// <summary>The problem's own box.</summary>
    /// <param name="problem">The problem.</param>
    public RejectionBox(Problem problem)
    {
        this.problem = problem;
        (Lower, Upper) = ([.. problem.Variables.Select(v => v.Lower)], [.. problem.Variables.Select(v => v.Upper)]);
        IsClosed = Lower.All(double.IsFinite) && Upper.All(double.IsFinite);
    }

    /// <summary>Whether the problem bounds all variables.</summary>
    public bool IsClosed { get; }

    /// <summary>Lower ends, [D].</summary>
    public double[] Lower { get; }

    /// <summary>Upper ends, [D].</summary>
    public double[] Upper { get; }

    /// <summary>Closes the open sides around points of the set.</summary>
    /// <param name="found">[N, D], N at least 1.</param>
    public void Close(Points found)
    {
        for (var d = 0; d < Lower.Length; d++)
        {
            var (low, high) = Span(found, d);
            var margin = Margin * Math.Max(high - low, 1e-9 * Math.Max(1, Math.Abs(high)));
            if (!double.IsFinite(problem.Variables[d].Lower)) Lower[d] = low - margin;
            if (!double.IsFinite(problem.Variables[d].Upper)) Upper[d] = high + margin;
        }
    }

    /// <summary>Moves out each open side next to which a sample lies; false if there is none.</summary>
    /// <param name="samples">Samples from this box, [N, D].</param>
    public bool Grow(Points samples)
    {
        var grown = false;
        for (var d = 0; d < Lower.Length; d++)
        {
            var ((low, high), width) = (Span(samples, d), Upper[d] - Lower[d]);
            var (below, above) = (!double.IsFinite(problem.Variables[d].Lower) && low < Lower[d] + Margin / 2 * width, !double.IsFinite(problem.Variables[d].Upper) && high > Upper[d] - Margin / 2 * width);
            if (below) Lower[d] -= Growth * width;
            if (above) Upper[d] += Growth * width;
            grown |= below || above;
        }
        return grown;
    }

    private static (double Low, double High) Span(Points points, int d)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < points.Count; i++) (low, high) = (Math.Min(low, points[i][d]), Math.Max(high, points[i][d]));
        return (low, high);
    }
}
