namespace Locus.Problems.Language;

/// <summary>
/// The names that an expression may use: variables, parameters, definitions and, inside a loop, its index. It also counts the work that the
/// whole file costs, so that a short text with large loops ends with a message and not with the memory.
/// </summary>
internal sealed class Scope
{
    /// <summary>Most operations that a file may spell out.</summary>
    public const int MaximumWork = 1_000_000;

    private readonly Dictionary<string, Value?> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> later = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> indices = new(StringComparer.Ordinal);
    private long work;

    /// <summary>Every name that is known here, functions too.</summary>
    public IEnumerable<string> Names => indices.Keys.Concat(values.Keys).Concat(FunctionTable.Names);

    /// <summary>Has the file spelt out too many operations? Then nothing more is evaluated.</summary>
    public bool Exhausted => work > MaximumWork;

    /// <summary>Is the name taken?</summary>
    public bool Knows(string name) => values.ContainsKey(name) || indices.ContainsKey(name) || later.ContainsKey(name);

    /// <summary>Gives a name its value; null marks one whose definition is wrong, so that its uses are not reported again.</summary>
    public void Set(string name, Value? value) => values[name] = value;

    /// <summary>Announces a definition that comes further down.</summary>
    public void Announce(string name) => later[name] = name;

    /// <summary>Is the name one of a definition further down?</summary>
    public bool ComesLater(string name) => later.ContainsKey(name);

    /// <summary>Looks a name up.</summary>
    public bool TryGet(string name, out Value? value)
    {
        if (indices.TryGetValue(name, out var index))
        {
            value = new Scalar(index);
            return true;
        }
        return values.TryGetValue(name, out value);
    }

    /// <summary>The value of a loop's index.</summary>
    public bool TryGetIndex(string name, out double index) => indices.TryGetValue(name, out index);

    /// <summary>Sets a loop's index.</summary>
    public void SetIndex(string name, double value) => indices[name] = value;

    /// <summary>Forgets a loop's index.</summary>
    public void EndIndex(string name) => indices.Remove(name);

    /// <summary>Counts operations.</summary>
    /// <exception cref="Mistake">There were too many.</exception>
    public void Spend(int at, long count = 1)
    {
        work += count;
        if (work > MaximumWork)
            throw new Mistake(at, $"the problem spells out more than {MaximumWork} operations: use smaller ranges, or an opaque function in C#");
    }
}
