using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Audit;

/// <summary>An entry says which role, which identifier and which fields, and never what was in them.</summary>
[Trait("Requirement", "S2-13")]
public sealed class AuditDetailTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    [Fact]
    public async Task RolesOfAnAccount_GivenTakenAndConfirmed_AreNamedEachTime()
    {
        var (one, other) = (await clinic.People.AddStaffAsync(Roles.Administrator), await clinic.People.AddStaffAsync(Roles.Administrator));
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse | Roles.Reception);
        var (accounts, grants) = (clinic.Host.Get<AccountService>(), clinic.Host.Get<RoleGrantService>());

        await accounts.ChangeRolesAsync(await LaterAsync(one), nurse.AccountId, Roles.Nurse, default);
        await accounts.ChangeRolesAsync(await LaterAsync(one), nurse.AccountId, Roles.Nurse | Roles.Doctor, default);
        await grants.ConfirmAsync(await LaterAsync(other), nurse.AccountId, await WaitingAsync(nurse.AccountId), default);
        await accounts.ChangeRolesAsync(await LaterAsync(one), nurse.AccountId, Roles.Administrator, default);
        await grants.WithdrawAsync(await LaterAsync(other), nurse.AccountId, await WaitingAsync(nurse.AccountId), default);

        Assert.Equal(
            [
                (AuditAct.RolesChanged, "ReceptionTaken"), (AuditAct.RolesGiven, "DoctorGiven"),
                (AuditAct.RolesConfirmed, "DoctorGiven"), (AuditAct.RolesGiven, "AdministratorGiven, DoctorTaken, NurseTaken"),
                (AuditAct.RolesWithdrawn, "AdministratorTaken"),
            ],
            (await AboutAsync(nurse.AccountId)).Select(entry => (entry.Act, entry.Details)));
    }

    [Fact]
    public async Task Account_InvitedAndSwitchedOnAgain_SaysWithWhichRoles()
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);
        await clinic.People.AddStaffAsync(Roles.Administrator);
        var accounts = clinic.Host.Get<AccountService>();
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        var invited = (await accounts
            .InviteAsync(await LaterAsync(administrator), "Ina Invited", "ina@test.example", Roles.Reception, default)).Value;
        await accounts.DeactivateAsync(await LaterAsync(administrator), doctor.AccountId, default);
        await accounts.ReactivateAsync(await LaterAsync(administrator), doctor.AccountId, default);

        Assert.Equal([(AuditAct.AccountInvited, "ReceptionGiven")],
            (await AboutAsync(invited)).Select(entry => (entry.Act, entry.Details)));
        Assert.Equal([(AuditAct.AccountDeactivated, null), (AuditAct.AccountReactivated, null), (AuditAct.RolesGiven, "DoctorGiven")],
            (await AboutAsync(doctor.AccountId)).OrderBy(entry => entry.At).ThenBy(entry => entry.Act == AuditAct.RolesGiven)
                .Select(entry => (entry.Act, entry.Details)));
    }

    [Fact]
    [Trait("Requirement", "S1-02")]
    public async Task Identifier_ShownOrRefused_IsNamed()
    {
        var (reception, nurse) = (await clinic.People.AddStaffAsync(Roles.Reception), await clinic.People.AddStaffAsync(Roles.Nurse));
        var patients = clinic.Host.Get<PatientService>();
        var id = (await patients.RegisterAsync(await LaterAsync(reception),
            new NewPatient("Sina", "Shown", "1980-01-01", Sex.Female, Ssn: "900-45-6712", Tin: "900-55-6713"), default)).Value;
        await patients.ShowIdentifierAsync(await LaterAsync(reception), id, IdentifierKind.Ssn, default);
        await patients.ShowIdentifierAsync(await LaterAsync(reception), id, IdentifierKind.Tin, default);
        await patients.ShowIdentifierAsync(await LaterAsync(nurse), id, IdentifierKind.Tin, default);

        var entries = (await AuditSamples.ReadAsync(clinic.Host)).Where(entry => entry.PatientId == id).ToList();
        Assert.Equal(
            [
                (AuditAct.PatientCreated, AuditOutcome.Done, "GivenName, FamilyName, BirthDate, Sex, Ssn, Tin"),
                (AuditAct.IdentifierShown, AuditOutcome.Done, "Ssn"), (AuditAct.IdentifierShown, AuditOutcome.Done, "Tin"),
                (AuditAct.IdentifierShown, AuditOutcome.Denied, "Tin"),
            ],
            entries.Select(entry => (entry.Act, entry.Outcome, entry.Details)));
    }

    [Fact]
    [Trait("Requirement", "S4-11")]
    public async Task ListAsync_EntryWithDetails_ShowsThemAndATamperedOneAsUnreadable()
    {
        var administrator = await LaterAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor);
        await clinic.Host.Get<AccountService>().ChangeRolesAsync(administrator, doctor.AccountId, Roles.Reception, default);

        var row = (await clinic.Host.Get<AuditService>().ListAsync(administrator, new AuditQuery(), default)).Value.Items[0];

        Assert.Equal([AuditDetail.ReceptionGiven, AuditDetail.DoctorTaken], row.Details);
        Assert.Equal([AuditDetail.Ssn, (AuditDetail)(-1), (AuditDetail)(-1)], AuditDetails.Read("Ssn, ssn, 16"));
        Assert.Empty(AuditDetails.Read(null));
    }

    [Fact]
    public void Write_EveryDetailThereIs_FitsIntoItsColumn() =>
        Assert.InRange(AuditDetails.Write(Enum.GetValues<AuditDetail>())!.Length, 1, AuditDetails.Longest);

    private Task<Actor> LaterAsync(TestPerson person)
    {
        // An entry's id begins with its moment: in the order of ids is then what happened in this one.
        clinic.Host.Clock.Advance(TimeSpan.FromMilliseconds(5));
        return clinic.People.ActorAsync(person);
    }

    private async Task<Guid> WaitingAsync(Guid accountId)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.Set<RoleGrant>().Where(grant => grant.AccountId == accountId && grant.EndedAt == null).Select(grant => grant.Id)
            .SingleAsync();
    }

    private async Task<IReadOnlyList<AuditEntry>> AboutAsync(Guid accountId) =>
        [.. (await AuditSamples.ReadAsync(clinic.Host)).Where(entry => entry.SubjectId == accountId)];
}
