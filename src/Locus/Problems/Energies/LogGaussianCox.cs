// The log-Gaussian Cox process on a grid (Moller, Syversveen, Waagepetersen 1998): counts y_i of points in the M x M cells of the unit square are Poisson with the rates a exp(f_i), a = 1 / M^2 the area of a cell, and f ~ N(mu 1, K) with
// K(m, n) = s^2 exp(-|m - n| / (M l)), m and n whole cell numbers, mu = log N - s^2 / 2 for N points. The coordinates are the whitened e, f = L e + mu with K = L L^T and e ~ N(0, I), so Z is that of f. As in the literature
// the likelihood is sum_i (y_i f_i - a exp f_i), without log y_i!: log R = -|e|^2 / 2 - (M^2 / 2) log 2 pi + (L^T y).e + mu sum y - sum_i exp(z_i), z = L e + mu + log a.
using Locus.Engine.Kernels;

namespace Locus.Problems.Energies;

/// <summary>The posterior of the log rate of points in the plane, in M^2 coordinates of independent normal prior.</summary>
public sealed class LogGaussianCox : LinearDensity<NegativeExponential>
{
    /// <summary>Largest M: with more, the covariance matrix takes more than 134 MB.</summary>
    public const int LargestGrid = 64;

    private readonly Source source;

    /// <summary>A posterior from the places of points.</summary>
    /// <param name="data">A table whose last two columns are places in the unit square, a row for each point.</param>
    /// <param name="grid">M, 2 to 64.</param>
    /// <param name="variance">s^2, the variance of the log rate; above 0.</param>
    /// <param name="scale">l, the length of its correlation, as a part of the square's side; above 0.</param>
    /// <exception cref="LocusException">The table cannot be read or does not fit; the message names file, line and value.</exception>
    public LogGaussianCox(string data, int grid = 40, double variance = 1.91, double scale = 1 / 33.0)
        : this(Source.Read(data, grid, variance, scale))
    {
    }

    private LogGaussianCox(Source source)
        : base(source.Parts) => this.source = source;

    /// <inheritdoc/>
    public override string Kind => "log-gaussian-cox";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Key, DataFile File)> Files => [("data", source.File)];

    /// <summary>M.</summary>
    public int Grid => source.Grid;

    /// <summary>The log rates f = L e + mu of a sample; cell (row, column) of the grid is number row M + column, row by the first coordinate.</summary>
    /// <param name="e">A sample [M^2].</param>
    /// <returns>f [M^2].</returns>
    public double[] Field(ReadOnlySpan<double> e)
    {
        var f = new double[Dimension];
        for (var i = 0; i < f.Length; i++) f[i] = source.Parts.Map.Forward(i, e) - source.LogArea;
        return f;
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<(string Key, string Value)> Settings => [("grid", Numbers.Print(source.Grid)), ("variance", Numbers.Print(source.Variance)), ("scale", Numbers.Print(source.Scale))];

    /// <inheritdoc/>
    private protected override double Term(double z, out double slope) => slope = -ElementaryDouble.Exp(z);

    private sealed record Source(DataFile File, int Grid, double Variance, double Scale, double LogArea, Parts Parts)
    {
        public static Source Read(string data, int grid, double variance, double scale)
        {
            List<string> wrong = [];
            if (grid is < 2 or > LargestGrid) wrong.Add($"the grid of a Cox process is {grid}; it has 2 to {LargestGrid} cells a side");
            if (!(variance > 0 && double.IsFinite(variance))) wrong.Add($"the variance of a Cox process is {Numbers.Print(variance)}; it must be above 0, such as 1.91");
            if (!(scale > 0 && double.IsFinite(scale))) wrong.Add($"the scale of a Cox process is {Numbers.Print(scale)}; it must be above 0, such as 1/33");
            if (wrong.Count > 0) throw new LocusException(string.Join(Environment.NewLine, wrong));
            var (file, counts) = DataFile.Read(data, (stream, name) => Counts(Formats.NumberTable.Read(stream, name), grid));
            var cells = grid * grid;
            var factor = Covariance(grid, variance, scale);
            Cholesky.Factorise(factor, cells);
            var points = counts.Sum();
            var (mean, logArea) = (ElementaryDouble.Log(points) - variance / 2, -ElementaryDouble.Log(cells));
            var linear = new double[cells];
            for (var i = 0; i < cells; i++)
                if (counts[i] > 0) DoubleRows.AddScaled(counts[i], factor.AsSpan(i * cells, cells), linear);
            var map = new LinearMap(factor, [.. Enumerable.Repeat(mean + logArea, cells)], true);
            return new Source(file, grid, variance, scale, logArea, new Parts(map, linear, 1, PriorConstant(cells, 1) + mean * points));
        }

        private static double[] Counts(Formats.NumberTable table, int grid)
        {
            if (table.Columns < 2) throw Formats.FileContentException.AtLine(table.File, table.Lines[0], $"the row has {table.Columns} column; a place has two, the last ones of the table");
            var counts = new double[grid * grid];
            for (var i = 0; i < table.Count; i++)
                counts[Cell(table, i, table.Columns - 2, grid) * grid + Cell(table, i, table.Columns - 1, grid)]++;
            return counts;
        }

        private static int Cell(Formats.NumberTable table, int row, int column, int grid)
        {
            var place = table[row, column];
            if (place is >= 0 and <= 1) return Math.Min((int)(place * grid), grid - 1);
            throw Formats.FileContentException.AtLine(table.File, table.Lines[row], $"the place {Numbers.Print(place)} lies outside of the unit square; scale the last two columns of the table to 0..1", column + 1);
        }

        // It depends on the difference of two cells alone, of which there are M^2 but for signs.
        private static double[] Covariance(int grid, double variance, double scale)
        {
            var cells = grid * grid;
            var (values, matrix) = (new double[cells], new double[cells * cells]);
            for (var i = 0; i < cells; i++) values[i] = variance * ElementaryDouble.Exp(-Math.Sqrt(i / grid * (i / grid) + i % grid * (i % grid)) / (grid * scale));
            for (var i = 0; i < cells; i++)
                for (var j = 0; j <= i; j++) matrix[i * cells + j] = values[Math.Abs(i / grid - j / grid) * grid + Math.Abs(i % grid - j % grid)];
            return matrix;
        }
    }
}
