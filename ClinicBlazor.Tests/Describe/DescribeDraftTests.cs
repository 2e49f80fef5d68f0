using Bunit;
using ClinicBlazor.App.Describe;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Describe;

/// <summary>What is typed is kept, for its author alone.</summary>
[Trait("Requirement", "B-06")]
public sealed class DescribeDraftTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    [Fact]
    [Trait("Requirement", "S4-05")]
    public async Task Typing_ThenNothing_IsSavedByItselfAndFoundInANewSession()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using (var context = await PageContext.OfPatientAsync(clinic.Host, patient))
        {
            var page = context.Render<DescribePage>();
            await DescribePageTests.AnswerAsync(page, "Marjoram-coloured spots.");
            await page.WaitForAssertionAsync(() => Assert.Contains("Saved", page.Find("[data-testid=saved-indicator]").TextContent, StringComparison.Ordinal), Promised);
        }

        var again = await clinic.People.SignInAgainAsync(patient);
        await using var later = await PageContext.OfPatientAsync(clinic.Host, again);
        var found = later.Render<DescribePage>();

        await found.WaitForAssertionAsync(() => Assert.Equal("Marjoram-coloured spots.", found.Find("#problem").GetAttribute("value")));
        Assert.Contains("Saved", found.Find("[data-testid=saved-indicator]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Marjoram", await ReadDatabaseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leave_WithUnsavedText_SavesIt()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using (var context = await PageContext.OfPatientAsync(clinic.Host, patient))
        {
            var page = context.Render<DescribePage>();
            await DescribePageTests.AnswerAsync(page, "My wrist.");
            await context.DisposeComponentsAsync();
        }

        Assert.Equal("My wrist.", (await DraftOfAsync(patient)).Problem);
    }

    [Fact]
    public async Task Leave_TheTextBox_SavesAtOnce()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = context.Render<DescribePage>();
        await DescribePageTests.AnswerAsync(page, "My ankle.");

        await page.Find("#problem").ChangeAsync("My ankle.");

        Assert.Equal("My ankle.", (await DraftOfAsync(patient)).Problem);
    }

    [Fact]
    public async Task Continue_EveryAnswer_IsInTheDraft()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = context.Render<DescribePage>();
        await DescribePageTests.AnswerAsync(page, "My hip.");
        await DescribePageTests.ContinueAsync(page, "Since when?");
        await page.Find("input[value=KnownDay]").ChangeAsync("KnownDay");
        await page.Find("input[type=date]").InputAsync("2026-03-01");
        await DescribePageTests.ContinueAsync(page, "How strong is it?");
        await page.Find("input[value='4']").ChangeAsync("4");
        await DescribePageTests.ContinueAsync(page, "What makes it better or worse?");

        Assert.Equal(
            new ProblemAnswers { Problem = "My hip.", Since = Onset.KnownDay, Day = "2026-03-01", Strength = 4 },
            await DraftOfAsync(patient));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Open_AnotherPatient_FindsNothingOfTheDraft()
    {
        var author = await clinic.People.AddPatientAsync();
        var other = await clinic.People.AddPatientAsync();
        await SaveAsync(author, author.PatientId!.Value, "Only for my doctor.");
        await using var context = await PageContext.OfPatientAsync(clinic.Host, other);

        var page = context.Render<DescribePage>();

        Assert.Equal("", (await page.WaitForElementAsync("#problem")).GetAttribute("value") ?? "");
        Assert.DoesNotContain("Only for my doctor", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    [Trait("Requirement", "B-07")]
    public async Task Commands_WithAnotherPatientsId_AreRefusedAndChangeNothing()
    {
        var author = await clinic.People.AddPatientAsync();
        var intruder = await clinic.People.AddPatientAsync();
        var foreign = author.PatientId!.Value;
        await SaveAsync(author, foreign, "Mine.");
        var actor = await clinic.People.ActorAsync(intruder);

        var saved = await SaveAsync(intruder, foreign, "Overwritten.");
        var found = await clinic.Host.Get<DraftService>().FindAsync(actor, foreign, DraftService.NewRecordForm, CancellationToken.None);
        var sent = await clinic.Host.Get<RecordService>().DescribeAsync(actor, foreign, new ProblemDescription("Foreign."), CancellationToken.None);

        Assert.All([saved.Error, found.Error, sent.Error], error => Assert.Equal(ErrorKind.NotFound, error?.Kind));
        Assert.Equal("Mine.", (await DraftOfAsync(author)).Problem);
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task Typing_AfterTheSessionEnded_IsRefusedAndEmptiesThePage()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = context.Render<DescribePage>();
        await DescribePageTests.AnswerAsync(page, "My shoulder.");
        await page.Find("#problem").ChangeAsync("My shoulder.");
        await clinic.Host.Get<SessionService>().SignOutAsync(await clinic.People.ActorAsync(patient), CancellationToken.None);

        await DescribePageTests.AnswerAsync(page, "My shoulder, and more.");
        await page.Find("#problem").ChangeAsync("My shoulder, and more.");

        await page.WaitForElementAsync("[data-testid=not-found]");
        Assert.DoesNotContain("shoulder", page.Markup, StringComparison.Ordinal);
        Assert.Equal("/signed-out", context.Address);
        Assert.Equal("My shoulder.", (await DraftOfAsync(await clinic.People.SignInAgainAsync(patient))).Problem);
    }

    private async Task<Result<DateTimeOffset>> SaveAsync(TestPerson person, Guid patientId, string problem) =>
        await clinic.Host.Get<DraftService>().SaveAsync(
            await clinic.People.ActorAsync(person), patientId, DraftService.NewRecordForm, new ProblemAnswers { Problem = problem }.ToDraft(), CancellationToken.None);

    private async Task<ProblemAnswers> DraftOfAsync(TestPerson patient)
    {
        var draft = await clinic.Host.Get<DraftService>().FindAsync(
            await clinic.People.ActorAsync(patient), patient.PatientId!.Value, DraftService.NewRecordForm, CancellationToken.None);
        return ProblemAnswers.FromDraft(draft.Value!.Body);
    }

    /// <summary>Everything that the database has put on the disk, as text.</summary>
    private async Task<string> ReadDatabaseAsync()
    {
        var text = "";
        foreach (var file in Directory.EnumerateFiles(clinic.Host.Settings.DataDirectory, "clinic.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            text += await reader.ReadToEndAsync();
        }

        return text;
    }
}
