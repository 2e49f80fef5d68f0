using System.Security.Claims;
using Bunit;
using ClinicBlazor.App.Describe;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Describe;

/// <summary>A patient describes a problem: the way through the questions, and what is sent.</summary>
public sealed class DescribePageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task Send_AllQuestionsAnswered_MakesOneRecordOfTheWords()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = context.Render<DescribePage>();
        await AnswerAsync(page, "My left knee\nis <b>swollen</b>.");
        await ContinueAsync(page, "Since when?");
        await page.Find("input[value=Days]").ChangeAsync("Days");
        await ContinueAsync(page, "How strong is it?");
        await page.Find("input[value='7']").ChangeAsync("7");
        await ContinueAsync(page, "What makes it better or worse?");
        await page.Find("textarea").InputAsync("Stairs make it worse.");
        await ContinueAsync(page, "Check your answers");
        Assert.Equal("Send to the clinic", page.Find("button[type=submit]").TextContent);

        await page.Find("form").SubmitAsync();

        await page.WaitForElementAsync("[data-testid=sent]");
        var record = Assert.Single(await RecordsAsync(patient));
        Assert.Equal(new ProblemDescription("My left knee\nis <b>swollen</b>.", Onset.Of(OnsetChoice.Days), 7, "Stairs make it worse."),
            record.Description);
        Assert.False(record.OnBehalf);
        Assert.Null(await DraftOfAsync(patient));
        Assert.Equal("/records/new?step=sent", context.Address);
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task Send_OnlyTheProblemGiven_MakesARecord()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = await ReviewAsync(context, "Dizzy.");
        Assert.Equal(3, page.FindAll("dd").Count(answer => answer.TextContent.Trim() == "Not answered"));

        await page.Find("form").SubmitAsync();

        await page.WaitForElementAsync("[data-testid=sent]");
        Assert.Equal(new ProblemDescription("Dizzy."), Assert.Single(await RecordsAsync(patient)).Description);
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task Send_PressedTwice_MakesOneRecord()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var gate = new Gate(SessionPrincipal.Of((await clinic.People.FindSessionAsync(patient))!));
        context.Services.AddSingleton<AuthenticationStateProvider>(gate);
        var page = await ReviewAsync(context, "A cough.");
        gate.Close();
        var first = page.Find("form").SubmitAsync();
        var second = page.Find("form").SubmitAsync();

        gate.Open();
        await Task.WhenAll(first, second);

        await page.WaitForElementAsync("[data-testid=sent]");
        Assert.Single(await RecordsAsync(patient));
        Assert.Null(await DraftOfAsync(patient));
    }

    [Fact]
    public async Task Send_SentInAnotherWindowBefore_SaysSoAndMakesNoSecond()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var first = await PageContext.OfPatientAsync(clinic.Host, patient);
        await using var second = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = await ReviewAsync(first, "A rash.");
        second.GoTo("/records/new?step=review");
        var other = second.Render<DescribePage>();
        await other.WaitForElementAsync("form");
        await page.Find("form").SubmitAsync();
        await page.WaitForElementAsync("[data-testid=sent]");

        await other.Find("form").SubmitAsync();

        await other.WaitForAssertionAsync(() => Assert.Contains("These answers were sent already", other.Markup, StringComparison.Ordinal));
        Assert.Single(await RecordsAsync(patient));
    }

    [Fact]
    public async Task Change_FromTheReview_LeadsBackToTheReview()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = await ReviewAsync(context, "My ear.");
        context.GoTo(page.Find("#answer-Onset a").GetAttribute("href")!);
        await page.WaitForAssertionAsync(() => Assert.Equal("Since when?", page.Find("h1").TextContent));
        Assert.Equal("/records/new?step=review", page.Find(".actions a").GetAttribute("href"));
        await page.Find("input[value=KnownDay]").ChangeAsync("KnownDay");
        await page.Find("input[type=date]").InputAsync("2026-02-27");

        await ContinueAsync(page, "Check your answers");

        Assert.Contains($"{new DateOnly(2026, 2, 27):D}", page.Find("#answer-Onset").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Back_InTheBrowser_ShowsTheQuestionBeforeWithItsText()
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = context.Render<DescribePage>();
        await AnswerAsync(page, "My tooth.");
        await ContinueAsync(page, "Since when?");
        Assert.Equal("/records/new?step=onset", context.Address);

        context.GoTo("/records/new");

        await page.WaitForAssertionAsync(() => Assert.Equal("My tooth.", page.Find("#symptoms").GetAttribute("value")));
    }

    [Theory]
    [InlineData("/records/new?step=review", "/records/new")]
    [InlineData("/records/new?step=severity", "/records/new")]
    [InlineData("/records/new?step=sent", "/records")]
    public async Task Open_ScreenThatIsNotDueYet_LeadsToTheOneThatIs(string address, string expected)
    {
        var patient = await clinic.People.AddPatientAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        context.GoTo(address);

        var page = context.Render<DescribePage>();

        await page.WaitForAssertionAsync(() => Assert.Equal(expected, context.Address));
        Assert.Empty(page.FindAll("[data-testid=sent]"));
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Open_AccountNotLinkedYet_AsksForAnIdentityDocumentAndForNothingElse()
    {
        var person = await clinic.People.AddUnlinkedAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, person);

        var page = context.Render<DescribePage>();

        await page.WaitForElementAsync("[data-testid=not-linked]");
        Assert.Empty(page.FindAll("form"));
    }

    /// <summary>Waits for the first question and writes into it.</summary>
    internal static async Task AnswerAsync(IRenderedComponent<DescribePage> page, string text) =>
        await (await page.WaitForElementAsync("#symptoms")).InputAsync(text);

    /// <summary>Presses the button and waits for the next screen.</summary>
    internal static async Task ContinueAsync(IRenderedComponent<DescribePage> page, string title)
    {
        await page.Find("form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Equal(title, page.Find("h1").TextContent));
    }

    /// <summary>Answers the first question only and goes on to the review.</summary>
    internal static async Task<IRenderedComponent<DescribePage>> ReviewAsync(PageContext context, string text)
    {
        var page = context.Render<DescribePage>();
        await AnswerAsync(page, text);
        string[] titles = ["Since when?", "How strong is it?", "What makes it better or worse?", "Check your answers"];
        foreach (var title in titles)
        {
            await ContinueAsync(page, title);
        }

        return page;
    }

    private async Task<SavedDraft?> DraftOfAsync(TestPerson patient) =>
        (await clinic.Host.Get<DraftService>().FindAsync(await clinic.People.ActorAsync(patient), patient.PatientId!.Value,
            DraftService.NewRecordForm, CancellationToken.None)).Value;

    private async Task<IReadOnlyList<RecordDetails>> RecordsAsync(TestPerson patient)
    {
        await using var db = await clinic.Host.OpenAsync();
        var ids = await db.Set<MedicalRecord>().Where(record => record.PatientId == patient.PatientId).Select(record => record.Id)
            .ToListAsync();
        var details = new List<RecordDetails>();
        foreach (var id in ids)
        {
            details.Add(
                (await clinic.Host.Get<RecordService>().GetAsync(await clinic.People.ActorAsync(patient), id, CancellationToken.None))
                .Value);
        }

        return details;
    }

    /// <summary>Answers who sits here only while it is open, so that an operation can be held half way.</summary>
    private sealed class Gate(ClaimsPrincipal person) : AuthenticationStateProvider
    {
        private TaskCompletionSource? closed;

        public void Close() => closed = new TaskCompletionSource();

        public void Open() => closed!.SetResult();

        public override async Task<AuthenticationState> GetAuthenticationStateAsync()
        {
            await (closed?.Task ?? Task.CompletedTask);
            return new AuthenticationState(person);
        }
    }
}
