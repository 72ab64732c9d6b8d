using System.Globalization;
using Locus.Expressions;

namespace Locus.Tests.Expressions;

/// <summary>A plain reader of the expression language by its grammar, to see what <see cref="ExprText"/> wrote.</summary>
internal sealed class TextReader(string text, Func<string, Expr> name)
{
    private int at;

    public static Expr[] Read(Listing listing, params string[] variables)
    {
        var known = variables.Select((v, i) => (v, Expr.Variable(i))).ToDictionary(p => p.v, p => p.Item2);
        foreach (var (definition, text) in listing.Definitions) known.Add(definition, new TextReader(text, n => known[n]).Whole());
        return [.. listing.Texts.Select(t => new TextReader(t, n => known[n]).Whole())];
    }

    /// <summary>An expression, or the value of a comparison: left - right for &lt;= and ==, right - left for &gt;=.</summary>
    public Expr Whole()
    {
        var value = Sum();
        if (Take("<=") || Take("==")) value -= Sum();
        else if (Take(">=")) value = Sum() - value;
        Assert.Equal(text.Length, at);
        return value;
    }

    private Expr Sum()
    {
        var value = Product();
        while (true)
        {
            if (Take("+")) value += Product();
            else if (Take("-")) value -= Product();
            else return value;
        }
    }

    private Expr Product()
    {
        var value = Signed();
        while (true)
        {
            if (Take("*")) value *= Signed();
            else if (Take("/")) value /= Signed();
            else return value;
        }
    }

    private Expr Signed()
    {
        if (Take("-")) return -Signed();
        var value = Primary();
        return Take("^") ? Functions.Pow(value, Signed()) : value;
    }

    private Expr Primary()
    {
        if (Take("("))
        {
            var inner = Sum();
            Assert.True(Take(")"));
            return inner;
        }

        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '.' or '[' or ']' || IsSignOfExponent(start))) at++;
        var word = text[start..at];
        if (char.IsDigit(word[0])) return double.Parse(word, CultureInfo.InvariantCulture);
        if (!Take("(")) return name(word);
        var arguments = new List<Expr>();
        do
        {
            arguments.Add(Sum());
            if (Take("<=")) arguments.Add(Sum());
        }
        while (Take(","));
        Assert.True(Take(")"));
        return Call(word, arguments);
    }

    private bool IsSignOfExponent(int start) => at > start && text[at] is '-' or '+' && text[at - 1] == 'E' && char.IsDigit(text[start]);

    private static Expr Call(string function, List<Expr> a) => function switch
    {
        "abs" => Functions.Abs(a[0]),
        "sqrt" => Functions.Sqrt(a[0]),
        "exp" => Functions.Exp(a[0]),
        "log" => Functions.Log(a[0]),
        "sin" => Functions.Sin(a[0]),
        "cos" => Functions.Cos(a[0]),
        "tan" => Functions.Tan(a[0]),
        "asin" => Functions.Asin(a[0]),
        "acos" => Functions.Acos(a[0]),
        "atan" => Functions.Atan(a[0]),
        "atan2" => Functions.Atan2(a[0], a[1]),
        "sinh" => Functions.Sinh(a[0]),
        "cosh" => Functions.Cosh(a[0]),
        "tanh" => Functions.Tanh(a[0]),
        "erf" => Functions.Erf(a[0]),
        "sign" => Functions.Sign(a[0]),
        "floor" => Functions.Floor(a[0]),
        "min" => Functions.Min(a),
        "max" => Functions.Max(a),
        "norm" => Functions.Norm(a),
        "ratio" => Functions.Ratio(a[0], a[1]),
        "where" => Functions.Where(a[0], a[1], a[2], a[3]),
        _ => throw new ArgumentException(function),
    };

    private bool Take(string token)
    {
        while (at < text.Length && text[at] == ' ') at++;
        if (string.CompareOrdinal(text, at, token, 0, token.Length) != 0) return false;
        at += token.Length;
        while (at < text.Length && text[at] == ' ') at++;
        return true;
    }
}
