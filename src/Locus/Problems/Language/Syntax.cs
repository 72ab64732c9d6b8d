namespace Locus.Problems.Language;

/// <summary>An expression as written, before names mean anything.</summary>
/// <param name="At">Where it is, as an offset into the expression; for an operation, where its operator is.</param>
internal abstract record Syntax(int At);

/// <summary>A number.</summary>
internal sealed record NumberSyntax(int At, double Value) : Syntax(At);

/// <summary>A name.</summary>
internal sealed record NameSyntax(int At, string Name) : Syntax(At);

/// <summary>-operand.</summary>
internal sealed record NegateSyntax(int At, Syntax Operand) : Syntax(At);

/// <summary>First + a - b ..., or First * a / b ...: any number of operands without nesting, so that long sums stay flat.</summary>
internal sealed record ChainSyntax(int At, Syntax First, IReadOnlyList<(Token Operator, Syntax Operand)> Rest) : Syntax(At);

/// <summary>Base ^ Exponent.</summary>
internal sealed record PowerSyntax(int At, Syntax Base, Syntax Exponent) : Syntax(At);

/// <summary>First &lt;= a &lt;= b ...: each neighbouring pair is a constraint.</summary>
internal sealed record ComparisonSyntax(int At, Syntax First, IReadOnlyList<(Token Operator, Syntax Operand)> Rest) : Syntax(At);

/// <summary>Target[Index].</summary>
internal sealed record IndexSyntax(int At, Syntax Target, Syntax Index) : Syntax(At);

/// <summary>Target[From:To], To excluded; either end may be missing.</summary>
internal sealed record SliceSyntax(int At, Syntax Target, Syntax? From, Syntax? To) : Syntax(At);

/// <summary>[a, b, ...] or [a for i in from..to].</summary>
internal sealed record ListSyntax(int At, IReadOnlyList<Syntax> Items, IReadOnlyList<LoopSyntax> Loops) : Syntax(At);

/// <summary>name(a, b, ...) or name(a for i in from..to).</summary>
internal sealed record CallSyntax(int At, string Name, IReadOnlyList<Syntax> Arguments, IReadOnlyList<LoopSyntax> Loops) : Syntax(At);

/// <summary>for Name in From..To, To excluded.</summary>
internal sealed record LoopSyntax(int At, string Name, Syntax From, Syntax To) : Syntax(At);
