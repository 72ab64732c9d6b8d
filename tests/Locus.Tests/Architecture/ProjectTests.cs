using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Locus.Tests.Architecture;

/// <summary>Cli sees Gallery sees Locus sees Engine sees nothing but .NET; unsafe code is the engine's alone.</summary>
public sealed class ProjectTests
{
    // References run on through the projects named; each may name any that stand below it.
    private static readonly string[] Order = ["Locus.Engine", "Locus", "Locus.Gallery", "Locus.Cli"];

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Locus.Engine"] = [],
        ["Locus"] = ["YamlDotNet", "Google.Protobuf"],
        ["Locus.Gallery"] = [],
        ["Locus.Cli"] = ["System.CommandLine", "Spectre.Console"],
    };

    [Fact]
    public void Every_project_of_the_house_is_known()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Sources.Root, "src")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
        Assert.Equal(Order.Order(StringComparer.Ordinal), folders);
    }

    [Theory]
    [InlineData("Locus.Engine")]
    [InlineData("Locus")]
    [InlineData("Locus.Gallery")]
    [InlineData("Locus.Cli")]
    public void A_project_references_only_what_stands_below_it(string name)
    {
        var project = Load(name);
        var below = Order[..Array.IndexOf(Order, name)];
        var references = project.Descendants("ProjectReference").Select(e => Path.GetFileNameWithoutExtension(e.Attribute("Include")!.Value.Replace('\\', '/'))).ToList();
        Assert.All(references, reference => Assert.Contains(reference, below));
        Assert.Equal(name != "Locus.Engine", references.Count > 0);
        Assert.All(project.Descendants("PackageReference").Select(e => e.Attribute("Include")!.Value), package => Assert.Contains(package, Packages[name]));
        Assert.Empty(project.Descendants("Reference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
    }

    [Fact]
    public void What_all_projects_share_brings_no_package_and_no_reference()
    {
        foreach (var file in new[] { "Directory.Build.props", "src/Directory.Build.props" })
        {
            var shared = XDocument.Load(Path.Combine(Sources.Root, file));
            foreach (var element in new[] { "PackageReference", "ProjectReference", "Reference", "AllowUnsafeBlocks" }) Assert.Empty(shared.Descendants(element));
        }
    }

    [Fact]
    public void Only_the_engine_may_have_unsafe_code()
    {
        foreach (var name in Order)
            Assert.Equal(name == "Locus.Engine", Load(name).Descendants("AllowUnsafeBlocks").Any(e => e.Value == "true"));
        // Words that reach memory without the compiler's permission.
        var reach = new Regex(@"\bunsafe\b|\bUnsafe\.(?!SizeOf\b)|\bMarshal\.|\bNativeMemory\b|\bDllImport\b|\bLibraryImport\b|\bMemoryMarshal\.(GetReference|GetArrayDataReference|CreateSpan|CreateReadOnlySpan)");
        var found = Sources.All.Where(file => !file.Path.StartsWith("src/Locus.Engine/", StringComparison.Ordinal))
            .SelectMany(file => file.Lines.Select((line, i) => (file.Path, Number: i + 1, Line: line)).Where(place => reach.IsMatch(place.Line)))
            .Select(place => $"{place.Path}, line {place.Number}: {place.Line.Trim()}").ToList();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
        Assert.Contains(Sources.All, file => file.Path.StartsWith("src/Locus.Engine/", StringComparison.Ordinal) && file.Lines.Any(line => reach.IsMatch(line)));
    }

    private static XDocument Load(string name) => XDocument.Load(Path.Combine(Sources.Root, "src", name, $"{name}.csproj"));
}
