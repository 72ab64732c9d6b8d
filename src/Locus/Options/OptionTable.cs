using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Locus.Options;

/// <summary>One row of an <see cref="OptionTable"/>.</summary>
/// <param name="Key">The name in JSON and on the command line, such as "sampler.steps".</param>
/// <param name="Type">The kind of value, in words.</param>
/// <param name="Default">The default as text.</param>
/// <param name="Purpose">What it does and why.</param>
public sealed record OptionRow(string Key, string Type, string Default, string Purpose);

/// <summary>
/// The options of a record, seen from outside: as rows of a table, as JSON, as key=value texts. A record's properties that carry an
/// <see cref="OptionAttribute"/> are its options; a property that is itself such a record contributes its own under "name.". A derived record's own come before
/// those that it inherits.
/// </summary>
public static class OptionTable
{
    // So few that a message can name them all.
    private const int MostNamed = 12;

    /// <summary>All options of a record type with their defaults.</summary>
    /// <param name="defaults">A record that holds the defaults.</param>
    public static IReadOnlyList<OptionRow> Rows(object defaults) =>
        [.. Leaves(defaults, "").Select(leaf => new OptionRow(leaf.Key, TypeName(leaf), Text(leaf.Property.GetValue(leaf.Owner)), $"{leaf.Option.Purpose}{(leaf.Option.Trained ? " A network keeps the value it was trained with." : "")}{(leaf.Option.With is { } with ? $" Only with {with}." : "")}"))];

    /// <summary>The record as a JSON object with every value, the defaults too.</summary>
    /// <param name="options">A record of options.</param>
    public static JsonObject ToJson(object options)
    {
        var json = new JsonObject();
        foreach (var (property, _) in OptionProperties(options.GetType()))
            json[Camel(property.Name)] = property.GetValue(options) is var value && IsNested(property.PropertyType) ? ToJson(value!) : ToNode(value);
        return json;
    }

    /// <summary>The record with the values of a JSON object in place of its own; missing keys keep theirs.</summary>
    /// <typeparam name="T">A record of options.</typeparam>
    /// <param name="options">The values to start from.</param>
    /// <param name="json">Keys and values.</param>
    /// <exception cref="LocusException">Unknown keys or unfit values: all of them in one message.</exception>
    public static T FromJson<T>(T options, JsonObject json)
        where T : class => Set(options, Flatten(json, ""));

    /// <summary>A record of the same type with its defaults: those that files are read into, for an option that is younger than a file does by default what was done without it.</summary>
    /// <typeparam name="T">A record of options.</typeparam>
    /// <param name="options">A record of the type.</param>
    public static T Defaults<T>(T options)
        where T : class => (T)Activator.CreateInstance(options.GetType())!;

    /// <summary>The record with some values replaced.</summary>
    /// <typeparam name="T">A record of options.</typeparam>
    /// <param name="options">The values to start from; left as it is.</param>
    /// <param name="settings">Keys with their values as text; lists are separated by commas.</param>
    /// <exception cref="LocusException">Unknown keys or unfit values: all of them in one message, with what those that fit break in the rules of the record.</exception>
    public static T Set<T>(T options, IEnumerable<KeyValuePair<string, string>> settings)
        where T : class
    {
        var mistakes = new List<string>();
        object changed = Clone(options);
        foreach (var (key, text) in settings)
        {
            var leaf = Leaves(changed, "").FirstOrDefault(l => string.Equals(l.Key, key, StringComparison.OrdinalIgnoreCase));
            if (leaf.Key is null)
            {
                List<string> keys = [.. Leaves(changed, "").Select(l => l.Key)];
                mistakes.Add($"'{key}' is not an option{(Suggestion.For(key, keys) is { Length: > 0 } near ? near : keys.Count <= MostNamed ? $"; there are {string.Join(", ", keys)}" : "")}");
            }
            else if (Parse(leaf, text, out var value) is { } mistake) mistakes.Add(mistake);
            else leaf.Property.SetValue(leaf.Owner, value);
        }
        if (mistakes.Count == 0) return (T)changed;
        if (changed is IValidated validated) mistakes.AddRange(validated.Validate());
        throw new LocusException(string.Join(Environment.NewLine, mistakes));
    }

