using Locus.Formats;
using Locus.Problems;

namespace Locus.Tests.Problems;

/// <summary>Typical mistakes and the exact words for them.</summary>
public class ProblemFileMistakeTests
{
    private const string Head = "name: a\nvariables:\n  x: { size: 2, box: [-1, 1] }\n  load: { box: [0, 5] }\nparameters:\n  target: { range: [0, 1] }\nconstraints:\n";

    [Theory]
    [InlineData("nrom(x) <= 1", 5, "the function \"nrom\" is not known; did you mean \"norm\"?")]
    [InlineData("lod <= 1", 5, "the name \"lod\" is not known; did you mean \"load\"?")]
    [InlineData("qqqq <= 1", 5, "the name \"qqqq\" is not known")]
    [InlineData("norm(x <= 1", 16, "expected \")\" to close \"(\", found the end")]
    [InlineData("norm(x)) <= 1", 12, "expected an operator or the end, found \")\"")]
    [InlineData("[x[0], 1 <= 2", 18, "expected \"]\" to close \"[\", found the end")]
    [InlineData("load <= ", 12, "expected a number, a name or a bracket, found the end")]
    [InlineData("load <= * 2", 13, "expected a number, a name or a bracket, found \"*\"")]
    [InlineData("load**2 <= 1", 9, "powers are written with ^, not **")]
    [InlineData("load <= +2", 13, "a value cannot begin with \"+\"")]
    [InlineData("2 load <= 1", 7, "expected an operator or the end, found \"load\"")]
    [InlineData("2load <= 1", 6, "expected an operator after 2, found \"l\"; a product is written with *")]
    [InlineData("x[2] <= 1", 7, "there is no entry 2: the entries are 0 to 1")]
    [InlineData("x[-1] <= 1", 7, "there is no entry -1: the entries are 0 to 1")]
    [InlineData("x[0.5] <= 1", 7, "expected a whole number, found 0.5")]
    [InlineData("x[load] <= 1", 7, "expected a fixed number, found one that depends on variables or parameters")]
    [InlineData("x[1:3] <= 1", 6, "there is no part 1:3 of 2 entries (the end is not included)")]
    [InlineData("load[0] <= 1", 9, "only a vector has entries; this is a number")]
    [InlineData("x + [1, 2, 3] <= 1", 7, "the sizes differ: 2 and 3")]
    [InlineData("dot(x, [1]) <= 1", 5, "dot takes two vectors of the same size, found 2 and 1")]
    [InlineData("dot(x, 1) <= 1", 5, "dot takes two vectors, found a vector of 2 and a number")]
    [InlineData("cross(x, x) <= 1", 5, "cross takes two vectors of 3, found 2")]
    [InlineData("atan2(load) <= 1", 5, "atan2 takes 2 arguments (y, x), found 1")]
    [InlineData("sin(1, 2) <= 1", 5, "sin takes 1 argument (an angle), found 2")]
    [InlineData("min() <= 1", 5, "min needs at least one number")]
    [InlineData("where(load, 1, 2) <= 1", 5, "where takes a comparison and two values: where(a <= b, yes, no)")]
    [InlineData("sin <= 1", 5, "the function \"sin\" needs its arguments in brackets: sin(...)")]
    [InlineData("load <= inf", 13, "\"inf\" may stand as an end of a box only; what is to be left out of a set, or to have no density, is cut off by a box or a constraint")]
    [InlineData("load <= nan", 13, "\"nan\" is not a number that a problem can hold")]
    [InlineData("load <= 1e400", 13, "the number 1e400 is too large")]
    [InlineData("load <= 1/0", 14, "this is not a finite number: Divide of 1 and 0")]
    [InlineData("log(-1) <= load", 5, "this is not a finite number: Log of -1")]
    [InlineData("load != 1", 10, "\"!=\" takes nothing measurable away from a set: use <=, >= or ==")]
    [InlineData("load <= 1 <= ", 17, "expected a number, a name or a bracket, found the end")]
    [InlineData("load + 1", 5, "expected a constraint such as norm(x) <= 1, found a number: compare it by <=, >= or ==")]
    [InlineData("(load <= 1) + 1 <= 2", 17, "expected a number, found a constraint such as a <= b")]
    [InlineData("all(load)", 5, "all takes constraints such as a <= b, found a number")]
    [InlineData("load <= 1 && x[0] <= 1", 15, "\"&\" has no place in an expression: write all(a, b) or any(a, b)")]
    [InlineData("load <= 1 $", 15, "\"$\" has no place in an expression")]
    [InlineData("sum(x[i] for i in 0..3) <= 1", 11, "there is no entry 2: the entries are 0 to 1")]
    [InlineData("sum(x[i] for i in 2) <= 1", 24, "expected \"..\", as in: for i in 0..4, found \")\"")]
    [InlineData("sum(x[0] for load in 0..2) <= 1", 14, "\"load\" is already the name of something else: choose another index")]
    [InlineData("sum(x[i] for i in 2..0) <= 1", 14, "the range 2..0 runs backwards (the end is not included)")]
    [InlineData("sum(x[0], x[1] for i in 0..2) <= 1", 20, "\"for\" repeats one expression, not several separated by commas: put them into brackets")]
    [InlineData("some: [ load <= 1 ]", 5, "expected a constraint such as norm(x) <= 1, or the key all or any, found the key \"some\"; a text that contains \": \" needs quotes")]
    [InlineData("ani: [ load <= 1 ]", 5, "expected a constraint such as norm(x) <= 1, or the key all or any, found the key \"ani\"; did you mean \"any\"?")]
    [InlineData("*x <= 1", 5, "\"*\" begins an alias in YAML, which problem files do not have: put the text in quotes, or use definitions")]
    [InlineData("!x <= 1", 5, "\"&\" and \"!\" begin anchors and tags in YAML, which problem files do not have: put the text in quotes")]
    public void A_mistake_in_a_constraint_is_placed_and_explained(string constraint, int column, string message)
    {
        var e = Assert.Throws<ProblemException>(() => ProblemFile.Parse($"{Head}  - {constraint}\n  - norm(x) <= 1\n", "a.yaml"));
        Assert.Equal(new Finding("a.yaml", 8, column, message), e.Findings[0]);
        Assert.Equal($"a.yaml:8:{column}: {message}", e.Message.Split('\n')[0]);
    }

