using System.Globalization;

namespace Locus.Problems;

/// <summary>One mistake in the description of a problem.</summary>
/// <param name="Source">The file, or "problem NAME" when the problem was built in code.</param>
/// <param name="Line">Line in the file, from 1; 0 where there is no file.</param>
/// <param name="Column">Column in the line, from 1; 0 where there is no file.</param>
/// <param name="Message">What is wrong, with the value and the way out.</param>
public sealed record Finding(string Source, int Line, int Column, string Message)
{
    /// <summary>"file:line:column: message", the form that editors and terminals make clickable.</summary>
    public override string ToString() =>
        Line == 0 ? $"{Source}: {Message}" : string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}:{Column}: {Message}");
}
