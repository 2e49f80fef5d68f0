using System.Text.RegularExpressions;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>
/// Words that are written in few places only. Each rule names all of them: a further place fails, and so does a place
/// that no longer uses the word, which keeps the lists short.
/// </summary>
[Trait("Requirement", "S4-01")]
public sealed partial class SourceRulesTests
{
    private const string Data = "ClinicBlazor.Domain/Data/";

    // 7/2/2026 is one day here and another there.
    private const string NumericDay = @"\{\w+:[dgG]\}|ToString\(""[dgG]""|ToShortDateString";

    private static readonly Lazy<IReadOnlyList<(string File, string Code)>> Sources = new(ReadSources);

    [Theory]
    [Trait("Requirement", "S4-08")]
    [InlineData(@"\b(FromSql\w*|ExecuteSql\w*|SqlQuery\w*|CommandText|CreateCommand|migration\w*\.Sql)\b")]
    [InlineData(@"\bIgnoreQueryFilters\b")]
    [InlineData(@"\bExecute(Update|Delete)(Async)?\b")]
    [InlineData(@"\bAccessScope\.Unrestricted\b")]
    [InlineData(@"\.Enter\(")]
    [InlineData(@"\.(Attach|AttachRange|Update|UpdateRange|Entry)\(")]
    public void Source_PastTheGuards_StandsInTheDataFolderAlone(string word) =>
        Assert.All(FilesWith(word), file => Assert.StartsWith(Data, file, StringComparison.Ordinal));

    [Theory]
    [InlineData(@"\bSaveChanges(Async)?\b", "ClinicBlazor.Domain/Accounts/AccountWordsFill.cs",
        "ClinicBlazor.Domain/Accounts/Mail/MailSender.cs",
        "ClinicBlazor.Domain/Audit/Anchors/AuditAnchors.cs", "ClinicBlazor.Domain/Audit/Archives/AuditArchiver.cs",
            "ClinicBlazor.Domain/Audit/AuditSealer.cs",
            "ClinicBlazor.Domain/Demo/DemoData.cs", "ClinicBlazor.Domain/Demo/DemoReviews.cs",
            "ClinicBlazor.Domain/Patients/PatientWordsFill.cs")]
    [InlineData(@"\bOpenUnrestrictedAsync\b", "ClinicBlazor.Domain/Demo/DemoData.cs")]
    [InlineData(@"\bRunForProgramAsync\b", "ClinicBlazor.Domain/Documents/DocumentScanner.cs",
        "ClinicBlazor.Domain/Documents/VaultSweeper.cs", "ClinicBlazor.Domain/Patients/AccountLinkSweeper.cs",
        "ClinicBlazor.Domain/Security/Alerts/AlertTeller.cs", "ClinicBlazor.Domain/Security/Alerts/AlertWatcher.cs",
        "ClinicBlazor.Domain/Security/AuditCheck.cs", "ClinicBlazor.Domain/Security/NightlyVerification.cs",
        "ClinicBlazor.Domain/Security/VerifyRun.cs",
        "ClinicBlazor.Domain/Visits/VisitSweeper.cs")]
    [InlineData(@"\bOpenAccountsAsync\b", "ClinicBlazor.Domain/Accounts/AccountInspection.cs",
        "ClinicBlazor.Domain/Accounts/Grants/RoleGrantSweeper.cs",
        "ClinicBlazor.Domain/Accounts/Mail/MailSender.cs", "ClinicBlazor.Domain/Accounts/SessionService.cs",
            "ClinicBlazor.Domain/Accounts/SessionSweeper.cs",
        "ClinicBlazor.Domain/DataProtection/DataProtectionKeyStore.cs", "ClinicBlazor.Domain/Demo/DemoData.cs")]
    [InlineData(@"\bnew Actor\(", "ClinicBlazor.Domain/Accounts/SessionService.cs")]
    public void Source_OfBackgroundWorkAndSessions_StandsWhereItIsNamed(string word, params string[] files) =>
        Assert.Equal(files, FilesWith(word).Where(file => !file.StartsWith(Data, StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    [Trait("Requirement", "S0-03")]
    public void Source_OfTheRulesOfCookies_IsOneTypeBesideTheChoiceOfLanguage() =>
        Assert.Equal(["ClinicBlazor.App/Composition/Endpoints.cs", "ClinicBlazor.App/Web/ClinicCookie.cs"],
            FilesWith(@"\bCookieOptions\b|__Host-").Order(StringComparer.Ordinal));

    [Fact]
    [Trait("Requirement", "B-10")]
    public void Source_OfLoading_LeavesOutNothingThatBelongsToARow() =>
        Assert.Empty(FilesWith(@"\bIgnoreAutoIncludes\b"));

    [Fact]
    [Trait("Requirement", "S4-07")]
    public void Source_OfDaysThatAreShown_WritesTheMonthAsAWord() => Assert.Empty(FilesWith(NumericDay));

    [Fact]
    public void Source_OfTheWallClock_IsTheInjectedOneOnly() =>
        Assert.Empty(FilesWith(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b"));

    [Theory]
    [InlineData("db.Database.ExecuteSqlAsync($\"DELETE\")",
        @"\b(FromSql\w*|ExecuteSql\w*|SqlQuery\w*|CommandText|CreateCommand|migration\w*\.Sql)\b", true)]
    [InlineData("db.Set<Patient>().IgnoreQueryFilters()", @"\bIgnoreQueryFilters\b", true)]
    [InlineData("// db.Set<Patient>().IgnoreQueryFilters()", @"\bIgnoreQueryFilters\b", false)]
    [InlineData("T[\"Added {0:d}, not used yet\", at]", NumericDay, true)]
    [InlineData("at.ToString(\"g\", culture)", NumericDay, true)]
    [InlineData("T[\"Added {0:d MMM yyyy}, {0:t}\", at]", NumericDay, false)]
    [InlineData("var now = DateTimeOffset.UtcNow; // here", @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", true)]
    public void Code_WithAWord_IsFoundUnlessItIsAComment(string line, string word, bool found) =>
        Assert.Equal(found, Contains(WithoutComments(line), word));

    private static IEnumerable<string> FilesWith(string word) =>
        Sources.Value.Where(source => Contains(source.Code, word)).Select(source => source.File);

    private static IReadOnlyList<(string File, string Code)> ReadSources()
    {
        string[] projects = ["ClinicBlazor.Domain", "ClinicBlazor.App"];
        var files =
            from project in projects
            let folder = Path.Combine(Repository.Root, project)
            where Directory.Exists(folder)
            from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
            where name.EndsWith(".cs", StringComparison.Ordinal) || name.EndsWith(".razor", StringComparison.Ordinal)
                || name.EndsWith(".cshtml", StringComparison.Ordinal)
            where !Generated().IsMatch(name)
            select (name, WithoutComments(File.ReadAllText(file)));
        var sources = files.ToList();
        Assert.NotEmpty(sources);
        return sources;
    }

    private static bool Contains(string code, string word) => Regex.IsMatch(code, word, RegexOptions.NonBacktracking);

    private static string WithoutComments(string code) => Comment().Replace(code, "");

    [GeneratedRegex(@"/(bin|obj|Migrations)/", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Generated();

    // A comment begins after a blank or at the start of a line, so that the slashes of an address are left alone.
    [GeneratedRegex(@"(^|\s)//.*$", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Comment();
}