    [Theory]
    [InlineData("variables:", "variables", 2, 10, "variables")]
    [InlineData("variables:", "variables   # what is sampled", 2, 10, "variables")]
    [InlineData("name: a", "name a", 1, 5, "name")]
    [InlineData("name: a", "# a plate\nname a\n\n# with holes", 2, 5, "name")]
    [InlineData("  x: {", "  x {", 3, 4, "x")]
    [InlineData("  load: {", "  load {", 4, 7, "load")]
    [InlineData("parameters:", "parameters", 5, 11, "parameters")]
    [InlineData("constraints:", "measure volume\nconstraints:", 7, 8, "measure")]
    [InlineData("constraints:", "constraints", 7, 12, "constraints")]
    public void A_missing_colon_is_placed_behind_its_key(string right, string wrong, int line, int column, string key)
    {
        var text = Head.Replace(right, wrong, StringComparison.Ordinal) + "  - norm(x) <= 1\n";
        var e = Assert.Throws<ProblemException>(() => ProblemFile.Parse(text, "a.yaml"));
        Assert.Equal(new Finding("a.yaml", line, column, $"a \":\" is missing after \"{key}\""), Assert.Single(e.Findings));
    }

    [Theory]
    [InlineData("variables:", "variable:", 2, "the key \"variable\" is not known; did you mean \"variables\"?")]
    [InlineData("constraints:", "constrains:", 7, "the key \"constrains\" is not known; did you mean \"constraints\"?")]
    [InlineData("name:", "nmae:", 1, "the key \"nmae\" is not known; did you mean \"name\"?")]
    public void A_misspelt_key_is_one_mistake(string right, string wrong, int line, string message)
    {
        var text = Head.Replace(right, wrong, StringComparison.Ordinal) + "  - norm(x) <= 1\n";
        var e = Assert.Throws<ProblemException>(() => ProblemFile.Parse(text, "a.yaml"));
        Assert.Equal(new Finding("a.yaml", line, 1, message), Assert.Single(e.Findings));
    }

