using System.Text.RegularExpressions;
using ClinicBlazor.App.Composition;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>Both projects are layers: what stands below knows nothing of what stands above (<see cref="Layers"/>).</summary>
[Trait("Requirement", "S4-01")]
public sealed partial class LayerTests
{
    private const string Domain = "ClinicBlazor.Domain";
    private const string App = "ClinicBlazor.App";

    public static TheoryData<string> Projects => [Domain, App];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_OfAProject_AreTheLinesOfItsList(string project)
    {
        // What is named by a folder's tooling and holds no code is no layer.
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, project)).Select(folder => Path.GetFileName(folder))
            .Where(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, project, folder), "*", SearchOption.AllDirectories)
                .Any(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)))
            .Where(folder => folder is not ("bin" or "obj"));

        Assert.Equal(OrderOf(project).Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_InCompiledCode_UseThoseBelowThemAlone(string project)
    {
        var types = (project == Domain ? typeof(Actor) : typeof(ClinicHost)).Assembly.GetTypes();
        var edges = Layers.EdgesOf(types, project);

        Assert.NotEmpty(edges);
        Assert.Empty(Layers.Upwards(edges, OrderOf(project)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_InTheirText_NameThoseBelowThemAlone(string project)
    {
        // Constants and names leave no mark in compiled code.
        var edges = EdgesInText(project).Where(edge => edge.To != edge.From).Distinct().ToDictionary(edge => edge, _ => "by name");

        Assert.NotEmpty(edges);
        Assert.Empty(Layers.Upwards(edges, OrderOf(project)));
    }

    [Fact]
    public void Edges_OfADeliberatelyWrongType_AreFound()
    {
        var edges = Layers.EdgesOf([typeof(WrongSide.Kernel.FloorThatLooksUp)], "ClinicBlazor.Tests.Architecture.WrongSide");
        var upwards = Layers.Upwards(edges, ["Records", "Kernel"]);

        Assert.Equal(["Kernel -> Records: FloorThatLooksUp uses UpThere"], upwards);
        Assert.Empty(Layers.Upwards(edges, ["Kernel", "Records"]));
        Assert.NotEmpty(Layers.Upwards(edges, ["Kernel"]));
    }

    [Fact]
    public void Edges_OfTheDomain_HoldTheOnesThatAreThere()
    {
        var edges = Layers.EdgesOf(typeof(Actor).Assembly.GetTypes(), Domain);

        Assert.Contains(("Records", "Patients"), edges.Keys);
        Assert.Equal("Records", Layers.FolderOf(typeof(RecordService), Domain));
        Assert.Equal("Kernel", Layers.FolderOf(typeof(ClinicSettings), Domain));
    }

    private static IReadOnlyList<string> OrderOf(string project) => project == Domain ? Layers.Domain : Layers.App;

    private static IEnumerable<(string From, string To)> EdgesInText(string project)
    {
        var root = Path.Combine(Repository.Root, project);
        return
            from folder in OrderOf(project)
            from file in Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)
            where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
                || file.EndsWith(".cshtml", StringComparison.Ordinal)
            where !file.Contains("Migrations", StringComparison.Ordinal)
            from Match named in Named().Matches(Comment().Replace(File.ReadAllText(file), ""))
            where named.Groups["project"].Value == project && OrderOf(project).Contains(named.Groups["folder"].Value)
            select (folder, named.Groups["folder"].Value);
    }

    [GeneratedRegex(@"\b(?<project>ClinicBlazor\.(Domain|App))\.(?<folder>\w+)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Named();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Comment();
}
