using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>What one person does or suffers: refusals, input like an attack, a session that moved.</summary>
[Trait("Requirement", "S4-10")]
public abstract class PersonRuleTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : PersonRuleTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : PersonRuleTests(clinic), IClassFixture<PostgresClinic>;

    private DomainHost Host => clinic.Host;

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public async Task Refusals_OfOnePerson_AreAnAlertFromTheThirdOn(int times, int alerts)
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        for (var i = 0; i < times; i++)
        {
            await Host.Get<PatientService>().GetAsync(await clinic.People.ActorAsync(nurse), Guid.CreateVersion7(), default);
        }

        await Host.JudgeAsync();

        var found = await Host.AlertsOfAsync(nurse.AccountId);
        Assert.Equal(alerts, found.Count);
        Assert.All(found, alert => Assert.Equal((AlertKind.Denials, 3), (alert.Kind, alert.Count)));
    }

    [Fact]
    public async Task Refusals_OverMoreThanAnHour_AreNone()
    {
        var account = Guid.CreateVersion7();
        for (var i = 0; i < 6; i++)
        {
            Host.Clock.Advance(TimeSpan.FromMinutes(31));
            await Host.DoAndJudgeAsync(new Deed(AuditAct.RecordRead, AuditOutcome.Denied) { By = account });
        }

        Assert.Empty(await Host.AlertsOfAsync(account));
    }

    [Theory]
    [InlineData(Roles.Reception, 9, null)]
    [InlineData(Roles.Reception, 10, AlertKind.SsnGuesses)]
    [InlineData(Roles.Nurse, 3, AlertKind.Denials)]
    [Trait("Requirement", "S1-02")]
    public async Task Searches_ForWholeSsnsThatNobodyHas_AreAnAlertOnceTheyAreGuesses(Roles roles, int times, AlertKind? expected)
    {
        var person = await clinic.People.AddStaffAsync(roles);
        for (var i = 0; i < times; i++)
        {
            Assert.Empty((await Host.Get<PatientService>()
                .ListAsync(await clinic.People.ActorAsync(person), new PatientQuery($"900-82-{7000 + i}"), default)).Value.Items);
        }

        await Host.JudgeAsync();

        var found = await Host.AlertsOfAsync(person.AccountId);
        Assert.Equal(expected is { } kind ? [(kind, times, AuditAct.PatientSearchedBySsn)] : [],
            found.Select(alert => (alert.Kind, alert.Count, alert.Act!.Value)));
    }

    [Fact]
    public async Task Searches_ForWholeSsns_AreNoneWhereTheyAreFoundOrFarApart()
    {
        var (finds, slow) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Host.DoAndJudgeAsync(new Deed(AuditAct.PatientSearchedBySsn) { By = finds }.Times(20));
        for (var i = 0; i < 20; i++)
        {
            Host.Clock.Advance(TimeSpan.FromMinutes(7));
            await Host.DoAndJudgeAsync(new Deed(AuditAct.PatientSearchedBySsn, AuditOutcome.Failed) { By = slow });
        }

        Assert.Empty(await Host.AlertsOfAsync(finds));
        Assert.Empty(await Host.AlertsOfAsync(slow));
    }

    [Fact]
    public async Task Refusals_ThatWereOnlyCounted_CountAsManyAsTheyWere()
    {
        var account = Guid.CreateVersion7();

        await Host.DoAndJudgeAsync(new Deed(AuditAct.DenialsCounted, AuditOutcome.Denied)
        {
            By = account, Remark = "170 more at 2026-03-02 09:00 UTC",
        });

        Assert.Equal(170, Assert.Single(await Host.AlertsOfAsync(account)).Count);
    }

    [Fact]
    public async Task Refusals_OfNobody_AreNone()
    {
        var address = "203.0.113.201";

        await Host.DoAndJudgeAsync(new Deed(AuditAct.PageOpened, AuditOutcome.Denied) { Address = address }.Times(5));

        Assert.Empty(await Host.AlertsFromAsync(address));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Input_LikeAnAttack_IsAnAlertWhoeverSentIt(bool refused)
    {
        var person = await clinic.People.AddStaffAsync(Roles.Doctor);
        var stranger = Actor.Anonymous(new ClientInfo($"203.0.113.{(refused ? 11 : 12)}", "Test"));
        await Host.Get<AttackReport>().WriteAsync(await clinic.People.ActorAsync(person), refused, default);
        await Host.Get<AttackReport>().WriteAsync(stranger, refused, default);
        await Host.Get<AttackReport>().WriteAsync(stranger, refused, default);

        await Host.JudgeAsync();

        Assert.Equal((AlertKind.AttackInput, 1), Assert.Single(
            (await Host.AlertsOfAsync(person.AccountId)).Select(alert => (alert.Kind, alert.Count))));
        Assert.Equal((AlertKind.AttackInput, 2), Assert.Single(
            (await Host.AlertsFromAsync(stranger.Client.Address)).Select(alert => (alert.Kind, alert.Count))));
    }

    [Fact]
    public async Task Session_UsedFromElsewhere_IsAnAlertAndNoRefusal()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        for (var i = 0; i < 3; i++)
        {
            var session = await clinic.People.SignInAgainAsync(nurse);
            await Host.Get<SessionService>().FindAsync(session.SessionToken, new ClientInfo("203.0.113.13", "Elsewhere"), default);
        }

        await Host.JudgeAsync();

        var alert = Assert.Single(await Host.AlertsOfAsync(nurse.AccountId));
        Assert.Equal((AlertKind.SessionMoved, 3, "203.0.113.13"), (alert.Kind, alert.Count, alert.Address));
    }

    [Fact]
    public async Task DailyWork_OfEverybody_IsNone()
    {
        var account = Guid.CreateVersion7();

        await Host.DoAndJudgeAsync(Enum.GetValues<AuditAct>()
            .Except([
                AuditAct.AttackInputSeen, AuditAct.SessionClientChanged, AuditAct.SealBroken, AuditAct.RolesChanged, AuditAct.RolesGiven,
                AuditAct.RolesConfirmed, AuditAct.RolesCameDue, AuditAct.AccountLinkRequested, AuditAct.AccountLinked,
                AuditAct.AccountLinkCameDue, AuditAct.SecondFactorReset,
            ])
            .Select(act => new Deed(act) { By = account, PatientId = Guid.CreateVersion7() }));

        Assert.Empty(await Host.AlertsOfAsync(account));
    }
}