    [Theory]
    [InlineData("x: { box: [3, -3] }", 3, "x: the box [3, -3] is empty: its lower end must be below its upper end")]
    [InlineData("x: { box: [0, nan] }", 17, "\"nan\" is not a number that a problem can hold")]
    [InlineData("x: { box: [0, many] }", 17, "the name \"many\" is not known; did you mean \"any\"?")]
    [InlineData("x: { box: 3 }", 13, "expected [lower, upper]")]
    [InlineData("x: { size: 3, box: [[0, 1], [0, 1]] }", 22, "expected [lower, upper], or 3 of them: [[lower, upper], ...], found 2 intervals")]
    [InlineData("x: { size: large }", 14, "the name \"large\" is not known")]
    [InlineData("x: { size: 0 }", 14, "the size is 1 to 10000, not 0")]
    [InlineData("x: { box: [0, 1e30] }", 3, "x: the box [0, 1E+30] is too large: ends must lie within 1E+18; choose another unit")]
    [InlineData("x: { bx: [0, 1] }", 8, "the key \"bx\" is not known; did you mean \"box\"?")]
    [InlineData("x: { range: [0, 1] }", 8, "the key \"range\" is not known; a variable has size, box, unit, periodic")]
    [InlineData("x: { periodic: true }", 18, "\"x\" is periodic and needs the box of one turn, such as box: [-pi, pi]")]
    [InlineData("x: { box: [0, inf], periodic: true }", 3, "x is periodic and its box [0, inf] has no end: give it the box of one turn, such as [-pi, pi]")]
    [InlineData("x: { box: [0, 1], periodic: yes }", 31, "periodic is true or false, not \"yes\"")]
    [InlineData("x: { box: [0, 1], peridic: true }", 21, "the key \"peridic\" is not known; did you mean \"periodic\"?")]
    [InlineData("x: [0, 1]", 6, "expected the properties of variable \"x\", such as { box: [-1, 1] }, found \"[0, 1]\"")]
    [InlineData("pi: { box: [0, 1] }", 3, "\"pi\" is a word of the problem language and cannot name a variable")]
    [InlineData("x-y: { box: [0, 1] }", 3, "\"x-y\" is no name: use letters, digits and _, beginning with a letter, or one entry of a vector such as q[0]")]
    [InlineData("x[1]: { box: [0, 1] }", 3, "\"x[1]\" must follow x[0]: the entries of a vector stand together, in order, from 0")]
    public void A_mistake_in_a_variable_is_placed_and_explained(string variable, int column, string message)
    {
        var e = Assert.Throws<ProblemException>(() => ProblemFile.Parse($"name: a\nvariables:\n  {variable}\nconstraints: [ 1 <= 2 ]\n", "a.yaml"));
        Assert.Equal([new Finding("a.yaml", 3, column, message)], e.Findings);
    }

