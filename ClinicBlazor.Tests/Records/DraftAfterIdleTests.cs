using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Records;

/// <summary>Who was signed out for doing nothing finds what was typed, and nobody else does.</summary>
[Trait("Requirement", "B-06")]
[Trait("Requirement", "C-04")]
public abstract class DraftAfterIdleTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : DraftAfterIdleTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : DraftAfterIdleTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task Draft_AfterAnIdleLogout_IsThereForItsAuthorAtTheNextSignIn()
    {
        var (doctor, colleague) = (await clinic.People.AddStaffAsync(Roles.Doctor), await clinic.People.AddStaffAsync(Roles.Doctor));
        var patientId = await clinic.People.AddChartAsync();
        await clinic.People.AssignAsync(doctor, patientId);
        await clinic.People.AssignAsync(colleague, patientId);
        var drafts = clinic.Host.Get<DraftService>();
        Assert.True(
            (await drafts.SaveAsync(await clinic.People.ActorAsync(doctor), patientId, DraftService.NewRecordForm,
            "a half-written sentence", default)).IsSuccess);

        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(clinic.Host.Settings.Idle.StaffSeconds + 1));
        await clinic.Host.Get<SessionSweeper>().SweepAsync(default);
        Assert.Null(await clinic.People.FindSessionAsync(doctor));
        var back = await clinic.People.SignInAgainAsync(doctor);
        var other = await clinic.People.SignInAgainAsync(colleague);

        Assert.Equal("a half-written sentence",
            (await drafts.FindAsync(await clinic.People.ActorAsync(back), patientId, DraftService.NewRecordForm, default)).Value!.Body);
        Assert.Null((await drafts.FindAsync(await clinic.People.ActorAsync(other), patientId, DraftService.NewRecordForm, default)).Value);
    }
}