    /// <summary>All values outside their range, one sentence each; empty when all is well.</summary>
    /// <param name="options">A record of options.</param>
    public static IReadOnlyList<string> Findings(object options) =>
        [.. Leaves(options, "").Select(leaf => RangeMistake(leaf, leaf.Property.GetValue(leaf.Owner))).OfType<string>()];

    /// <summary>Which of some options do nothing beside the values of the others, one sentence each.</summary>
    /// <param name="options">A record of options.</param>
    /// <param name="keys">The options that are asked about; others than those of the record are passed over.</param>
    public static IReadOnlyList<string> Idle(object options, IEnumerable<string> keys)
    {
        List<Leaf> all = [.. Leaves(options, "")];
        return
        [
            .. from leaf in all
               where keys.Contains(leaf.Key, StringComparer.OrdinalIgnoreCase) && leaf.Option.With is { } with && !with.Split(" or ").Any(terms => terms.Split(" and ").All(term => Holds(all, leaf, term)))
               select $"'{leaf.Key}' has no effect here: it does something only with {leaf.Option.With}",
        ];
    }

    /// <summary>Which options differ from those that a network was trained with, though it knows no other value, one sentence each.</summary>
    /// <param name="trained">The options of the training.</param>
    /// <param name="asked">A record of the same type.</param>
    public static IReadOnlyList<string> Unlearned(object trained, object asked) =>
    [
        .. from change in Changes(trained, asked)
           where change.Leaf.Option.Trained
           select $"'{change.Leaf.Key}' is a part of what the network has learned: it was trained with {change.Before} and cannot be run with {change.After}",
    ];

    /// <summary>Which options of two records of a type differ, each with both values: updates 25000 and 100.</summary>
    /// <param name="first">A record of options.</param>
    /// <param name="second">Another one of the same type.</param>
    public static IReadOnlyList<string> Differences(object first, object second) => [.. Changes(first, second).Select(change => $"{change.Leaf.Key} {change.Before} and {change.After}")];

    private static IEnumerable<(Leaf Leaf, string Before, string After)> Changes(object first, object second) =>
        from pair in Leaves(first, "").Zip(Leaves(second, ""))
        let before = Text(pair.First.Property.GetValue(pair.First.Owner))
        let after = Text(pair.Second.Property.GetValue(pair.Second.Owner))
        where before != after
        select (pair.First, before, after);

    // An option of the whole that is not there, as where a record is looked at by itself, says nothing against.
    private static bool Holds(List<Leaf> all, Leaf leaf, string term)
    {
        var (name, values) = term.Split('=') is [var key, var text] ? (key, text.Split('|')) : (term, ["true"]);
        var other = all.FirstOrDefault(l => l.Key == leaf.Key[..(leaf.Key.LastIndexOf('.') + 1)] + name);
        if (other.Key is null) other = all.FirstOrDefault(l => l.Key == name);
        return other.Key is null || values.Contains(Text(other.Property.GetValue(other.Owner)));
    }

    private static IEnumerable<(PropertyInfo Property, OptionAttribute Option)> OptionProperties(Type type) =>
        from level in Levels(type)
        from property in level.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let option = property.GetCustomAttribute<OptionAttribute>()
        where option is not null
        select (property, option);

    private static IEnumerable<Type> Levels(Type? type)
    {
        for (; type is not null; type = type.BaseType) yield return type;
    }

    private static bool IsNested(Type type) => OptionProperties(type).Any();

    private static IEnumerable<Leaf> Leaves(object owner, string prefix)
    {
        foreach (var (property, option) in OptionProperties(owner.GetType()))
            if (IsNested(property.PropertyType))
                foreach (var inner in Leaves(property.GetValue(owner)!, $"{prefix}{Camel(property.Name)}.")) yield return inner;
            else yield return new Leaf($"{prefix}{Camel(property.Name)}", owner, property, option);
    }

    /// <summary>A copy whose nested records are copies too, so that setting values leaves the original alone.</summary>
    private static object Clone(object record)
    {
        var copy = record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
        foreach (var (property, _) in OptionProperties(record.GetType()))
            if (IsNested(property.PropertyType)) property.SetValue(copy, Clone(property.GetValue(record)!));
        return copy;
    }

