using Locus.Expressions;
using Locus.Problems.Language;

namespace Locus.Problems.Yaml;

/// <summary>Turns the texts of one file into values; what is wrong with them is reported at its place in the file.</summary>
internal sealed class Evaluation(SourceText source)
{
    /// <summary>The names that the file's expressions may use.</summary>
    public Scope Scope { get; } = new();

    /// <summary>The value of an expression; null where it is wrong and that has been reported.</summary>
    public Value? Value(TextNode text) => Evaluate(text, (binder, syntax) => binder.Bind(syntax));

    /// <summary>Values that stand in a list, [a, b, ...], or one value; null where one is wrong and that has been reported.</summary>
    public IReadOnlyList<Value>? Values(TextNode text) => Evaluate(text, (binder, syntax) =>
        syntax is ListSyntax list ? binder.Items(list.Items, list.Loops) : binder.Bind(syntax) is { } value ? [value] : null);

    /// <summary>Applies <paramref name="meaning"/> to a text's tree; null where the text is wrong and that has been reported.</summary>
    public T? Evaluate<T>(TextNode text, Func<Binder, Syntax, T?> meaning)
    {
        if (Scope.Exhausted) return default;
        try
        {
            var syntax = ExpressionParser.Parse(text.Expression);
            return meaning(new Binder(Scope, (at, message) => source.Report(text.Place(at), message)), syntax);
        }
        catch (Mistake mistake)
        {
            source.Report(text.Place(mistake.At), mistake.Message);
            return default;
        }
    }

    /// <summary>Makes the declared names known.</summary>
    public void Declare(DeclarationReader variables, DeclarationReader parameters)
    {
        variables.Declare(Scope, Expr.Variable);
        parameters.Declare(Scope, Expr.Parameter);
    }
}
