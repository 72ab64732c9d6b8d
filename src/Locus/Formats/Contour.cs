namespace Locus.Formats;

/// <summary>
/// Outlines of {value &lt;= level} on a grid by marching squares (Lorensen and Cline 1987, in the plane): closed loops, the
/// inside always on the same hand, so that holes stay open whatever the fill rule. Where opposite corners of a square are
/// inside, the mean of the four decides whether they touch. What is not finite, and what lies beyond the grid, is outside.
/// </summary>
internal ref struct Contour
{
    private readonly ReadOnlySpan<float> values;
    private readonly int rows, columns;
    private readonly double level;

    // From the edge where a loop enters a square to the edge where it leaves; each cut edge is left by one square only.
    private readonly Dictionary<int, int> next = [];

    private Contour(ReadOnlySpan<float> values, int rows, int columns, double level)
    {
        (this.rows, this.columns, this.level) = (rows, columns, level);
        this.values = values;
    }

    /// <summary>The loops, in grid steps.</summary>
    /// <param name="values">[rows, columns]</param>
    /// <param name="rows">Number of rows; a point's Y runs from 0 to rows - 1.</param>
    /// <param name="columns">Number of columns; a point's X runs from 0 to columns - 1.</param>
    /// <param name="level">The largest value that is inside.</param>
    public static List<List<(double X, double Y)>> Loops(ReadOnlySpan<float> values, int rows, int columns, double level)
    {
        var contour = new Contour(values, rows, columns, level);
        for (var row = -1; row < rows; row++)
            for (var column = -1; column < columns; column++) contour.March(row, column);
        return contour.Chain();
    }

    private readonly void March(int row, int column)
    {
        ReadOnlySpan<(int Row, int Column)> corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)];
        Span<int> entries = stackalloc int[2], exits = stackalloc int[2];
        var (entered, left) = (0, 0);
        for (var i = 0; i < 4; i++)
        {
            var (from, to) = (corners[i], corners[(i + 1) % 4]);
            if (IsInside(from) == IsInside(to)) continue;
            if (IsInside(to)) entries[entered++] = Edge(from, to);
            else exits[left++] = Edge(from, to);
        }
        if (entered == 1) next.Add(exits[0], entries[0]);
        if (entered < 2) return;

        // Around the square each inside corner lies between an entry and the exit behind it.
        var startsInside = IsInside(corners[0]);
        var (before, after) = startsInside ? (1, 0) : (0, 1);
        var mean = (Value(corners[0]) + Value(corners[1]) + Value(corners[2]) + Value(corners[3])) / 4;
        var touch = mean <= level;
        next.Add(exits[0], entries[touch ? after : before]);
        next.Add(exits[1], entries[touch ? before : after]);
    }

    private readonly List<List<(double X, double Y)>> Chain()
    {
        var loops = new List<List<(double, double)>>();
        // In the order of the edges, so that the same grid gives the same picture.
        foreach (var first in next.Keys.Order().ToArray())
        {
            if (!next.ContainsKey(first)) continue;
            var loop = new List<(double, double)>();
            for (var edge = first; next.Remove(edge, out var following); edge = following) loop.Add(Crossing(edge));
            loops.Add(loop);
        }
        return loops;
    }

    // Nodes are numbered with the rim around the grid; an edge is named after its upper or left node and its direction.
    private readonly int Edge((int Row, int Column) a, (int Row, int Column) b)
    {
        var node = (Math.Min(a.Row, b.Row) + 1) * (columns + 2) + Math.Min(a.Column, b.Column) + 1;
        return 2 * node + (a.Row == b.Row ? 0 : 1);
    }

    private readonly (double X, double Y) Crossing(int edge)
    {
        var (row, column) = (edge / 2 / (columns + 2) - 1, edge / 2 % (columns + 2) - 1);
        (int Row, int Column) inside = (row, column), outside = edge % 2 == 0 ? (row, column + 1) : (row + 1, column);
        if (!IsInside(inside)) (inside, outside) = (outside, inside);
        var share = (level - Value(inside)) / (Value(outside) - Value(inside));
        if (!double.IsFinite(share)) share = 0;
        return (inside.Column + share * (outside.Column - inside.Column), inside.Row + share * (outside.Row - inside.Row));
    }

    private readonly bool IsInside((int Row, int Column) node) => Value(node) <= level;

    private readonly double Value((int Row, int Column) node)
    {
        if (node.Row < 0 || node.Row >= rows || node.Column < 0 || node.Column >= columns) return double.PositiveInfinity;
        var value = values[node.Row * columns + node.Column];
        return float.IsNaN(value) ? double.PositiveInfinity : value;
    }
}
