using System.Text.RegularExpressions;
using System.Xml.Linq;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>All text goes through the resource files, and everything is there in both languages.</summary>
public sealed partial class TextRulesTests
{
    // What stands in markup as it is in every language: keys of a keyboard, marks, units.
    private static readonly string[] Everywhere = ["Ctrl", "Ctrl K", "Enter", "Esc", "Alt", "Shift", "Tab", "ICD-10", "SSN", "TIN",
        "English", "Español"];

    [Fact]
    public void Keys_InEveryFolder_HaveASpanishText()
    {
        var missing = new List<string>();
        foreach (var folder in PageRulesTests.Sources(".razor", ".cshtml", ".cs").GroupBy(file => Path.GetDirectoryName(file)!))
        {
            var spanish = Spanish(folder.Key);
            var keys = folder.SelectMany(
                file => Key().Matches(File.ReadAllText(file)).Select(match => Regex.Unescape(match.Groups["key"].Value)));
            missing.AddRange(keys.Distinct().Where(key => !spanish.Contains(key)).Select(key => $"{Path.GetFileName(folder.Key)}: {key}"));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void Spanish_EveryText_IsTranslatedAndKeepsThePlaceholders()
    {
        foreach (var file in PageRulesTests.Sources(".resx"))
        {
            foreach (var data in XDocument.Load(file).Root!.Elements("data"))
            {
                var (key, text) = (data.Attribute("name")!.Value, data.Element("value")!.Value);
                Assert.False(string.IsNullOrWhiteSpace(text), $"{Path.GetFileName(file)}: {key}");
                Assert.Equal(Placeholders(key), Placeholders(text));
            }
        }
    }

    [Fact]
    public void Spanish_EveryText_BelongsToWordsThatAPageShows()
    {
        // What pages say of values is named like them; what the domain says is shown where it is asked. The library asks for its own.
        var values = typeof(Actor).Assembly.GetExportedTypes().Where(type => type.IsEnum).SelectMany(Enum.GetNames).ToHashSet();
        var domain = Read(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "ClinicBlazor.Domain"))
            .Where(folder => Path.GetFileName(folder) is not ("obj" or "bin"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)));
        var left = new List<string>();
        foreach (var file in PageRulesTests.Sources(".resx").Where(file => Path.GetFileName(file) != "StaffLibraryText.es.resx"))
        {
            var pages = Read(PageRulesTests.Sources(".razor", ".cshtml", ".cs")
                .Where(source => source.StartsWith(Path.GetDirectoryName(file)! + Path.DirectorySeparatorChar, StringComparison.Ordinal)));
            left.AddRange(XDocument.Load(file).Root!.Elements("data").Select(data => data.Attribute("name")!.Value)
                .Where(key => !values.Contains(key) && !Holds(pages, key) && !Holds(domain, key))
                .Select(key => $"{Path.GetFileName(file)}: {key}"));
        }

        Assert.Empty(left);
    }

    [Fact]
    public void Markup_EveryPage_HoldsNoHardWiredText()
    {
        var found = new List<string>();
        foreach (var file in PageRulesTests.Sources(".razor", ".cshtml"))
        {
            var text = File.ReadAllText(file);
            var code = text.IndexOf("@code", StringComparison.Ordinal);
            var markup = Comment().Replace(code < 0 ? text : text[..code], "");
            found.AddRange(HardWired().Matches(markup)
                .Select(match => match.Groups["text"].Value.Trim())
                .Where(word => !Everywhere.Contains(word))
                .Select(word => $"{Path.GetFileName(file)}: {word}"));
        }

        Assert.Empty(found);
    }

    /// <summary>What is translated beside the file or in a folder above it.</summary>
    private static HashSet<string> Spanish(string folder)
    {
        var keys = new HashSet<string>();
        var top = Path.Combine(Repository.Root, "ClinicBlazor.App");
        for (var place = folder; place.StartsWith(top, StringComparison.Ordinal); place = Path.GetDirectoryName(place)!)
        {
            keys.UnionWith(Directory.EnumerateFiles(place, "*.es.resx")
                .SelectMany(file => XDocument.Load(file).Root!.Elements("data").Select(data => data.Attribute("name")!.Value)));
        }

        return keys;
    }

    private static string Read(IEnumerable<string> files) => string.Join('\n', files.Select(File.ReadAllText));

    private static bool Holds(string sources, string key)
    {
        var written = key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        return sources.Contains($"\"{written}\"", StringComparison.Ordinal);
    }

    private static string[] Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value).Distinct().Order()];

    [GeneratedRegex("""\b(?:T|text)\["(?<key>(?:[^"\\]|\\.)+)"[\],]""", RegexOptions.NonBacktracking)]
    private static partial Regex Key();

    [GeneratedRegex(@"\{\d+[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"<[a-z][a-z0-9]*(?: [^<>]*)?>(?<text>[^<>@{}()=;""]*[A-Za-z]{2,}[^<>@{}()=;""]*)</", RegexOptions.NonBacktracking)]
    private static partial Regex HardWired();
}
