using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>What somebody may do was changed.</summary>
[Trait("Requirement", "S4-10")]
public abstract class PowerChangedRuleTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : PowerChangedRuleTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : PowerChangedRuleTests(clinic), IClassFixture<PostgresClinic>;

    private DomainHost Host => clinic.Host;

    [Theory]
    [InlineData(AuditAct.RolesChanged, 1)]
    [InlineData(AuditAct.RolesGiven, 1)]
    [InlineData(AuditAct.RolesConfirmed, 1)]
    [InlineData(AuditAct.RolesCameDue, 1)]
    [InlineData(AuditAct.AccountLinkRequested, 1)]
    [InlineData(AuditAct.AccountLinked, 1)]
    [InlineData(AuditAct.AccountLinkCameDue, 1)]
    [InlineData(AuditAct.SecondFactorReset, 1)]
    [InlineData(AuditAct.RolesWithdrawn, 0)]
    [InlineData(AuditAct.AccountUnlocked, 0)]
    public async Task Acts_ThatChangePower_AreAnAlertEachAndNameBoth(AuditAct act, int alerts)
    {
        var (by, subject) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await Host.DoAndJudgeAsync(new Deed(act) { By = by, SubjectId = subject, Roles = Roles.Administrator });
        await Host.DoAndJudgeAsync(new Deed(act, AuditOutcome.Failed) { By = by, SubjectId = subject, Roles = Roles.Administrator });

        var found = await Host.AlertsOfAsync(subject);
        Assert.Equal(alerts, found.Count);
        Assert.All(found, alert => Assert.Equal((AlertKind.PowerChanged, (Guid?)by, (AuditAct?)act, 1),
            (alert.Kind, alert.AccountId, alert.Act, alert.Count)));
    }

    [Fact]
    public async Task Changes_ToDifferentPeopleOrByDifferentOnes_AreAlertsOfTheirOwn()
    {
        var (one, another, subject, other) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        await Host.DoAndJudgeAsync(
            new Deed(AuditAct.RolesChanged) { By = one, SubjectId = subject },
            new Deed(AuditAct.RolesChanged) { By = one, SubjectId = other },
            new Deed(AuditAct.RolesChanged) { By = another, SubjectId = subject },
            new Deed(AuditAct.RolesChanged) { By = one, SubjectId = subject });

        Assert.Equal([(one, 2), (another, 1)], (await Host.AlertsOfAsync(subject)).OrderByDescending(alert => alert.Count)
            .Select(alert => (alert.AccountId!.Value, alert.Count)));
        Assert.Single(await Host.AlertsOfAsync(other));
    }

    [Fact]
    public async Task Invitation_WithRoles_IsAnAlertAndTheSameOnceMoreIsNone()
    {
        var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        var accounts = Host.Get<AccountService>();
        var id = (await accounts.InviteAsync(administrator, "Rita Rede", "rita@test.example", Roles.Reception, default)).Value;
        await accounts.InviteAgainAsync(administrator, id, default);

        await Host.JudgeAsync();

        var alert = Assert.Single(await Host.AlertsOfAsync(id));
        Assert.Equal((AlertKind.PowerChanged, 1, administrator.AccountId), (alert.Kind, alert.Count, alert.AccountId));
    }

    [Theory]
    [InlineData(Roles.Reception, false, 1)]
    [InlineData(Roles.Reception, true, 0)]
    [InlineData(Roles.Doctor, false, 0)]
    public async Task CareTeam_JoinedByTheDesk_IsAnAlertOutsideAVisit(Roles by, bool inAVisit, int alerts)
    {
        var (giver, nurse) = (await clinic.People.AddStaffAsync(by), await clinic.People.AddStaffAsync(Roles.Nurse));
        var patientId = await clinic.People.AddChartAsync();
        if (by == Roles.Doctor)
        {
            await clinic.People.AssignAsync(giver, patientId);
        }

        if (inAVisit)
        {
            await clinic.People.AddVisitAsync(patientId);
        }

        Assert.True((await Host.Get<CareTeamService>()
            .AddAsync(await clinic.People.ActorAsync(giver), patientId, nurse.AccountId, default)).IsSuccess);
        await Host.JudgeAsync();

        Assert.Equal(alerts, (await Host.AlertsOfAsync(nurse.AccountId)).Count);
    }

    [Fact]
    public async Task CareTeam_OfAMadeUpPast_IsNone()
    {
        var subject = Guid.CreateVersion7();

        await Host.DoAndJudgeAsync(new Deed(AuditAct.CareTeamJoined)
        {
            By = Guid.CreateVersion7(), Roles = Roles.Reception, SubjectId = subject, PatientId = Guid.CreateVersion7(),
            Address = ClientInfo.Local.Address,
        });

        Assert.Empty(await Host.AlertsOfAsync(subject));
    }
}
