using Bunit;
using ClinicBlazor.App.Describe;
using ClinicBlazor.App.Layout;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Components.Authorization;

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
            clinic.Host.Clock.Advance(Promised);
            await page.WaitForAssertionAsync(
                () => Assert.Contains("Saved", page.Find("[data-testid=saved-indicator]").TextContent, StringComparison.Ordinal), Promised);
        }

        var again = await clinic.People.SignInAgainAsync(patient);
        await using var later = await PageContext.OfPatientAsync(clinic.Host, again);
        var found = later.Render<DescribePage>();

        await found.WaitForAssertionAsync(() => Assert.Equal("Marjoram-coloured spots.", found.Find("#symptoms").GetAttribute("value")));
        Assert.Contains("Saved", found.Find("[data-testid=saved-indicator]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Marjoram", await ReadDatabaseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void FromDraft_OfAnEarlierVersion_FindsEveryAnswer()
    {
        var answers = ProblemAnswers.FromDraft(
            """{"Problem":"My hip.","Since":"KnownDay","Day":"2026-03-01","Strength":4,"BetterOrWorse":"Rest."}""");

        Assert.Equal(
            new ProblemDescription("My hip.", Onset.On(new DateOnly(2026, 3, 1)), 4, "Rest."),
            answers.Describe());
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

        Assert.Equal("My wrist.", (await DraftOfAsync(patient)).Symptoms);
    }

    [Fact]
    public async Task Leave_TheTextBox_SavesAtOnce()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = context.Render<DescribePage>();
        await DescribePageTests.AnswerAsync(page, "My ankle.");

        await page.Find("#symptoms").ChangeAsync("My ankle.");

        Assert.Equal("My ankle.", (await DraftOfAsync(patient)).Symptoms);
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

        var kept = await DraftOfAsync(patient);
        Assert.Equal(
            new ProblemAnswers
            {
                Command = kept.Command, Symptoms = "My hip.", Onset = OnsetChoice.KnownDay, OnsetDay = "2026-03-01",
                Severity = 4
            }, kept);
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

        Assert.Equal("", (await page.WaitForElementAsync("#symptoms")).GetAttribute("value") ?? "");
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
        var sent = await clinic.Host.Get<RecordService>()
            .DescribeAsync(actor, foreign, new ProblemDescription("Foreign."), CancellationToken.None);

        Assert.All([saved.Error, found.Error, sent.Error], error => Assert.Equal(ErrorKind.NotFound, error?.Kind));
        Assert.Equal("Mine.", (await DraftOfAsync(author)).Symptoms);
    }

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task Typing_AfterTheSessionEnded_IsRefusedAndEmptiesThePage()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = context.Render<DescribePage>();
        await DescribePageTests.AnswerAsync(page, "My shoulder.");
        await page.Find("#symptoms").ChangeAsync("My shoulder.");
        await clinic.Host.Get<SessionService>().SignOutAsync(await clinic.People.ActorAsync(patient));

        await DescribePageTests.AnswerAsync(page, "My shoulder, and more.");
        await page.Find("#symptoms").ChangeAsync("My shoulder, and more.");

        await page.WaitForElementAsync("[data-testid=not-found]");
        Assert.DoesNotContain("shoulder", page.Markup, StringComparison.Ordinal);
        Assert.Equal("/signed-out", context.Address);
        Assert.Equal("My shoulder.", (await DraftOfAsync(await clinic.People.SignInAgainAsync(patient))).Symptoms);
    }

    [Fact]
    public async Task Typing_WhereAnotherWindowHasSavedMeanwhile_OverwritesNothingAndSaysSo()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var here = await PageContext.OfPatientAsync(clinic.Host, patient);
        await using var there = await PageContext.OfPatientAsync(clinic.Host, patient);
        var (first, second) = (here.Render<DescribePage>(), there.Render<DescribePage>());
        await TypeAsync(first, "My left ear.");

        await TypeAsync(second, "My right ear.");

        await second.WaitForElementAsync("[data-testid=written-elsewhere]");
        Assert.Equal("My left ear.", (await DraftOfAsync(patient)).Symptoms);
        await second.Find("form").SubmitAsync();
        Assert.Equal("What is the problem?", second.Find("h1").TextContent);
    }

    [Theory]
    [InlineData(0, "My left ear.")]
    [InlineData(1, "My right ear.")]
    public async Task GoOn_WithOneOfTwoTexts_ShowsAndSavesThatOne(int button, string expected)
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var here = await PageContext.OfPatientAsync(clinic.Host, patient);
        await using var there = await PageContext.OfPatientAsync(clinic.Host, patient);
        var (first, second) = (here.Render<DescribePage>(), there.Render<DescribePage>());
        await TypeAsync(first, "My left ear.");
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await TypeAsync(second, "My right ear.");
        await second.WaitForElementAsync("[data-testid=written-elsewhere]");

        await second.FindAll("[data-testid=written-elsewhere] button")[button].ClickAsync();

        await second.WaitForAssertionAsync(() => Assert.Empty(second.FindAll("[data-testid=written-elsewhere]")));
        Assert.Equal(expected, second.Find("#symptoms").GetAttribute("value"));
        Assert.Equal(expected, (await DraftOfAsync(patient)).Symptoms);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EndOfTheSession_AskedForByItsPerson_SavesTheLastWordsFirst(bool fromElsewhere)
    {
        var patient = await clinic.People.AddPatientAsync();
        var elsewhere = await clinic.People.SignInAgainAsync(patient);
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        context.Render<CascadingAuthenticationState>(parameters => parameters.AddChildContent<PageSessionWatch>());
        var page = context.Render<DescribePage>();
        await DescribePageTests.AnswerAsync(page, "Typed a moment ago.");

        var ended = fromElsewhere
            ? await clinic.Host.Get<OwnSessionService>().EndOthersAsync(await clinic.People.ActorAsync(elsewhere), CancellationToken.None)
            : await clinic.Host.Get<SessionService>().SignOutAsync(await clinic.People.ActorAsync(patient));

        Assert.True(ended.IsSuccess);
        Assert.Equal("Typed a moment ago.", (await DraftOfAsync(elsewhere)).Symptoms);
    }

    private static async Task TypeAsync(IRenderedComponent<DescribePage> page, string text)
    {
        await DescribePageTests.AnswerAsync(page, text);
        await page.Find("#symptoms").ChangeAsync(text);
    }

    private async Task<Result<DateTimeOffset>> SaveAsync(TestPerson person, Guid patientId, string problem) =>
        await clinic.Host.Get<DraftService>().SaveAsync(
            await clinic.People.ActorAsync(person), patientId, DraftService.NewRecordForm,
                new ProblemAnswers { Symptoms = problem }.ToDraft(), CancellationToken.None);

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
