namespace Locus.Problems.Language;

/// <summary>The functions of the problem language, by name.</summary>
internal static class FunctionTable
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal) { "for", "in", "pi", "e", "inf", "nan" };

    /// <summary>Is this a word that nothing else may be named by?</summary>
    public static bool IsReserved(string name) => Words.Contains(name);
}
