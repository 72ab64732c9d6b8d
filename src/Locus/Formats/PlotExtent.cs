namespace Locus.Formats;

/// <summary>The smallest rectangle of places around points; NaN on all sides while there are none.</summary>
internal sealed class PlotExtent(Axis x, Axis y)
{
    /// <summary>The ends so far, as places.</summary>
    public (double Left, double Bottom, double Right, double Top) Ends { get; private set; } = (double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Takes in a point; a coordinate that cannot be shown is passed over, NaN on purpose.</summary>
    public void Add(double pointX, double pointY)
    {
        var (px, py) = (x.Place(pointX), y.Place(pointY));
        Ends = (Lower(Ends.Left, px), Lower(Ends.Bottom, py), Upper(Ends.Right, px), Upper(Ends.Top, py));
    }

    private static double Lower(double a, double b) => double.MinNumber(a, b);

    private static double Upper(double a, double b) => double.MaxNumber(a, b);
}
