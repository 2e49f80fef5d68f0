using System.Globalization;
using Bunit;
using ClinicBlazor.App.Audit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit;

/// <summary>The grid of the audit trail: what its address says of order and columns.</summary>
[Trait("Requirement", "S4-11")]
public sealed class AuditPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Column_PutAway_IsInTheAddressAndNoFurtherEntry()
    {
        await using var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Administrator));
        context.GoTo("/audit?columns=session");
        var page = context.Render<AuditPage>();
        await page.WaitForElementAsync("[data-entry], tbody button");
        var before = await LooksAsync();
        Assert.DoesNotContain("Session", Heads(page));

        await page.Find("[aria-controls=column-choice]").ClickAsync();
        await page.Find("[data-column=who]").ChangeAsync(false);
        await page.WaitForAssertionAsync(() => Assert.DoesNotContain("Who", Heads(page)));

        Assert.Equal("/audit?columns=who.session", context.Address);
        Assert.Equal(before, await LooksAsync());
    }

    [Fact]
    public async Task Column_MadeWiderByItsButtons_IsInTheAddressAndNoNarrowerThanWhatStandsInIt()
    {
        await using var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Administrator));
        context.GoTo("/audit?columns=session.who~3.act~x");
        var page = context.Render<AuditPage>();
        await page.WaitForElementAsync("[data-entry], tbody button");
        var before = await LooksAsync();
        Assert.Equal("--wider: 3", StyleOf("Who"));
        await page.Find("[aria-controls=column-choice]").ClickAsync();

        await page.Find("[data-wider=act]").ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Equal("--wider: 1", StyleOf("Act")));
        Assert.Equal("/audit?columns=who~3.act~1.session", context.Address);
        await page.Find("[data-narrower=act]").ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Null(StyleOf("Act")));
        await page.Find("[data-narrower=act]").ClickAsync();
        await page.Find("[data-wider=session]").ClickAsync();

        Assert.Equal("/audit?columns=who~3.session", context.Address);
        Assert.Equal(before, await LooksAsync());

        string? StyleOf(string title) => page.FindAll("tbody tr:first-child td")[Heads(page).ToList().IndexOf(title)].GetAttribute("style")
            is { Length: > 0 } style ? style.TrimEnd(';') : null;
    }

    [Fact]
    public async Task Sort_FollowedByItsLink_BeginsWithTheOldest()
    {
        await AuditSamples.WriteAsync(clinic.Host, 2);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Administrator));
        var page = context.Render<AuditPage>();
        await page.WaitForElementAsync("tbody time");

        context.GoTo(page.Find("a.sort").GetAttribute("href")!);
        await page.WaitForAssertionAsync(() => Assert.Contains("Newer", page.Find(".pager").TextContent, StringComparison.Ordinal));
        await page.WaitForElementAsync("tbody time");

        var times = page.FindAll("tbody time").Select(time => time.GetAttribute("datetime")!).ToList();
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
        var all = (await AuditSamples.ReadAsync(clinic.Host)).Select(entry => entry.At).ToList();
        Assert.NotEqual(all.Min(), all.Max());
        Assert.Equal(all.Min(), DateTimeOffset.Parse(times[0], CultureInfo.InvariantCulture));
        Assert.Equal("/audit?sort=time", context.Address);
    }

    [Theory]
    [InlineData("3/4/2026", "This could be two days. Write the month as a word, for example 2 Jul 1968.")]
    [InlineData("soon", "This is not a date.")]
    [Trait("Requirement", "S4-07")]
    public async Task Day_ThatIsNoneOrCouldBeTwo_IsRefusedAndStaysAsItWasTyped(string typed, string message)
    {
        await using var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Administrator));
        var page = context.Render<AuditPage>();
        await page.WaitForElementAsync("tbody time");

        await page.Find("#audit-from").InputAsync(typed);
        await page.Find("#audit-from").KeyUpAsync("Enter");

        Assert.Equal(message, (await page.WaitForElementAsync("#audit-from-error")).TextContent);
        Assert.Equal(typed, page.Find("#audit-from").GetAttribute("value"));
        Assert.Equal("true", page.Find("#audit-from").GetAttribute("aria-invalid"));
        Assert.Empty(page.FindAll("tbody time"));
    }

    [Theory]
    [InlineData("2 jul 2026")]
    [InlineData("July 2, 2026")]
    [InlineData("2026-07-02")]
    [Trait("Requirement", "S4-07")]
    public async Task Day_InAFormThatPagesShow_IsAskedForOnce(string typed)
    {
        await using var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Administrator));
        var page = context.Render<AuditPage>();
        await page.WaitForElementAsync("tbody time");
        var before = await LooksAsync();

        await page.Find("#audit-to").InputAsync(typed);
        await page.Find("#audit-to").KeyUpAsync("Enter");

        await page.WaitForAssertionAsync(() => Assert.Equal("/audit?to=2026-07-02", context.Address));
        await page.WaitForAssertionAsync(() => Assert.Equal("2 Jul 2026", page.Find("#audit-to").GetAttribute("value")));
        Assert.Single(context.Visited);
        await TestTime.WaitUntilAsync(async () => await LooksAsync() > before);
        Assert.Equal(before + 1, await LooksAsync());
    }

    [Theory]
    [InlineData("10231")]
    [InlineData("No. 10231")]
    [InlineData("N.º 10231")]
    [InlineData("Patient no. 10231")]
    [InlineData(" 10231 ")]
    [InlineData("10231\u00a0")]
    [InlineData("\u200eNo.\u00a010231\u202c")]
    [Trait("Requirement", "S4-07")]
    public async Task PatientNumber_AsPagesWriteItOrAsItIsPasted_IsAskedFor(string typed)
    {
        await using var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Administrator));
        var page = context.Render<AuditPage>();
        await page.WaitForElementAsync("tbody time");
        Assert.True(int.Parse(page.Find("#audit-patient").GetAttribute("maxlength")!, CultureInfo.InvariantCulture) > typed.Length);

        await page.Find("#audit-patient").ChangeAsync(typed);

        await page.WaitForAssertionAsync(() => Assert.Equal("/audit?patient=10231", context.Address));
        Assert.Empty(page.FindAll("#audit-patient-error"));
        await page.WaitForAssertionAsync(() => Assert.Equal("10231", page.Find("#audit-patient").GetAttribute("value")));
    }

    [Theory]
    [InlineData("No.")]
    [InlineData("Archer")]
    [Trait("Requirement", "S4-07")]
    public async Task PatientNumber_ThatIsNone_IsRefusedAndStaysAsItWasTyped(string typed)
    {
        await using var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Administrator));
        var page = context.Render<AuditPage>();
        await page.WaitForElementAsync("tbody time");

        await page.Find("#audit-patient").ChangeAsync(typed);

        await page.WaitForElementAsync("#audit-patient-error");
        Assert.Equal(typed, page.Find("#audit-patient").GetAttribute("value"));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Entry_OfAList_NamesThePatientsAndOneOfAnIdentifierWhichItWas()
    {
        var patient = await clinic.People.AddChartAsync();
        await AuditSamples.WriteAsync(clinic.Host, 1);
        await AuditSamples.WriteListAsync(clinic.Host, patient);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Administrator));
        var page = context.Render<AuditPage>();
        await page.WaitForElementAsync("tbody button");

        Assert.Contains(page.FindAll("tbody td"), cell => cell.TextContent.Trim() == "In a list: 1");
        Assert.Contains(page.FindAll("tbody td"), cell => cell.TextContent.Contains("phone, SSN", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "B-08")]
    public async Task Report_OfALookThatIsNotRecognised_IsAnsweredThereAndGone()
    {
        var (patient, doctor) = (await clinic.People.AddPatientAsync(), await clinic.People.AddStaffAsync(Roles.Doctor));
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        await clinic.People.AddRecordAsync(patient.PatientId.Value, patient);
        await clinic.Host.Get<RecordService>().ListAssignedAsync(await clinic.People.ActorAsync(doctor), null, CancellationToken.None);
        var asPatient = await clinic.People.ActorAsync(patient);
        var look = Assert.Single(
            (await clinic.Host.Get<AuditService>().OwnAccessHistoryAsync(asPatient, CancellationToken.None)).Value.Looks);
        await clinic.Host.Get<LookReportService>().ReportAsync(asPatient, look.EntryId, CancellationToken.None);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.AddStaffAsync(Roles.Administrator));
        var page = context.Render<AuditPage>();
        var section = await page.WaitForElementAsync("[data-testid=look-reports]");
        Assert.Contains(look.Who, section.TextContent, StringComparison.Ordinal);
        Assert.Contains("Records listed", section.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(asPatient.DisplayName, section.TextContent, StringComparison.Ordinal);

        await section.QuerySelector("button")!.ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("The patient reads it",
            page.Find("[data-testid=look-reports] [role=alert]").TextContent, StringComparison.Ordinal));

        await page.Find("[data-testid=look-reports] textarea").InputAsync("It was the ward round.");
        await page.Find("[data-testid=look-reports] button").ClickAsync();

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[data-testid=look-reports]")));
        var answered = Assert.Single((await clinic.Host.Get<AuditService>()
            .OwnAccessHistoryAsync(await clinic.People.ActorAsync(patient), CancellationToken.None)).Value.Looks,
            row => row.EntryId == look.EntryId);
        Assert.Equal("It was the ward round.", answered.Report!.Answer);
    }

    [Fact]
    [Trait("Requirement", "B-08")]
    [Trait("Requirement", "S0-06")]
    public async Task Report_OfALookOfTheReadersOwn_SaysThatAnotherAdministratorAnswers()
    {
        var (patient, looker) = (await clinic.People.AddPatientAsync(),
            await clinic.People.AddStaffAsync(Roles.Administrator | Roles.Doctor));
        await clinic.People.AssignAsync(looker, patient.PatientId!.Value);
        await clinic.Host.Get<PatientService>()
            .GetAsync(await clinic.People.ActorAsync(looker), patient.PatientId.Value, CancellationToken.None);
        var asPatient = await clinic.People.ActorAsync(patient);
        var look = Assert.Single(
            (await clinic.Host.Get<AuditService>().OwnAccessHistoryAsync(asPatient, CancellationToken.None)).Value.Looks);
        await clinic.Host.Get<LookReportService>().ReportAsync(asPatient, look.EntryId, CancellationToken.None);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, looker);
        var page = context.Render<AuditPage>();

        var row = (await page.WaitForElementAsync("[data-testid=own-look]")).ParentElement!;

        Assert.Contains("another administrator answers", row.TextContent, StringComparison.Ordinal);
        Assert.Contains(look.Who, row.TextContent, StringComparison.Ordinal);
        Assert.Empty(row.QuerySelectorAll("textarea, button"));
        var another = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        await clinic.Host.Get<LookReportService>()
            .AnswerAsync(another, Guid.Parse(row.GetAttribute("data-report")!), "It was the ward round.", CancellationToken.None);
    }

    private static IEnumerable<string> Heads(IRenderedComponent<AuditPage> page) =>
        page.FindAll("thead th").Select(head => head.TextContent.Trim());

    private async Task<int> LooksAsync() => (await AuditSamples.ReadAsync(clinic.Host)).Count(entry => entry.Act == AuditAct.AuditRead);
}
