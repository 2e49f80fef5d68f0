using System.Text.RegularExpressions;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>Stylesheets say what pages have, and promise nothing that does not happen.</summary>
public sealed partial class StylesheetTests
{
    // What the framework and the library's grid name themselves.
    private static readonly string[] Theirs = ["components-reconnect-", "column-header", "column-options"];

    // What the library's parts name themselves, by the component that draws them: where no page has that one, nobody sees the rule.
    private static readonly Dictionary<string, string> Parts = new()
    {
        ["layout"] = "MudLayout", ["main-content"] = "MudMainContent", ["drawer"] = "MudDrawer", ["navmenu"] = "MudNavMenu",
        ["nav"] = "MudNavMenu", ["input"] = "MudTextField", ["disabled"] = "MudTextField", ["icon"] = "MudTextField",
        ["popover"] = "MudPopoverProvider", ["list"] = "MudSelect", ["selected-item"] = "MudSelect", ["typography"] = "MudSelect",
        ["autocomplete"] = "MudAutocomplete", ["picker"] = "MudDatePicker", ["button"] = "MudDialogProvider", ["dialog"] = "MudDialog",
        ["overlay"] = "MudDialogProvider", ["table"] = "MudDataGrid", ["resizer"] = "MudDataGrid",
    };

    [Fact]
    public void Class_OfEachStylesheet_StandsOnAPage()
    {
        var scripts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "wwwroot-assets", "js"), "*.js");
        var words = PageRulesTests.Sources(".razor", ".cshtml", ".cs").Concat(scripts)
            .SelectMany(file => Word().Matches(File.ReadAllText(file)).Select(match => match.Value)).ToHashSet();

        var left = Sheets().SelectMany(sheet => Class().Matches(Body().Replace(Comment().Replace(sheet.Text, ""), "{}"))
            .Select(match => (sheet.Name, Class: match.Groups["name"].Value)))
            .Where(found => !words.Contains(found.Class) && !IsTheirs(found.Class));

        Assert.Empty(left.Distinct());
    }

    [Fact]
    public void Part_OfTheLibrary_StandsOnAPage()
    {
        var words = PageRulesTests.Sources(".razor", ".cs").SelectMany(file => Word().Matches(File.ReadAllText(file)))
            .Select(match => match.Value).ToHashSet();

        Assert.DoesNotContain(Parts.Values, component => !words.Contains(component));
    }

    [Fact]
    public void Row_ThatDoesNothingWhenItIsClicked_DoesNotLightUp() =>
        Assert.Empty(Sheets().SelectMany(sheet => LitRow().Matches(sheet.Text).Select(match => $"{sheet.Name}: {match.Value}")));

    private static bool IsTheirs(string name) => Array.Exists(Theirs, own => name.StartsWith(own, StringComparison.Ordinal))
        || Parts.Keys.Any(part => name == $"mud-{part}" || name.StartsWith($"mud-{part}-", StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Text)> Sheets() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "wwwroot-assets", "css"), "*.css", SearchOption.AllDirectories)
            .Select(file => (Path.GetFileName(file), File.ReadAllText(file)));

    [GeneratedRegex(@"[A-Za-z_][\w-]*", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex(@"\.(?<name>-?[A-Za-z_][\w-]*)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Class();

    // The innermost braces: what a rule says, as opposed to what it is about.
    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Body();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(\btr|\.mud-table-row):hover\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LitRow();
}
