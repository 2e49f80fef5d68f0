using ClinicBlazor.App.Audit;
using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Security;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.Tests.Security.Pages;

/// <summary>Every alert has words of its own, in both languages, and leads to entries that are of it.</summary>
[Trait("Requirement", "S4-10")]
public sealed class AlertWordsTests
{
    private static readonly IServiceProvider Services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    private readonly TestClock clock = new();

    private static IStringLocalizer<SecurityText> Text => Services.GetRequiredService<IStringLocalizer<SecurityText>>();

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public void Sentence_OfEachKind_IsOfItsOwnAndNamesWhoItWas(string language)
    {
        var said = ClinicText.In(language, () => Enum.GetValues<AlertKind>().Select(kind => (
            Title: Text[AlertWords.Title(kind)], Sentence: SentenceOf(Row(kind)), Kind: kind)).ToList());

        Assert.Equal(said.Count, said.Select(words => words.Title.Value).Distinct().Count());
        Assert.Equal(said.Count, said.Select(words => words.Sentence).Distinct().Count());
        Assert.All(said, words =>
        {
            Assert.Equal(language == "en", words.Title.ResourceNotFound);
            Assert.Equal(words.Kind is not (AlertKind.TrailBroken or AlertKind.MailStuck or AlertKind.DiskNearlyFull
                or AlertKind.DocumentsNotScanned),
                words.Sentence.Contains("Ann Adams", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Sentence_OfAChangeOfPower_SaysWhatWasDoneByWhomAndToWhom() => Assert.Equal(
        $"{AuditWording.Of(AuditAct.RolesGiven)}, by Ann Adams, to Bob Baker, from 203.0.113.48.",
        SentenceOf(Row(AlertKind.PowerChanged) with { FirstAt = Row(AlertKind.PowerChanged).LastAt, Subject = "Bob Baker" }));

    [Fact]
    public void Sentence_OfUnknownAccounts_SaysSo() => Assert.StartsWith(
        "5 failed sign-ins for unknown accounts, from 203.0.113.48, since ",
        SentenceOf(Row(AlertKind.FailedSignIns) with { Who = null }), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(3, "3 min ago")]
    [InlineData(119, "119 min ago")]
    [InlineData(120, "2 h ago")]
    [InlineData(48 * 60, "2 days ago")]
    public void Ago_AfterMinutes_IsAsOneSaysIt(int minutes, string words) =>
        Assert.Equal(words, AlertWords.Ago(clock.GetUtcNow().AddMinutes(-minutes), clock.GetUtcNow(), Text));

    [Theory]
    [InlineData(AlertKind.FailedSignIns, null, "Failed")]
    [InlineData(AlertKind.Denials, null, "Denied")]
    [InlineData(AlertKind.SsnGuesses, "PatientSearchedBySsn", "Failed")]
    [InlineData(AlertKind.AttackInput, "AttackInputSeen", null)]
    [InlineData(AlertKind.SessionMoved, "SessionClientChanged", null)]
    [InlineData(AlertKind.ChartVolume, null, null)]
    [InlineData(AlertKind.TrailBroken, "AuditVerified", null)]
    [InlineData(AlertKind.MailStuck, "AlertRaised", null)]
    [InlineData(AlertKind.DiskNearlyFull, "AlertRaised", null)]
    [InlineData(AlertKind.DocumentsNotScanned, "AlertRaised", null)]
    public void Trail_OfAKind_IsTheFilterOfItsEntries(AlertKind kind, string? act, string? outcome)
    {
        var filter = AlertFilter.Trail(Row(kind) with { Act = null });

        Assert.Equal((act, outcome), (filter.Act, filter.Outcome));
        Assert.Equal("Ann Adams", filter.Who);
        Assert.False(filter.HasProblems);
    }

    [Theory]
    [InlineData(99, "99")]
    [InlineData(100, "99+")]
    public void Number_OfManyAlerts_EndsWhereTheyAreCountedTo(int open, string words) => Assert.Equal(words, AlertWords.Number(open));

    private string SentenceOf(AlertRow row) =>
        AlertWords.Sentence(row, clock, Text, Services.GetRequiredService<IStringLocalizer<AuditText>>());

    private AlertRow Row(AlertKind kind) => new(
        Guid.CreateVersion7(), kind, AlertSeverity.LookSoon, clock.GetUtcNow().AddMinutes(-4), clock.GetUtcNow(), 5, Guid.CreateVersion7(),
        "Ann Adams", "203.0.113.48", AuditAct.RolesGiven, MayAcknowledge: true);
}
