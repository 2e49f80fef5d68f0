using Bunit;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Records;

/// <summary>Nothing is typed before it is known what was typed before, and who may type at all.</summary>
[Trait("Requirement", "B-06")]
[Trait("Requirement", "S4-01")]
public sealed class DiagnosisLookTests
{
    private const string Canary = "heliotrope";

    [Fact]
    public async Task Open_WhileTheDraftIsLookedFor_TakesNoWordsYetAndThenShowsThose()
    {
        var queries = new HeldQueries();
        await using var host = await queries.StartAsync(DatabaseKind.Sqlite);
        var (doctor, patientId, recordId) = await AssignedAsync(host);
        var version = (await host.Get<RecordService>().GetAsync(await host.People.ActorAsync(doctor), recordId, default)).Value.Version;
        Assert.True((await host.Get<DraftService>().SaveAsync(await host.People.ActorAsync(doctor), patientId, $"diagnosis/{recordId:D}",
            $$"""{"Text":"Perhaps {{Canary}}.","BasedOn":"{{version}}"}""", default)).IsSuccess);
        var (go, reached) = queries.HoldNext("Drafts");

        await using var tab = await RecordTab.OpenAsync(host, doctor, recordId);
        await reached.WaitAsync(TimeSpan.FromSeconds(60));
        await tab.SettleAsync();

        Assert.Empty(tab.Page.FindAll("#diagnosis-text"));
        go.SetResult();
        await tab.SettleAsync("#diagnosis-text");
        Assert.Equal($"Perhaps {Canary}.", tab.Page.Find("#diagnosis-text").GetAttribute("value"));
    }

    [Fact]
    public async Task Open_RightTakenBeforeTheDraftIsLookedFor_ShowsNoFormAndLeavesNothing()
    {
        var reads = new HeldReads();
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite,
            services => services.ConfigureDbContext<SqliteClinicDbContext>((_, options) => options.AddInterceptors(reads)));
        var (doctor, patientId, recordId) = await AssignedAsync(host);
        var slow = reads.HoldNext();
        await using var tab = await RecordTab.OpenAsync(host, doctor, recordId);
        var shown = new List<string>();
        tab.Page.OnMarkupUpdated += (_, _) => shown.Add(tab.Markup);

        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var reception = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Reception));
        Assert.True((await host.Get<CareTeamService>().EndAsync(reception, patientId, doctor.AccountId, default)).IsSuccess);
        slow.SetResult();
        await tab.SettleAsync("[data-testid=not-found]");

        Assert.DoesNotContain(shown, markup => markup.Contains("diagnosis-text", StringComparison.Ordinal));
        await tab.ForgottenAsync(Canary);
    }

    private static async Task<(TestPerson Doctor, Guid PatientId, Guid RecordId)> AssignedAsync(DomainHost host)
    {
        var (doctor, patient) = (await host.People.AddStaffAsync(Roles.Doctor), await host.People.AddPatientAsync());
        await host.People.AssignAsync(doctor, patient.PatientId!.Value);
        return (doctor, patient.PatientId.Value,
            await host.People.AddRecordAsync(patient.PatientId.Value, patient, $"Rash since the {Canary}."));
    }
}
