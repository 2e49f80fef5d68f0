using System.Text.RegularExpressions;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>
/// A line is read without scrolling: 140 characters at most, as <c>.editorconfig</c> says. Longer is only a line that
/// holds a text for people or a literal, which stays in one piece so that a search finds it.
/// </summary>
public sealed partial class LineLengthTests
{
    private const int Longest = 140;
    private const int LongLiteral = 60;

    private static readonly string[] Projects = ["ClinicBlazor.App", "ClinicBlazor.Domain", "ClinicBlazor.Tests", "ClinicBlazor.Bench"];

    [Fact]
    public void Line_OfTheSources_IsReadWithoutScrolling()
    {
        var lines = Projects.SelectMany(ReadLines).ToList();
        Assert.NotEmpty(lines);

        Assert.Empty(lines.Where(line => IsTooLong(line.Text)).Select(line => $"{line.File}:{line.Number}"));
    }

    [Theory]
    [InlineData(Longest, false)]
    [InlineData(Longest + 1, true)]
    public void Line_OfTooManyCharacters_IsNoticed(int length, bool noticed) =>
        Assert.Equal(noticed, IsTooLong(new string('x', length)));

    [Theory]
    [InlineData("\"", "\"")]
    [InlineData("<p>@T[\"", "\"]</p>")]
    public void Line_ThatALiteralMakesLong_MayStay(string before, string after) =>
        Assert.False(IsTooLong(before + new string('x', Longest) + after));

    private static bool IsTooLong(string line) =>
        line.Length > Longest && !Mark().IsMatch(line) && !Literal().Matches(line).Any(literal => literal.Length > LongLiteral);

    private static IEnumerable<(string File, int Number, string Text)> ReadLines(string project) =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where name.EndsWith(".cs", StringComparison.Ordinal) || name.EndsWith(".razor", StringComparison.Ordinal) ||
            name.EndsWith(".cshtml", StringComparison.Ordinal)
        where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal) &&
            !name.Contains("/Migrations/", StringComparison.Ordinal)
        from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
        select (name, line.Number, line.Text);

    [GeneratedRegex("""
        "(\\.|[^"\\])*"
        """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();

    // A page's text, or its mark-up, where a line break could be seen.
    [GeneratedRegex("""
        T\["|<[A-Za-z][^>]*>.*</
        """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();
}
