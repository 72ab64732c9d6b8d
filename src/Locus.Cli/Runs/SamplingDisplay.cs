using System.Globalization;

namespace Locus.Cli.Runs;

/// <summary>Shows a long drawing of samples to people, with rate and time left; one that is soon done shows nothing.</summary>
/// <param name="context">Where to.</param>
/// <param name="count">Samples in all, N.</param>
/// <param name="patience">For so long nothing is shown.</param>
internal sealed class SamplingDisplay(CommandContext context, int count, TimeSpan patience) : IProgress<int>, IDisposable
{
    /// <summary>What people wait for without wondering.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ProgressLine line = new(context);

    /// <summary>Shows how far the drawing is.</summary>
    /// <param name="value">Samples drawn.</param>
    public void Report(int value)
    {
        if (line.Elapsed < patience) return;
        var fraction = (double)value / count;
        if (line.BarIsDue(fraction)) line.DrawBar(fraction, Status(value));
        if (line.LineIsDue(fraction)) line.WriteLine($"drawing samples: {Status(value)}");
    }

    /// <summary>Ends the bar's line.</summary>
    public void Dispose() => line.Dispose();

    private string Status(int drawn)
    {
        var fraction = (double)drawn / count;
        var rate = drawn / Math.Max(line.Elapsed.TotalSeconds, 1e-9);
        return string.Create(CultureInfo.InvariantCulture, $"{fraction,4:P0} {drawn:N0} of {count:N0}, {rate:N0} samples/s{line.Left(fraction, 1 - fraction)}");
    }
}