    private static string? Parse(Leaf leaf, string text, out object? value)
    {
        var type = leaf.Property.PropertyType;
        value = null;
        if (type == typeof(IReadOnlyList<int>))
        {
            var entries = text.Split(',', StringSplitOptions.TrimEntries).Select(e => int.TryParse(e, CultureInfo.InvariantCulture, out var i) ? (int?)i : null).ToList();
            if (entries.Contains(null)) return $"'{leaf.Key}' takes whole numbers separated by commas, not '{text}'";
            value = (int[])[.. entries.Select(e => e!.Value)];
        }
        else if (type.IsEnum)
        {
            var name = Enum.GetNames(type).FirstOrDefault(n => string.Equals(Hyphenated(n), text, StringComparison.OrdinalIgnoreCase));
            if (name is null) return $"'{leaf.Key}' takes one of {string.Join(", ", Enum.GetNames(type).Select(Hyphenated))}, not '{text}'";
            value = Enum.Parse(type, name);
        }
        else if (type == typeof(bool))
        {
            if (!bool.TryParse(text, out var flag)) return $"'{leaf.Key}' takes true or false, not '{text}'";
            value = flag;
        }
        else if (type == typeof(int))
        {
            if (!int.TryParse(text, CultureInfo.InvariantCulture, out var whole)) return $"'{leaf.Key}' takes a whole number, not '{text}'";
            value = whole;
        }
        else
        {
            // Without thousands separators: "0,001" is a mistake, not 1.
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return $"'{leaf.Key}' takes a number, not '{text}'";
            value = number;
        }
        return RangeMistake(leaf, value);
    }

    private static string? RangeMistake(Leaf leaf, object? value)
    {
        var numbers = value switch
        {
            int whole => [whole],
            double number => [number],
            IReadOnlyList<int> list => list.Select(i => (double)i),
            _ => Enumerable.Empty<double>(),
        };
        var (min, max) = (leaf.Option.Min, leaf.Option.Max);
        if (value is IReadOnlyList<int> { Count: 0 }) return $"'{leaf.Key}' must have at least one entry";
        foreach (var x in numbers)
            if (double.IsNaN(x) || x < min || x > max || (leaf.Option.Above && x == min))
                return $"'{leaf.Key}' must be {(leaf.Option.Above ? "above" : "at least")} {Text(min)}{(double.IsInfinity(max) ? "" : $" and at most {Text(max)}")}, not {Text(x)}";
        return null;
    }

    private static Dictionary<string, string> Flatten(JsonObject json, string prefix)
    {
        var flat = new Dictionary<string, string>();
        foreach (var (name, node) in json)
            if (node is JsonObject { Count: > 0 } inner)
                foreach (var (key, value) in Flatten(inner, $"{prefix}{name}.")) flat[key] = value;
            else if (node is JsonArray array) flat[prefix + name] = string.Join(",", array.Select(e => e?.ToString()));
            else flat[prefix + name] = node is null ? "" : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
        return flat;
    }

    private static JsonNode? ToNode(object? value) => value switch
    {
        double number when double.IsInfinity(number) => JsonValue.Create(Text(number)),
        double number => JsonValue.Create(number),
        int whole => JsonValue.Create(whole),
        bool flag => JsonValue.Create(flag),
        IReadOnlyList<int> list => new JsonArray([.. list.Select(i => (JsonNode)JsonValue.Create(i))]),
        _ => JsonValue.Create(Text(value)),
    };

    /// <summary>A value as it is written in a table, in JSON and on the command line.</summary>
    /// <param name="value">A value of an option.</param>
    public static string Text(object? value) => value switch
    {
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        bool flag => flag ? "true" : "false",
        Enum e => Hyphenated(e.ToString()),
        IEnumerable list and not string => string.Join(",", list.Cast<object>()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    private static string TypeName(Leaf leaf)
    {
        var type = leaf.Property.PropertyType;
        return type == typeof(int) ? "whole number"
            : type == typeof(double) ? "number"
            : type == typeof(bool) ? "true, false"
            : type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(Hyphenated))
            : "whole numbers";
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>The text of an enumeration's member: EulerMaruyama is "euler-maruyama".</summary>
    private static string Hyphenated(string name) =>
        string.Concat(name.Select((ch, i) => char.IsUpper(ch) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(ch) : ch.ToString()));

    private readonly record struct Leaf(string Key, object Owner, PropertyInfo Property, OptionAttribute Option);
}
