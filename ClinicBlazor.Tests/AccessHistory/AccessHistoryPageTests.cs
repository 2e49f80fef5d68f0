using Bunit;
using ClinicBlazor.App.AccessHistory;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.AccessHistory;

/// <summary>A patient reads who looked.</summary>
[Trait("Requirement", "B-08")]
public sealed class AccessHistoryPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    public async Task Open_SomebodyLooked_SaysWhoWhenAndWhat()
    {
        var patient = await clinic.People.AddPatientAsync();
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId.Value, patient);
        var actor = await clinic.People.ActorAsync(doctor);
        var at = clinic.Host.Clock.GetUtcNow();
        await clinic.Host.Get<PatientService>().GetAsync(actor, patient.PatientId.Value, CancellationToken.None);
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(2));
        await clinic.Host.Get<RecordService>().GetAsync(actor, recordId, CancellationToken.None);
        await clinic.Host.Get<RecordService>().GetAsync(actor, recordId, CancellationToken.None);
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);

        var page = context.Render<AccessHistoryPage>();

        var visitor = await page.WaitForElementAsync("[data-testid=visitor]");
        Assert.Equal(actor.DisplayName, visitor.QuerySelector("h3")!.TextContent);
        Assert.Equal("Doctor", visitor.QuerySelector(".meta")!.TextContent);
        Assert.Equal(["Read one of your records", "Opened your page"],
            visitor.QuerySelectorAll("[data-act]").Select(act => act.TextContent));
        var (earlier, later) = (Local(at), Local(at.AddMinutes(2)));
        Assert.Equal([$"{later:f}", $"{earlier:f}"], visitor.QuerySelectorAll("dt").Select(time => time.TextContent));
    }

    [Fact]
    public async Task Open_LooksBeforeInAndAfterAVisit_AreGroupedByIt()
    {
        var patient = await clinic.People.AddPatientAsync();
        var patientId = patient.PatientId!.Value;
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, patientId);
        var actor = await clinic.People.ActorAsync(doctor);
        var reception = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception));
        var (patients, clock) = (clinic.Host.Get<PatientService>(), clinic.Host.Clock);
        await patients.GetAsync(actor, patientId, CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(1));
        var arrived = clock.GetUtcNow();
        var visitId = await clinic.People.AddVisitAsync(patientId);
        clock.Advance(TimeSpan.FromMinutes(1));
        await patients.GetAsync(actor, patientId, CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(1));
        await clinic.Host.Get<VisitService>().DoAsync(reception, patientId, visitId, VisitAct.Finish, reason: null, CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(1));
        await patients.GetAsync(actor, patientId, CancellationToken.None);
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);

        var page = context.Render<AccessHistoryPage>();

        await page.WaitForElementAsync("[data-testid=visitor]");
        Assert.Equal(["Outside of a visit", $"Visit of {Local(arrived):D}", "Outside of a visit"],
            page.FindAll("[data-testid=period] h2").Select(title => title.TextContent));
        Assert.Equal([reception.DisplayName, actor.DisplayName],
            page.FindAll("[data-testid=period]")[1].QuerySelectorAll("h3").Select(name => name.TextContent));
        Assert.Equal([1, 2, 1], page.FindAll("[data-testid=period]").Select(period => period.QuerySelectorAll("[data-act]").Length));
    }

    [Fact]
    public async Task Open_TwoRecordsReadWithinAMinute_NamesEach()
    {
        var patient = await clinic.People.AddPatientAsync();
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        var actor = await clinic.People.ActorAsync(doctor);
        var records = clinic.Host.Get<RecordService>();
        var firstAt = clinic.Host.Clock.GetUtcNow();
        var first = await clinic.People.AddRecordAsync(patient.PatientId.Value, patient);
        clinic.Host.Clock.Advance(TimeSpan.FromHours(1));
        var second = await clinic.People.AddRecordAsync(patient.PatientId.Value, patient);
        var secondAt = clinic.Host.Clock.GetUtcNow();
        await records.GetAsync(actor, first, CancellationToken.None);
        await records.GetAsync(actor, second, CancellationToken.None);
        await records.MarkEnteredInErrorAsync(actor, patient.PatientId.Value, first, "Meant for somebody else.",
            (await records.GetAsync(actor, first, CancellationToken.None)).Value.Version, CancellationToken.None);
        await using var context = await PageContext.OfPatientAsync(clinic.Host, await clinic.People.SignInAgainAsync(patient));

        var page = context.Render<AccessHistoryPage>();

        await page.WaitForElementAsync("[data-testid=visitor]");
        var read = page.FindAll("[data-entry]")
            .Where(look => look.QuerySelector("[data-act]")!.TextContent == "Read one of your records").ToList();
        Assert.Equal([$"Record of {Local(firstAt):f}", $"Record of {Local(secondAt):f}"],
            read.Select(look => look.QuerySelector("[data-testid=look-record]")!.TextContent.Trim()).Order());
        Assert.Equal([$"/records/{second}"], page.FindAll("[data-testid=look-record] a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Open_SomebodySawTheNameInAList_SaysSo()
    {
        var patient = await clinic.People.AddPatientAsync();
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        await clinic.People.AddRecordAsync(patient.PatientId.Value, patient);
        var actor = await clinic.People.ActorAsync(doctor);
        await clinic.Host.Get<PatientService>().ListAsync(actor, new PatientQuery(), CancellationToken.None);
        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await clinic.Host.Get<RecordService>().ListAssignedAsync(actor, null, CancellationToken.None);
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);

        var page = context.Render<AccessHistoryPage>();

        var visitor = await page.WaitForElementAsync("[data-testid=visitor]");
        Assert.Equal(["Saw your records in a list", "Saw you in a list of patients"],
            visitor.QuerySelectorAll("[data-act]").Select(act => act.TextContent));
    }

    [Fact]
    public async Task Look_ThatIsNotRecognised_IsReportedAndItsAnswerStandsThere()
    {
        var patient = await clinic.People.AddPatientAsync();
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        await clinic.Host.Get<PatientService>()
            .GetAsync(await clinic.People.ActorAsync(doctor), patient.PatientId.Value, CancellationToken.None);
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);
        var page = context.Render<AccessHistoryPage>();

        await (await page.WaitForElementAsync("[data-entry] button")).ClickAsync();

        await page.WaitForElementAsync("[data-testid=look-reported]");
        Assert.Empty(page.FindAll("[data-entry] button"));
        Assert.Contains("The clinic has been told", page.Find("[role=status]").TextContent, StringComparison.Ordinal);

        var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        var reports = clinic.Host.Get<LookReportService>();
        foreach (var report in (await reports.ListOpenAsync(administrator, CancellationToken.None)).Value)
        {
            await reports.AnswerAsync(administrator, report.Id, "It was your ward round.", CancellationToken.None);
        }

        await using var later = await PageContext.OfPatientAsync(clinic.Host, patient);
        var again = later.Render<AccessHistoryPage>();
        var answered = await again.WaitForElementAsync("[data-testid=look-answered]");
        Assert.EndsWith("It was your ward round.", answered.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WhatShowedNothing_IsNotListed()
    {
        var patient = await clinic.People.AddPatientAsync();
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var stranger = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patientId = patient.PatientId!.Value;
        await clinic.People.AssignAsync(doctor, patientId);
        var recordId = await clinic.People.AddRecordAsync(patientId, patient);
        await clinic.Host.Get<PatientService>().ExistsAsync(await clinic.People.ActorAsync(doctor), patientId, CancellationToken.None);
        await clinic.Host.Get<DraftService>()
            .SaveAsync(await clinic.People.ActorAsync(doctor), patientId, "diagnosis", "{}", CancellationToken.None);
        await clinic.Host.Get<RecordService>().GetAsync(await clinic.People.ActorAsync(stranger), recordId, CancellationToken.None);
        await clinic.Host.Get<RecordService>().GetAsync(await clinic.People.ActorAsync(patient), recordId, CancellationToken.None);
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);

        var page = context.Render<AccessHistoryPage>();

        await page.WaitForAssertionAsync(
            () => Assert.Contains("Nobody has looked at your record yet", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-testid=visitor]"));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Open_AnotherPatientWasLookedAt_IsNotListed()
    {
        var patient = await clinic.People.AddPatientAsync();
        var other = await clinic.People.AddPatientAsync();
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, other.PatientId!.Value);
        await clinic.Host.Get<PatientService>()
            .GetAsync(await clinic.People.ActorAsync(doctor), other.PatientId.Value, CancellationToken.None);
        await using var context = await PageContext.OfPatientAsync(clinic.Host, patient);

        var page = context.Render<AccessHistoryPage>();

        await page.WaitForAssertionAsync(
            () => Assert.Contains("Nobody has looked at your record yet", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_ManyLooks_KeepsTheEarlierOnesClosed()
    {
        var patient = await clinic.People.AddPatientAsync();
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        for (var i = 0; i < 7; i++)
        {
            await clinic.Host.Get<PatientService>()
                .GetAsync(await clinic.People.ActorAsync(doctor), patient.PatientId.Value, CancellationToken.None);
            clinic.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await using var context = await PageContext.OfPatientAsync(clinic.Host, await clinic.People.SignInAgainAsync(patient));

        var page = context.Render<AccessHistoryPage>();

        await page.WaitForElementAsync("details");
        Assert.Equal("Earlier times: 2", page.Find("summary").TextContent);
        Assert.Equal(2, page.FindAll("details [data-act]").Count);
        Assert.Equal(7, page.FindAll("[data-act]").Count);
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Open_AccountNotLinkedYet_ExplainsWhatToDo()
    {
        var person = await clinic.People.AddUnlinkedAsync();
        await using var context = await PageContext.OfPatientAsync(clinic.Host, person);

        var page = context.Render<AccessHistoryPage>();

        await page.WaitForElementAsync("[data-testid=not-linked]");
    }

    private DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, clinic.Host.Clock.LocalTimeZone);
}
