namespace Locus.Formats;

/// <summary>The inner part of a plot: turns data into units of a tenth of a pixel, y downwards.</summary>
internal sealed class PlotFrame
{
    /// <summary>Units in a pixel: whole units are then fine enough for the eye and short in the file.</summary>
    public const double UnitsPerPixel = 10;

    private readonly Axis x, y;

    /// <summary>A frame of a size in pixels over data that lie between places (left, bottom) and (right, top).</summary>
    public PlotFrame(Axis x, Axis y, double width, double height, (double Left, double Bottom, double Right, double Top) data, bool equal)
    {
        (this.x, this.y, Width, Height) = (x, y, width, height);
        (Left, Right) = x.Ends(data.Left, data.Right);
        (Bottom, Top) = y.Ends(data.Bottom, data.Top);
        if (!equal) return;
        // The axis with room to spare grows, about its middle.
        var scale = Math.Max((Right - Left) / width, (Top - Bottom) / height);
        var (growX, growY) = ((scale * width - (Right - Left)) / 2, (scale * height - (Top - Bottom)) / 2);
        (Left, Right, Bottom, Top) = (Left - growX, Right + growX, Bottom - growY, Top + growY);
    }

    /// <summary>Width in pixels.</summary>
    public double Width { get; }

    /// <summary>Height in pixels.</summary>
    public double Height { get; }

    /// <summary>The left end as a place, see <see cref="Axis.Place"/>.</summary>
    public double Left { get; }

    /// <summary>The right end as a place.</summary>
    public double Right { get; }

    /// <summary>The lower end as a place.</summary>
    public double Bottom { get; }

    /// <summary>The upper end as a place.</summary>
    public double Top { get; }

    /// <summary>Units to the right of the frame's left edge; NaN for what cannot be shown.</summary>
    public double X(double value) => (x.Place(value) - Left) / (Right - Left) * Width * UnitsPerPixel;

    /// <summary>Units below the frame's upper edge; NaN for what cannot be shown.</summary>
    public double Y(double value) => (Top - y.Place(value)) / (Top - Bottom) * Height * UnitsPerPixel;

    /// <summary>Whether a point in units lies in the frame; false for NaN.</summary>
    public bool Contains(double unitsX, double unitsY) =>
        unitsX >= 0 && unitsX <= Width * UnitsPerPixel && unitsY >= 0 && unitsY <= Height * UnitsPerPixel;
}
