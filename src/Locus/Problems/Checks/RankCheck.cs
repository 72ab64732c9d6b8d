using Locus.Engine.Random;

namespace Locus.Problems;

/// <summary>
/// The rank of the equalities' Jacobian at points near the set. Where it is full, the set is a smooth surface of dimension D - M and
/// projection onto it works; where equalities repeat or touch, it is not.
/// </summary>
internal sealed class RankCheck(Subjects subjects, Standardization standardization, DerivativeCheck derivatives)
{
    private const int Rounds = 40;

    /// <summary>Most entries of a Jacobian that is looked at.</summary>
    private const long LargestJacobian = 200_000;

    /// <summary>The equalities that hold on all of the set, as indices of leaves, [M].</summary>
    public List<int> Equalities { get; } =
        [.. Enumerable.Range(0, subjects.Leaves.Count).Where(i => subjects.Leaves[i] is { IsEquality: true, Always: true })];

    /// <summary>Is there a Jacobian, small enough to look at?</summary>
    public bool Applies => Equalities.Count > 0 && (long)Equalities.Count * subjects.Problem.Dimension <= LargestJacobian;

    /// <summary>Largest rank that was found.</summary>
    public int Rank { get; private set; }

    /// <summary>Points at which the rank is below M, and points that were tried.</summary>
    public (int Deficient, int Tried) Count { get; private set; }

    /// <summary>The first such point and the equality that depends on others there.</summary>
    public string Place { get; private set; } = "";

    /// <summary>Looks at up to 16 of the best points, after Newton's steps to the equalities.</summary>
    public void Run(Key key, SampleCheck samples, CancellationToken cancellation)
    {
        var reference = Reference(key, samples);
        foreach (var (_, start, c) in samples.Best.Take(16))
        {
            cancellation.ThrowIfCancellationRequested();
            var x = (double[])start.Clone();
            for (var round = 0; round < Rounds; round++) Step(x, c, reference);
            if (!Array.TrueForAll(x, double.IsFinite)) continue;
            var basis = new RowBasis(1e-6);
            var dependent = -1;
            for (var m = 0; m < Equalities.Count; m++)
            {
                if (!basis.Add(Row(m, x, c), reference[m]) && dependent < 0) dependent = m;
            }
            Rank = Math.Max(Rank, basis.Rank);
            Count = (Count.Deficient + (dependent >= 0 ? 1 : 0), Count.Tried + 1);
            if (dependent < 0 || Place.Length > 0) continue;
            Place = $"{subjects.Names[subjects.Leaves[Equalities[dependent]].Constraint]}, at {subjects.Place(x, c)}";
        }
    }

    // A row of the Jacobian in standardised coordinates, so that units do not matter.
    private double[] Row(int equality, double[] x, double[] c)
    {
        var row = derivatives.Gradient(Equalities[equality], x, c);
        for (var i = 0; i < row.Length; i++) row[i] *= standardization.Scale[i];
        return row;
    }

    // The longest row seen at the starts: what counts as nothing is measured against it.
    private double[] Reference(Key key, SampleCheck samples)
    {
        var (x, c) = (new double[subjects.Problem.Dimension], new double[subjects.Problem.ConditionCount]);
        var longest = new double[Equalities.Count];
        for (var i = 0UL; i < 16; i++)
        {
            samples.Draw(key, i, x, c);
            for (var m = 0; m < longest.Length; m++)
            {
                var row = Row(m, x, c);
                var length = Math.Sqrt(RowBasis.Dot(row, row));
                if (double.IsFinite(length)) longest[m] = Math.Max(longest[m], length);
            }
        }
        return longest;
    }

    // One sweep of Kaczmarz (1937) on the linearised equalities along orthogonal directions: the smallest step that meets those that are independent.
    private void Step(double[] x, double[] c, double[] reference)
    {
        var basis = new RowBasis(1e-9);
        var step = new double[x.Length];
        for (var m = 0; m < Equalities.Count; m++)
        {
            var row = Row(m, x, c);
            if (!basis.Add(row, reference[m])) continue;
            var missing = derivatives.Value(Equalities[m], x, c) + RowBasis.Dot(row, step);
            var factor = missing / RowBasis.Dot(row, basis.Last);
            for (var i = 0; i < step.Length; i++) step[i] -= factor * basis.Last[i];
        }
        for (var i = 0; i < x.Length; i++) x[i] += standardization.Scale[i] * step[i];
    }
}
