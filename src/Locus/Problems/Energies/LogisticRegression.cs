// Bayesian logistic regression: p(yes | row) = sigma(w_0 + sum_j w_j x_j), the columns x_j standardised to mean 0 and deviation 1, w ~ N(0, s^2 I). The posterior of w, log-prior with its constant and all, so that Z is the evidence.
// With the rows of no turned round, z = +-(w_0 + ...), the log-likelihood is the sum of log sigma(z).
using Locus.Engine.Kernels;

namespace Locus.Problems.Energies;

/// <summary>The posterior of the weights of a logistic regression on a table: w[0] is the bias, the others belong to the columns in their order.</summary>
public sealed class LogisticRegression : LinearDensity<LogSigmoid>
{
    private readonly Source source;

    /// <summary>A posterior from a table.</summary>
    /// <param name="data">The table: numbers apart by commas or blanks, with or without a line of names.</param>
    /// <param name="prior">Standard deviation of each weight, and of the bias, before the data are seen; above 0.</param>
    /// <param name="label">The column that says yes or no by two different numbers, the larger for yes: a name, a number from 1, or "last".</param>
    /// <param name="omit">Columns that are left out, by name or number; null for none.</param>
    /// <exception cref="LocusException">The table cannot be read or does not fit; the message names file, line and value.</exception>
    public LogisticRegression(string data, double prior = 10, string label = "last", IReadOnlyList<string>? omit = null)
        : this(Source.Read(data, prior, label, omit ?? []))
    {
    }

    private LogisticRegression(Source source)
        : base(source.Parts) => this.source = source;

    /// <inheritdoc/>
    public override string Kind => "logistic-regression";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Key, DataFile File)> Files => [("data", source.File)];

    /// <summary>Number of rows of the table.</summary>
    public int Rows => source.Parts.Map.Outputs;

    /// <inheritdoc/>
    internal override IReadOnlyList<(string Key, string Value)> Settings =>
        [("prior", Numbers.Print(source.Prior)), ("label", Numbers.Print(1 + source.Label)), .. source.Omit.Count > 0 ? [("omit", $"[{string.Join(", ", source.Omit.Select(column => Numbers.Print(1 + column)))}]")] : Array.Empty<(string, string)>()];

    /// <inheritdoc/>
    private protected override double Term(double z, out double slope)
    {
        var e = ElementaryDouble.Exp(-Math.Abs(z));
        slope = (z > 0 ? e : 1) / (1 + e);
        return Math.Min(z, 0) - ElementaryDouble.Log(1 + e);
    }

    // Columns by their index.
    private sealed record Source(DataFile File, double Prior, int Label, IReadOnlyList<int> Omit, Parts Parts)
    {
        public static Source Read(string data, double prior, string label, IReadOnlyList<string> omit)
        {
            if (!(prior > 0 && double.IsFinite(prior))) throw new LocusException($"the prior of a logistic regression is {Numbers.Print(prior)}; it is a standard deviation, above 0, such as 10");
            var (file, table) = DataFile.Read(data, Formats.NumberTable.Read);
            var answer = table.Column(label);
            int[] left = [.. omit.Select(table.Column).Distinct().Order()];
            int[] columns = [.. Enumerable.Range(0, table.Columns).Where(column => column != answer && !left.Contains(column))];
            if (columns.Length == 0) throw new LocusException($"{data}: no column is left beside the label; name fewer under omit");
            var yes = Yes(table, answer);
            var width = 1 + columns.Length;
            var rows = new double[table.Count * width];
            for (var i = 0; i < table.Count; i++) rows[i * width] = 1;
            for (var j = 0; j < columns.Length; j++) Standardise(table, columns[j], rows, 1 + j, width);
            for (var i = 0; i < table.Count; i++)
                if (!yes[i])
                    for (var j = 0; j < width; j++) rows[i * width + j] = -rows[i * width + j];
            return new Source(file, prior, answer, left, new Parts(new LinearMap(rows, new double[table.Count], false), new double[width], prior, PriorConstant(width, prior)));
        }

        private static bool[] Yes(Formats.NumberTable table, int column)
        {
            double[] values = [.. Enumerable.Range(0, table.Count).Select(i => table[i, column]).Distinct().Order()];
            if (values.Length == 2) return [.. Enumerable.Range(0, table.Count).Select(i => table[i, column] == values[1])];
            var found = string.Join(", ", values.Take(5).Select(Numbers.Print)) + (values.Length > 5 ? ", ..." : "");
            throw new LocusException($"{table.File}: the label, column {column + 1}, holds {Numbers.Count(values.Length, "value", "different values")} ({found}); it says yes or no by two: name the right column by label, such as label: 1, or label: last");
        }

        private static void Standardise(Formats.NumberTable table, int column, double[] rows, int target, int width)
        {
            double mean = 0, square = 0;
            for (var i = 0; i < table.Count; i++) mean += table[i, column];
            mean /= table.Count;
            for (var i = 0; i < table.Count; i++) square += (table[i, column] - mean) * (table[i, column] - mean);
            var deviation = Math.Sqrt(square / table.Count);
            if (!(deviation > 1e-12 * Math.Abs(mean)) || !double.IsFinite(deviation))
                throw new LocusException($"{table.File}: column {column + 1} is {Numbers.Print(table[0, column])} in every row, or too large to be standardised; leave it out: omit: [{column + 1}]");
            for (var i = 0; i < table.Count; i++) rows[i * width + target] = (table[i, column] - mean) / deviation;
        }
    }
}
