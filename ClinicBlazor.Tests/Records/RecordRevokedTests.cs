using Bunit;
using ClinicBlazor.App.Records;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Records;

/// <summary>A right that is taken away while a record is open empties the page at the next act, and nothing is written.</summary>
[Trait("Requirement", "C-05")]
[Trait("Requirement", "S4-01")]
[Trait("Requirement", "S4-03")]
public sealed class RecordRevokedTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string Canary = "heliotrope";

    public enum Revocation
    {
        CareTeamEnded,
        RoleTaken,
        AccountDeactivated,
        SessionsEnded,
    }

    public enum Act
    {
        Save,
        Sign,
        MarkInError,
        KeepDraft,
        ComeBackToTheTab,
    }

    public static IEnumerable<object[]> Cases =>
        from revocation in Enum.GetValues<Revocation>()
        from act in Enum.GetValues<Act>()
        select new object[] { revocation, act };

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Requirement", "S1-01")]
    public async Task Act_AfterTheRightWasTaken_EmptiesThePageAndChangesNothing(Revocation revocation, Act act)
    {
        var (doctor, patientId, recordId) = await AssignedAsync();
        await using var tab = await RecordTab.OpenAsync(clinic.Host, doctor, recordId);
        await tab.SettleAsync("form");
        await tab.Page.Find("#diagnosis-text").InputAsync($"Allergic to {Canary}.");
        tab.RememberParts();
        var before = await StoredAsync(recordId);

        await RevokeAsync(revocation, doctor, patientId);
        await ActAsync(act, tab);
        await tab.SettleAsync("[data-testid=not-found]");

        Assert.True(tab.IsNotFound);
        await tab.ForgottenAsync(Canary);
        Assert.Equal(before, await StoredAsync(recordId));
        if (revocation is Revocation.AccountDeactivated or Revocation.SessionsEnded)
        {
            Assert.Equal("/signed-out", tab.Context.Address);
        }
    }

    [Fact]
    public async Task ComeBackToTheTab_SessionOfThePatientEnded_EmptiesThePage()
    {
        var patient = await clinic.People.AddPatientAsync();
        var recordId = await clinic.People.AddRecordAsync(patient.PatientId!.Value, patient, $"Rash since the {Canary}.");
        await using var tab = await RecordTab.OpenAsync(clinic.Host, patient, recordId);
        await tab.SettleAsync("[data-testid=record]");
        tab.RememberParts();

        await RevokeAsync(Revocation.SessionsEnded, patient, patient.PatientId.Value);
        await ActAsync(Act.ComeBackToTheTab, tab);
        await tab.SettleAsync("[data-testid=not-found]");

        await tab.ForgottenAsync(Canary);
        Assert.Equal("/signed-out", tab.Context.Address);
    }

    [Fact]
    public async Task ComeBackToTheTab_RightStillThere_LeavesThePageAsItIs()
    {
        var (doctor, _, recordId) = await AssignedAsync();
        await using var tab = await RecordTab.OpenAsync(clinic.Host, doctor, recordId);
        await tab.SettleAsync("form");
        await tab.Page.Find("#diagnosis-text").InputAsync("Typed so far");

        await ActAsync(Act.ComeBackToTheTab, tab);

        Assert.Equal("Typed so far", tab.Page.Find("#diagnosis-text").GetAttribute("value"));
    }

    [Fact]
    [Trait("Requirement", "S0-02")]
    public async Task Save_DoctorHasBecomeANurse_LeavesTheRecordToReadAndNoForm()
    {
        var (doctor, _, recordId) = await AssignedAsync();
        await using var tab = await RecordTab.OpenAsync(clinic.Host, doctor, recordId);
        await tab.SettleAsync("form");
        await tab.Page.Find("#diagnosis-text").InputAsync("Typed as a doctor");

        await clinic.People.SetRolesAsync(doctor, Roles.Nurse);
        await tab.Page.Find("form").SubmitAsync();

        await tab.EventuallyAsync(() => Assert.Empty(tab.Page.FindAll("form[data-testid=record-diagnosis]")));
        Assert.Contains(Canary, tab.Page.Find("[data-testid=record-symptoms]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Typed as a doctor", tab.Markup, StringComparison.Ordinal);
    }

    private static async Task ActAsync(Act act, RecordTab tab)
    {
        var page = tab.Page;
        switch (act)
        {
            case Act.Save:
                await page.Find("form").SubmitAsync();
                break;
            case Act.Sign:
                await page.Find("button[aria-keyshortcuts='Control+Enter']").ClickAsync();
                break;
            case Act.MarkInError:
                var asking = page.FindAll(".rec-head button")
                    .First(button => button.TextContent.StartsWith("Entered in error", StringComparison.Ordinal)).ClickAsync();
                await (await tab.DialogAsync("#reason")).InputAsync($"Not {Canary}.");
                await tab.Context.Dialogs.Find("[data-testid=entered-in-error] .btn-danger-fill").ClickAsync();
                await asking;
                break;
            case Act.KeepDraft:
                tab.Timers.RunOff();
                break;
            case Act.ComeBackToTheTab:
                var watch = page.FindComponent<TabReturnWatch>();
                await watch.InvokeAsync(watch.Instance.NoticeAsync);
                break;
        }
    }

    private async Task RevokeAsync(Revocation revocation, TestPerson person, Guid patientId)
    {
        // A grant or a session ends at a moment, and is over only after it.
        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        switch (revocation)
        {
            case Revocation.CareTeamEnded:
                var reception = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Reception));
                Assert.True((await clinic.Host.Get<CareTeamService>().EndAsync(reception, patientId, person.AccountId, default)).IsSuccess);
                break;
            case Revocation.RoleTaken:
                Assert.True(
                    (await clinic.Host.Get<AccountService>()
                    .ChangeRolesAsync(await AdministratorAsync(), person.AccountId, Roles.Reception, default)).IsSuccess);
                break;
            case Revocation.AccountDeactivated:
                Assert.True((await clinic.Host.Get<AccountService>().DeactivateAsync(await AdministratorAsync(), person.AccountId, default))
                    .IsSuccess);
                break;
            case Revocation.SessionsEnded:
                Assert.True(
                    (await clinic.Host.Get<AccountService>().EndSessionsAsync(await AdministratorAsync(), person.AccountId, default))
                    .IsSuccess);
                break;
        }
    }

    /// <summary>How much there is of a record: diagnoses, signatures, drafts, and where it stands.</summary>
    private async Task<(int Diagnoses, int Signatures, int Drafts, RecordStatus Status)> StoredAsync(Guid recordId)
    {
        await using var db = await clinic.Host.OpenAsync();
        return (
            db.Set<Diagnosis>().Count(row => row.RecordId == recordId), db.Set<Signature>().Count(row => row.RecordId == recordId),
            db.Set<Draft>().Count(row => row.Form == $"diagnosis/{recordId:D}"),
                db.Set<MedicalRecord>().Single(row => row.Id == recordId).Status);
    }

    private async Task<Actor> AdministratorAsync() =>
        await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));

    private async Task<(TestPerson Doctor, Guid PatientId, Guid RecordId)> AssignedAsync()
    {
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var patient = await clinic.People.AddPatientAsync();
        await clinic.People.AssignAsync(doctor, patient.PatientId!.Value);
        return (doctor, patient.PatientId.Value,
            await clinic.People.AddRecordAsync(patient.PatientId.Value, patient, $"Rash since the {Canary}.", $"Perhaps {Canary}."));
    }
}
