namespace Locus.Benchmarks;

/// <summary>A benchmark whose multiply-adds are counted, as FlopCount has them.</summary>
public interface ICounted
{
    /// <summary>Operations of one call with the parameters as they are set.</summary>
    double Flops { get; }

    /// <summary>Threads whose peak it is compared with.</summary>
    int Threads { get; }
}
