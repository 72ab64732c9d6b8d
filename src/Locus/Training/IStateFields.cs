namespace Locus.Training;

/// <summary>
/// Writes or reads the parts of a training state, each named in one place for both: <c>Round = fields.Number("round", Round)</c>. Numbers are byte, int, long,
/// float or double.
/// </summary>
public interface IStateFields
{
    /// <summary>One number.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="name">Its name, unique in the state.</param>
    /// <param name="value">Its value now.</param>
    /// <returns>Its value from now on: the same when writing, the one of the file when reading.</returns>
    T Number<T>(string name, T value)
        where T : unmanaged;

    /// <summary>Numbers in an array whose length is known by now.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="name">Their name, unique in the state.</param>
    /// <param name="values">The numbers; filled when reading.</param>
    void Vector<T>(string name, Span<T> values)
        where T : unmanaged;
}
