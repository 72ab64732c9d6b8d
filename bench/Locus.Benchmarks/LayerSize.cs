namespace Locus.Benchmarks;

/// <summary>A layer's size, as the table shows it.</summary>
/// <param name="Outputs">Rows of the weights.</param>
/// <param name="Inputs">Columns of the weights.</param>
public sealed record LayerSize(int Outputs, int Inputs)
{
    /// <summary>Padded, as tables are ordered by this text.</summary>
    public override string ToString() => $"{Outputs,4} x {Inputs,-4}";
}
