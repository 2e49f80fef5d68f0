using Bunit;
using ClinicBlazor.App.AccessHistory;
using ClinicBlazor.App.Patients;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.Tests.Records;

/// <summary>A page of a chart that is printed is an entry, and the patient reads of it.</summary>
[Trait("Requirement", "S2-13")]
public sealed class PrintTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    [Trait("Requirement", "B-08")]
    public async Task RecordAndChart_Printed_AreEntriesThatThePatientFinds()
    {
        var (patient, doctor) = (await clinic.People.AddPatientAsync(), await clinic.People.AddStaffAsync(Roles.Doctor));
        var patientId = patient.PatientId!.Value;
        await clinic.People.AssignAsync(doctor, patientId);
        var recordId = await clinic.People.AddRecordAsync(patientId, patient);
        await using (var tab = await RecordTab.OpenAsync(clinic.Host, doctor, recordId))
        {
            await tab.SettleAsync();
            await PrintAsync(tab.Page);
        }

        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await using (var context = await PageContext.OfStaffAsync(clinic.Host, await clinic.People.SignInAgainAsync(doctor)))
        {
            var page = context.Render<PatientPage>(parameters => parameters.Add(value => value.Id, patientId));
            await page.WaitForElementAsync("nav.tabs");
            await PrintAsync(page);
        }

        var prints = (await AuditSamples.ReadAsync(clinic.Host)).Where(entry => entry.AccountId == doctor.AccountId
            && entry.Act is AuditAct.RecordPrinted or AuditAct.ChartPrinted).ToList();
        Assert.Equal([(AuditAct.RecordPrinted, recordId), (AuditAct.ChartPrinted, (Guid?)null)],
            prints.Select(entry => (entry.Act, entry.RecordId)));
        Assert.All(prints, entry => Assert.Equal((AuditOutcome.Done, patientId), (entry.Outcome, entry.PatientId)));

        await using var own = await PageContext.OfPatientAsync(clinic.Host, await clinic.People.SignInAgainAsync(patient));
        var history = own.Render<AccessHistoryPage>();
        await history.WaitForElementAsync("[data-testid=visitor]");
        var acts = history.FindAll("[data-act]").Select(act => act.TextContent).ToList();
        Assert.Contains("Printed one of your records", acts);
        Assert.Contains("Printed a page of your chart", acts);
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task Record_PrintedBySomebodyWhoMayNotSeeItAnyMore_IsDeniedAndGoesFromThePage()
    {
        var (doctor, reception) = (await clinic.People.AddStaffAsync(Roles.Doctor), await clinic.People.AddStaffAsync(Roles.Reception));
        var patientId = await clinic.People.AddChartAsync();
        var visitId = await clinic.People.AddVisitAsync(patientId);
        await clinic.Host.Get<VisitStaffService>()
            .JoinAsync(await clinic.People.ActorAsync(reception), patientId, visitId, doctor.AccountId, CancellationToken.None);
        var recordId = await clinic.People.AddRecordAsync(patientId, doctor);
        await using var tab = await RecordTab.OpenAsync(clinic.Host, doctor, recordId);
        await tab.SettleAsync();
        await clinic.Host.Get<VisitService>()
            .DoAsync(await clinic.People.ActorAsync(reception), patientId, visitId, VisitAct.Finish, reason: null, CancellationToken.None);

        await PrintAsync(tab.Page);

        await tab.SettleAsync("[data-testid=not-found]");
        Assert.True(tab.IsNotFound);
        var entry = Assert.Single(await AuditSamples.ReadAsync(clinic.Host),
            row => row.AccountId == doctor.AccountId && row.Act == AuditAct.RecordPrinted);
        Assert.Equal((AuditOutcome.Denied, patientId), (entry.Outcome, entry.PatientId));
    }

    private static Task PrintAsync(IRenderedComponent<IComponent> page) =>
        page.InvokeAsync(page.FindComponent<PrintWatch>().Instance.NoticeAsync);
}
