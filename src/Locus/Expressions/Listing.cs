namespace Locus.Expressions;

/// <summary>Expressions as text, with the subexpressions that they share, each named once before it is used.</summary>
/// <param name="Definitions">Names and their texts, in order: a text uses names further up alone.</param>
/// <param name="Texts">One text for each expression or constraint.</param>
public sealed record Listing(IReadOnlyList<(string Name, string Text)> Definitions, IReadOnlyList<string> Texts);
