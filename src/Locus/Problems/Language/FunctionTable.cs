using Locus.Engine.Programs;
using Locus.Expressions;
using static Locus.Expressions.Functions;

namespace Locus.Problems.Language;

/// <summary>The functions of the problem language, by name.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, Function> Functions = new(StringComparer.Ordinal)
    {
        ["abs"] = Function.Of("a number", a => Abs(a)),
        ["sqrt"] = Function.Of("a number", a => Sqrt(a)),
        ["square"] = Function.Of("a number", a => Square(a)),
        ["exp"] = Function.Of("a number", a => Exp(a)),
        ["log"] = Function.Of("a number", a => Log(a)),
        ["sin"] = Function.Of("an angle", a => Sin(a)),
        ["cos"] = Function.Of("an angle", a => Cos(a)),
        ["tan"] = Function.Of("an angle", a => Tan(a)),
        ["asin"] = Function.Of("a number", a => Asin(a)),
        ["acos"] = Function.Of("a number", a => Acos(a)),
        ["atan"] = Function.Of("a number", a => Atan(a)),
        ["sinh"] = Function.Of("a number", a => Sinh(a)),
        ["cosh"] = Function.Of("a number", a => Cosh(a)),
        ["tanh"] = Function.Of("a number", a => Tanh(a)),
        ["erf"] = Function.Of("a number", a => Erf(a)),
        ["sign"] = Function.Of("a number", a => Sign(a)),
        ["floor"] = Function.Of("a number", a => Floor(a)),
        ["atan2"] = Function.Of("y, x", (y, x) => Atan2(y, x)),
        ["pow"] = Function.Of("base, exponent", (a, b) => Pow(a, b)),
        ["ratio"] = Function.Of("a, b", (a, b) => Folding.Build(Operation.DivideOrZero, a, b)),
        ["clamp"] = Function.Of("value, lower, upper", (a, lower, upper) => Clamp(a, lower, upper)),
        ["sum"] = Function.OfAll(0, numbers => Sum(numbers)),
        ["min"] = Function.OfAll(1, numbers => Min(numbers)),
        ["max"] = Function.OfAll(1, numbers => Max(numbers)),
        ["norm"] = Function.OfAll(1, numbers => Norm(numbers)),
        ["logsumexp"] = Function.OfAll(1, numbers => LogSumExp(numbers)),
        ["dot"] = Function.OfVectors((a, b) => new Scalar(Dot(a, b))),
        ["cross"] = Function.OfVectors((a, b) => new Sequence([.. Cross(a, b).Select(entry => new Scalar(entry))]), size: 3),
        ["size"] = Function.OfSize(),
        ["where"] = Function.OfChoice(),
        ["all"] = Function.OfConstraints(members => All(members)),
        ["any"] = Function.OfConstraints(members => Any(members)),
    };

    private static readonly HashSet<string> Words = new(StringComparer.Ordinal) { "for", "in", "pi", "e", "inf", "nan" };

    /// <summary>The names of all functions.</summary>
    public static IEnumerable<string> Names => Functions.Keys;

    /// <summary>Is this a word that nothing else may be named by?</summary>
    public static bool IsReserved(string name) => Words.Contains(name) || Functions.ContainsKey(name);

    /// <summary>The value of a call, or null where it is wrong and that has been reported.</summary>
    public static Value? Call(Binder binder, CallSyntax call)
    {
        if (Functions.TryGetValue(call.Name, out var function)) return function.Apply(binder, call);
        binder.Items(call.Arguments, call.Loops);
        return binder.Unknown(call.At, call.Name, "the function", Names);
    }
}
