using Locus.Engine.Random;
using Locus.Problems.Energies;
using Locus.Tests.Formats;

namespace Locus.Tests.Problems.Energies;

public sealed class LogisticRegressionTests
{
    private const string Table = "id,age,\"dose\",sick\n7,31,0.5,0\n8,42.5,1.5,1\n9,25,1,0\n\n10,60,2.5,1\n11,55,0.25,1\n12,38,1e0,0\n";

    [Theory]
    [InlineData(10)]
    [InlineData(0.5)]
    public void It_is_the_likelihood_times_the_prior_with_all_constants(double prior)
    {
        using var folder = new TemporaryFolder();
        LogisticRegression density = new(folder.Write("table.csv", Table), prior, omit: ["id"]);
        Assert.Equal((3, 6), (density.Dimension, density.Rows));
        DensityChecks.Agree(density, w => Plain(w, prior), 1, 2e-6);
        DensityChecks.Agree(density, w => Plain(w, prior), 30, 2e-6);
        DensityChecks.ScoreIsTheGradient(density, 1);
    }

    // Blanks for commas, the label in front, 1 and 2 for no and yes: the same posterior.
    [Fact]
    public void Columns_are_found_by_name_by_number_and_from_the_end()
    {
        using var folder = new TemporaryFolder();
        var blank = string.Join('\n', Table.Split('\n')[1..].Where(line => line.Length > 0).Select(line => line.Split(',') is var c ? $"  {(c[3] == "1" ? 2 : 1)}\t{c[0]}   {c[1]} {c[2]}" : ""));
        double[] w = [0.3, -0.7, 1.1];
        var expected = new LogisticRegression(folder.Write("a.csv", Table), omit: ["id"]).Log(w, [], [], []);
        Assert.Equal(expected, new LogisticRegression(folder.Write("b.txt", blank), label: "1", omit: ["2"]).Log(w, [], [], []));
        Assert.Equal(expected, new LogisticRegression(folder.Write("c.csv", Table.Replace(',', ';')), label: "sick", omit: ["1"]).Log(w, [], [], []));
    }

    [Theory]
    [InlineData("1 2 0\n3 4 1\n5 6\n", ", line 3, column 2: the row has 2 cells, the first row 3: the file was cut here")]
    [InlineData("1 2 0\n3 ? 1\n", ", line 2, column 2: '?' is no finite number; take out rows in which a value is missing")]
    [InlineData("a,b,c\n1,2,0\n3,nan,1\n", ", line 3, column 2: 'nan' is no finite number")]
    [InlineData("1 2 0\n3 4 1\n5 5 2\n", ": the label, column 3, holds 3 different values (0, 1, 2); it says yes or no by two")]
    [InlineData("1 2 0\n3 2 1\n", ": column 2 is 2 in every row, or too large to be standardised; leave it out: omit: [2]")]
    [InlineData("# nothing\n", ", line 1: there is no row of numbers in this file")]
    [InlineData("0\n1\n", ": no column is left beside the label")]
    public void A_table_that_does_not_fit_is_told_with_its_place(string content, string message)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("table", content);
        Assert.StartsWith(file + message, Message(() => new LogisticRegression(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_and_priors_that_are_not_there_are_told()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("table.csv", Table);
        Assert.Equal($"{file}: there is no column 'ill'; it has 4, id, age, dose, sick; \"last\" is the last one", Message(() => new LogisticRegression(file, label: "ill")));
        Assert.Equal($"{file}: there is no column '5'; it has 4, id, age, dose, sick; \"last\" is the last one", Message(() => new LogisticRegression(file, omit: ["5"])));
        Assert.Contains("the prior of a logistic regression is 0;", Message(() => new LogisticRegression(file, 0)), StringComparison.Ordinal);
        Assert.Contains("there is no such file", Message(() => new LogisticRegression(folder["missing.csv"])), StringComparison.Ordinal);
    }

    // Log Z of a posterior in two dimensions by the trapezoid rule, against the mean of the likelihood over the prior.
    [Fact]
    public void Its_integral_is_the_evidence()
    {
        using var folder = new TemporaryFolder();
        LogisticRegression density = new(folder.Write("table.csv", Table), 2, omit: ["id", "age"]);
        const double h = 0.05, end = 16;
        var evidence = 0.0;
        for (var a = -end; a < end; a += h)
            for (var b = -end; b < end; b += h) evidence += Math.Exp(density.Log([a, b], [], [], [])) * h * h;
        var (mean, square) = (0.0, 0.0);
        const int count = 100_000;
        for (var i = 0UL; i < count; i++)
        {
            var (a, b) = (2 * Draws.Normal(Key.Seed(1), i, 0), 2 * Draws.Normal(Key.Seed(1), i, 1));
            var likelihood = Math.Exp(density.Log([a, b], [], [], []) + (a * a + b * b) / 8 + Math.Log(2 * Math.PI * 4));
            (mean, square) = (mean + likelihood / count, square + likelihood * likelihood / count);
        }
        Assert.InRange(mean, evidence - 4 * Math.Sqrt(square / count), evidence + 4 * Math.Sqrt(square / count));
    }

    [PublicDataFact("german-credit.data-numeric", "breast-cancer.data")]
    public void Public_tables_give_posteriors_whose_score_is_the_gradient()
    {
        LogisticRegression credit = new(PublicDataFactAttribute.PathOf("german-credit.data-numeric")), cancer = new(PublicDataFactAttribute.PathOf("breast-cancer.data"), label: "2", omit: ["1"]);
        Assert.Equal((25, 1000, 31, 569), (credit.Dimension, credit.Rows, cancer.Dimension, cancer.Rows));
        foreach (var density in new[] { credit, cancer })
        {
            DensityChecks.Agree(density, null, 1, 1e-5);
            DensityChecks.ScoreIsTheGradient(density, 0.3, 31);
        }
    }

    private static double Plain(double[] w, double prior)
    {
        double[] age = [31, 42.5, 25, 60, 55, 38], dose = [0.5, 1.5, 1, 2.5, 0.25, 1];
        bool[] sick = [false, true, false, true, true, false];
        double[] Standard(double[] column)
        {
            var mean = column.Average();
            var deviation = Math.Sqrt(column.Average(v => (v - mean) * (v - mean)));
            return [.. column.Select(v => (v - mean) / deviation)];
        }
        var (a, b) = (Standard(age), Standard(dose));
        var log = w.Sum(v => -v * v / (2 * prior * prior) - Math.Log(prior) - 0.5 * Math.Log(2 * Math.PI));
        for (var i = 0; i < sick.Length; i++)
        {
            var odds = w[0] + w[1] * a[i] + w[2] * b[i];
            log -= double.LogP1(Math.Exp(sick[i] ? -odds : odds));
        }
        return log;
    }

    private static string Message(Func<object> make) => Assert.ThrowsAny<LocusException>(make).Message;
}
