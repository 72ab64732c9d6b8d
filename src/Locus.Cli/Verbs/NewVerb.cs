using System.CommandLine;
using System.Text.Json.Nodes;
using Locus.Formats;

namespace Locus.Cli.Verbs;

/// <summary>locus new: a problem file to start from.</summary>
internal static class NewVerb
{
    private static readonly Argument<string> File = new Argument<string>("FILE.yaml") { Description = "The file to write; it must not exist yet" }.Named();

    public static Command Create() => new Command("new", "Write a commented problem file to start from") { File }.Does(Run);

    private static int Run(CommandContext context)
    {
        var path = context.Arguments.GetRequiredValue(File);
        if (System.IO.File.Exists(path)) throw new LocusException($"{path}: exists already; name another file or remove it");
        var name = Path.GetFileNameWithoutExtension(path);
        AtomicFile.Write(path, Template.Replace("NAME", IsName(name) ? name : "my-problem", StringComparison.Ordinal));
        context.Note($"wrote {path}; now: locus check {path}, locus train {path}");
        if (context.Json) context.Output.WriteLine(new JsonObject { ["file"] = path }.ToJsonString());
        return ExitCode.Done;
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private const string Template = """
        # A problem: the set of points that satisfy all constraints. Everything after a # is a comment.
        # Check it with 'locus check', train it with 'locus train'. The language: docs/problem-files.md.
        name: NAME
        description: a plate with two holes, of which one moves

        # What is sampled. A box is part of the set: no sample should lie outside.
        variables:
          x: { size: 2, box: [-2, 2], unit: m }        # a vector: x[0], x[1]

        # Parameters: the network learns all of their range at once and is then asked for one value (--given hole=0.5).
        parameters:
          hole: { range: [-1, 1], unit: m }

        # Names for what occurs more than once.
        definitions:
          left: norm(x - [-1.2, 0])                     # distance to the fixed hole's centre
          right: norm(x - [1.2, hole])                  # distance to the moving hole's centre

        # Each line must hold. 'any:' is a union, 'all:' an intersection; '==' makes an equality.
        constraints:
          - left >= 0.4
          - right >= 0.4
          - any:
              - abs(x[1]) <= 1
              - all: [ norm(x) <= 1.8, x[0] <= 0 ]

        # Samples are uniform on the set, or, with an energy E(x), drawn by exp(-E); an energy may also stand without boxes and constraints.
        # energy: norm(x)^2

        # What "uniform" means: volume, surface (for equalities), or component (each piece of a union alike).
        measure: volume

        """;
}