    [Theory]
    [InlineData("", 1, 1, "a problem file begins with keys: name, variables, constraints")]
    [InlineData("just a text", 1, 1, "a problem file begins with keys: name, variables, constraints")]
    [InlineData("name: a\nvariables: { x: }\n", 1, 1, "a problem needs the key \"constraints\", such as constraints: [ norm(x) <= 1 ], or an energy, such as energy: sum(x^2)")]
    [InlineData("name: a\nvariables: { x: { size: 2 } }\nenergy: x\n", 3, 9, "the energy is one number for a point, such as sum(x^2), not a vector of 2")]
    [InlineData("name: a\nvariables: { x: { size: 2 } }\nenergy: [1, 2]\n", 3, 9, "the energy is one number for a point, such as sum(x^2), not a vector of 2")]
    [InlineData("name: a\nvariables: { x: { size: 2 } }\nenergy: { a: b }\n", 3, 9, "expected an expression such as sum(x^2), or a kind with its data, such as { kind: logistic-regression, data: table.csv }, found keys with values")]
    [InlineData("name: a\nvariables: { x: { size: 2 } }\nenergy: sum(y)\n", 3, 13, "the name \"y\" is not known; did you mean \"x\"?")]
    [InlineData("name: a b\nvariables: { x: }\nconstraints: [x <= 1]\n", 1, 7, "the name \"a b\" cannot name a folder: use letters, digits, - and _, beginning with a letter or digit, at most 64 characters")]
    [InlineData("name: a\nvariabels: { x: }\nvariables: { x: }\nconstraints: [x <= 1]\n", 2, 1, "the key \"variabels\" is not known; did you mean \"variables\"?")]
    [InlineData("name: a\nname: b\nvariables: { x: }\nconstraints: [x <= 1]\n", 2, 1, "the key \"name\" stands here twice")]
    [InlineData("name: a\nvariables: { x: }\nconstraints: [x <= 1]\nenergy: x^2\nmeasure: component\n", 5, 10, "measure: component gives all parts the same share, and the energy gives them others; leave one of them out")]
    [InlineData("name: a\nvariables: { x: }\nconstraints: [x <= 1]\nmeasure: volum\n", 4, 10, "the measure is volume, surface or component, not \"volum\"; did you mean \"volume\"?")]
    [InlineData("name: a\nvariables: { x: }\nparameters: { c: }\nconstraints: [x <= c]\n", 3, 15, "the parameter \"c\" needs its range: [lower, upper]")]
    [InlineData("name: a\nvariables: { x: }\nparameters: { x: { range: [0, 1] } }\nconstraints: [x <= 1]\n", 3, 15, "the name \"x\" is taken twice")]
    [InlineData("name: a\nvariables: { x: }\ndefinitions: { x: 1 }\nconstraints: [x <= 1]\n", 3, 16, "the name \"x\" is taken twice")]
    [InlineData("name: a\nvariables: { x: }\ndefinitions:\n  a: b\n  b: x\nconstraints: [x <= 1]\n", 4, 6, "\"b\" is not defined yet: a definition uses those above it")]
    [InlineData("name: a\nvariables: { x: }\n---\nname: b\n", 3, 1, "a problem file has one document: remove this \"---\"")]
    public void A_mistake_in_the_file_is_placed_and_explained(string text, int line, int column, string message)
    {
        var e = Assert.Throws<ProblemException>(() => ProblemFile.Parse(text, "a.yaml"));
        Assert.Equal([new Finding("a.yaml", line, column, message)], e.Findings);
    }

    [Theory]
    [InlineData("name: a\n variables: { x: }\nconstraints: [x <= 1]\n", 2, "check the indentation")]
    [InlineData("name: a\nvariables:\n\tx:\nconstraints: [x <= 1]\n", 3, "a tab in the indentation: YAML is indented with spaces")]
    [InlineData("name: a\nvariables: { x: \nconstraints: [x <= 1]\n", 2, "this is not YAML")]
    [InlineData("name: \"a\nvariables: { x: }\n", 1, "this is not YAML")]
    public void Broken_yaml_is_placed_with_advice(string text, int line, string part)
    {
        var e = Assert.Throws<ProblemException>(() => ProblemFile.Parse(text, "a.yaml"));
        Assert.InRange(e.Findings[0].Line, line, line + 1);
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_of_a_file_are_listed_at_once_in_its_order()
    {
        var e = Assert.Throws<ProblemException>(() => ProblemFile.Parse("""
            name: wrong name
            variables:
              q: { size: 2, box: [3, -3], unit: rad }
              load: { bx: [0, 5] }
            definitions:
              tip: [cos(q[0]) + csin(q[1]), sin(q[0]) + sin(q[2])]
            constraints:
              - norm(tip - q <= 0.1
              - any:
                  - lod <= 1 - ld
                  - all: [ load <= 1, tip[0] & 0 ]
            measure: area
            """, "a.yaml"));
        Assert.Equal([(1, 7), (3, 3), (4, 11), (6, 21), (6, 51), (8, 24), (10, 9), (10, 20), (11, 34), (12, 10)], e.Findings.Select(f => (f.Line, f.Column)));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() => Assert.Contains(
        "no-such-file.yaml", Assert.Throws<FileAccessException>(() => ProblemFile.Read("no-such-file.yaml")).Message, StringComparison.Ordinal);
}
