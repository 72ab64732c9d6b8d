using System.Text.Json.Nodes;
using Locus.Formats;
using Locus.Problems;
using Locus.Sampling;

namespace Locus.Cli.Runs;

/// <summary>Samples as they are delivered: a row for each, with variables, parameters, and what else was asked for.</summary>
internal sealed class SampleTable
{
    private readonly SampleSet samples;
    private readonly IReadOnlyList<SampleColumn> more;
    private readonly string[] names;

    /// <summary>A table of samples.</summary>
    /// <param name="problem">What was sampled.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="more">Further columns.</param>
    public SampleTable(Problem problem, SampleSet samples, IReadOnlyList<SampleColumn> more)
    {
        this.samples = samples;
        this.more = more;
        string[] own = [.. problem.Variables.Select(v => v.Name), .. problem.Parameters.Select(p => p.Name)];
        // No variable begins with a point: the names of all columns differ.
        names = [.. own, .. more.Select(column => own.Contains(column.Name) ? $".{column.Name}" : column.Name)];
    }

    /// <summary>Samples, N.</summary>
    public int Count => samples.Points.Count;

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>All numbers as an array [N, columns].</summary>
    public Tensor Tensor()
    {
        if (names.Length == samples.Points.Dimension) return Formats.Tensor.Of<double>(samples.Points.Values, Count, names.Length);
        var rows = new double[checked(Count * names.Length)];
        for (var i = 0; i < Count; i++) Fill(i, rows.AsSpan(i * names.Length, names.Length));
        return Formats.Tensor.Of<double>(rows, Count, names.Length);
    }

    /// <summary>Writes all rows as CSV.</summary>
    public void Write(CsvWriter csv)
    {
        csv.Header(names);
        var row = new double[names.Length];
        for (var i = 0; i < Count; i++)
        {
            Fill(i, row);
            if (more.All(column => column.Words is null)) csv.Row(row);
            else csv.Row([.. row.Select((value, j) => Words(j) is { } words ? words[(int)value] : CsvWriter.Text(value))]);
        }
    }

    /// <summary>All rows as JSON arrays; a number that is none is a text.</summary>
    public JsonArray Json()
    {
        var rows = new JsonArray();
        var row = new double[names.Length];
        for (var i = 0; i < Count; i++)
        {
            Fill(i, row);
            rows.Add((JsonNode)new JsonArray([.. row.Select((value, j) => Words(j) is { } words ? words[(int)value] : double.IsFinite(value) ? (JsonNode)value : CsvWriter.Text(value))]));
        }
        return rows;
    }

    private IReadOnlyList<string>? Words(int column) => column < names.Length - more.Count ? null : more[column - (names.Length - more.Count)].Words;

    private void Fill(int i, Span<double> row)
    {
        samples.Points[i].CopyTo(row);
        if (samples.Conditions is { } conditions) conditions[i].CopyTo(row[samples.Points.Dimension..]);
        for (var j = 0; j < more.Count; j++) row[names.Length - more.Count + j] = more[j].Values[i];
    }
}
