namespace Locus.Problems.Language;

/// <summary>
/// Reads one expression into a tree by precedence climbing. From loose to tight: comparison; + -; * /; unary -; ^ (to the right); index and
/// call. So -x^2 is -(x^2), 2^-1 is a half, a^b^c is a^(b^c). Nesting is limited, so that no input can exhaust the stack.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>Most levels of brackets, minus signs and powers within each other.</summary>
    public const int MaximumDepth = 100;

    private readonly List<Token> tokens;
    private int next;
    private int depth;

    private ExpressionParser(List<Token> tokens) => this.tokens = tokens;

    private Token Current => tokens[next];

    /// <summary>The tree of <paramref name="text"/>.</summary>
    /// <exception cref="Mistake">The text is no expression.</exception>
    public static Syntax Parse(string text)
    {
        var parser = new ExpressionParser(Tokenizer.Read(text));
        var whole = parser.Comparison();
        // A constraint that is repeated: x[i] <= x[i + 1] for i in 0..3 is all(...) of it.
        var loops = parser.Loops();
        if (loops.Count > 0) whole = new CallSyntax(whole.At, "all", [whole], loops);
        if (parser.Current.Kind != TokenKind.End) throw parser.Expected("an operator or the end");
        return whole;
    }

    private Syntax Comparison()
    {
        if (++depth > MaximumDepth)
            throw new Mistake(Current.Start, $"more than {MaximumDepth} levels of brackets: name parts of it under definitions");
        var first = Sum();
        var rest = new List<(Token, Syntax)>();
        while (Current is { Kind: TokenKind.Symbol, Text: "<=" or ">=" or "==" or "!=" })
        {
            var comparison = Take();
            if (comparison.Text == "!=") throw new Mistake(comparison.Start, "\"!=\" takes nothing measurable away from a set: use <=, >= or ==");
            rest.Add((comparison, Sum()));
        }
        depth--;
        return rest.Count == 0 ? first : new ComparisonSyntax(rest[0].Item1.Start, first, rest);
    }

    private Syntax Sum() => Chain(Product, "+", "-");

    private Syntax Product() => Chain(Signed, "*", "/");

    private Syntax Chain(Func<Syntax> operand, string one, string other)
    {
        var first = operand();
        List<(Token, Syntax)>? rest = null;
        while (Current.Kind == TokenKind.Symbol && (Current.Text == one || Current.Text == other))
            (rest ??= []).Add((Take(), operand()));
        return rest is null ? first : new ChainSyntax(rest[0].Item1.Start, first, rest);
    }

    private Syntax Signed()
    {
        if (++depth > MaximumDepth) throw new Mistake(Current.Start, $"more than {MaximumDepth} levels: name parts of it under definitions");
        Syntax result;
        if (Current.Is("-")) result = new NegateSyntax(Take().Start, Signed());
        else if (Current.Is("+")) throw new Mistake(Current.Start, "a value cannot begin with \"+\"");
        else result = Power();
        depth--;
        return result;
    }

    private Syntax Power()
    {
        var value = Postfix();
        return Current.Is("^") ? new PowerSyntax(Take().Start, value, Signed()) : value;
    }

    private Syntax Postfix()
    {
        var value = Primary();
        for (var count = 0; Current.Is("["); count++)
        {
            if (count == 4) throw new Mistake(Current.Start, "more than 4 indices");
            value = Entry(value);
        }
        return value;
    }

    private Syntax Entry(Syntax target)
    {
        var open = Take();
        var from = Current.Is(":") || Current.Is("..") ? null : Comparison();
        Syntax result;
        if (Current.Is(":") || Current.Is(".."))
        {
            Take();
            result = new SliceSyntax(open.Start, target, from, Current.Is("]") ? null : Comparison());
        }
        else
        {
            result = new IndexSyntax(open.Start, target, from!);
        }
        Close("]", open);
        return result;
    }

    private Syntax Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                next++;
                return new NumberSyntax(token.Start, token.Number);
            case TokenKind.Name when token.Text is "for" or "in":
                throw Expected("a number, a name or a bracket");
            case TokenKind.Name:
                next++;
                return Current.Is("(") ? Call(token) : new NameSyntax(token.Start, token.Text);
            case TokenKind.Symbol when token.Text == "(":
                next++;
                var inner = Comparison();
                Close(")", token);
                return inner;
            case TokenKind.Symbol when token.Text == "[":
                next++;
                var (items, loops) = Items("]", token);
                return new ListSyntax(token.Start, items, loops);
            default:
                throw Expected("a number, a name or a bracket");
        }
    }

    private CallSyntax Call(Token name)
    {
        var open = Take();
        var (items, loops) = Items(")", open);
        return new CallSyntax(name.Start, name.Text, items, loops);
    }

    private (List<Syntax> Items, List<LoopSyntax> Loops) Items(string close, Token open)
    {
        var items = new List<Syntax>();
        var loops = new List<LoopSyntax>();
        if (!Current.Is(close))
        {
            items.Add(Comparison());
            loops = Loops();
            while (loops.Count == 0 && Current.Is(","))
            {
                Take();
                items.Add(Comparison());
            }
            if (items.Count > 1 && Current.Is("for"))
                throw new Mistake(Current.Start, "\"for\" repeats one expression, not several separated by commas: put them into brackets");
        }
        Close(close, open);
        return (items, loops);
    }

    private List<LoopSyntax> Loops()
    {
        var loops = new List<LoopSyntax>();
        while (Current.Is("for"))
        {
            var start = Take();
            if (Current.Kind != TokenKind.Name || FunctionTable.IsReserved(Current.Text))
                throw Expected("the name of an index, as in: for i in 0..4");
            var name = Take().Text;
            if (!Current.Is("in")) throw Expected("\"in\", as in: for i in 0..4");
            Take();
            var from = Sum();
            if (!Current.Is("..") && !Current.Is(":")) throw Expected("\"..\", as in: for i in 0..4");
            Take();
            loops.Add(new LoopSyntax(start.Start, name, from, Sum()));
            if (loops.Count > 8) throw new Mistake(start.Start, "more than 8 indices");
        }
        return loops;
    }

    private void Close(string bracket, Token open)
    {
        if (!Current.Is(bracket)) throw Expected($"\"{bracket}\" to close \"{open.Text}\"");
        next++;
    }

    private Token Take() => tokens[next++];

    private Mistake Expected(string what) => new(Current.Start, $"expected {what}, found {Current.Shown}");
}
