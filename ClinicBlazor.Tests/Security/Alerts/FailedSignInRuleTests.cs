using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>Five failed sign-ins in five minutes, of one account or from one client.</summary>
[Trait("Requirement", "S4-10")]
public abstract class FailedSignInRuleTests(ClinicFixture clinic)
{
    private static int clients;

    private readonly string address = $"198.51.100.{Interlocked.Increment(ref clients)}";

    public sealed class OnSqlite(SqliteClinic clinic) : FailedSignInRuleTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : FailedSignInRuleTests(clinic), IClassFixture<PostgresClinic>;

    private DomainHost Host => clinic.Host;

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public async Task WrongPasswords_OfOneAccount_AreAnAlertFromTheFifthOn(int tries, int alerts)
    {
        var person = await clinic.People.AddStaffAsync(Roles.Nurse);
        var stranger = Actor.Anonymous(new ClientInfo(address, "Test"));
        for (var i = 0; i < tries; i++)
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(50));
            await Host.Get<SignInService>().PasswordAsync(stranger, person.Email, "wrong", default);
        }

        await Host.JudgeAsync();

        var found = await Host.AlertsOfAsync(person.AccountId);
        Assert.Equal(alerts, found.Count);
        Assert.All(found, alert => Assert.Equal((AlertKind.FailedSignIns, 5, address, (AuditAct?)AuditAct.SignIn),
            (alert.Kind, alert.Count, alert.Address, alert.Act)));

        // What one client does to one account is told of the account alone.
        Assert.Empty(await Host.AlertsFromAsync(address));
    }

    [Theory]
    [InlineData(AuditAct.SignIn, AuditOutcome.Failed, 1)]
    [InlineData(AuditAct.SecondFactor, AuditOutcome.Failed, 1)]
    [InlineData(AuditAct.RecoveryCodeUsed, AuditOutcome.Failed, 1)]
    [InlineData(AuditAct.PasskeyUsed, AuditOutcome.Failed, 1)]
    [InlineData(AuditAct.SignIn, AuditOutcome.Done, 0)]
    [InlineData(AuditAct.PatientSearchedBySsn, AuditOutcome.Failed, 0)]
    public async Task Tries_OfEachKind_CountWhenTheyFail(AuditAct act, AuditOutcome outcome, int alerts)
    {
        var account = Guid.CreateVersion7();

        await Host.DoAndJudgeAsync(new Deed(act, outcome) { By = account, Address = address }.Times(5));

        Assert.Equal(alerts, (await Host.AlertsOfAsync(account)).Count);
    }

    [Fact]
    public async Task Tries_OverMoreThanFiveMinutes_AreNone()
    {
        var account = Guid.CreateVersion7();
        for (var i = 0; i < 12; i++)
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(76));
            await Host.DoAndJudgeAsync(Wrong(account));
        }

        Assert.Empty(await Host.AlertsOfAsync(account));
    }

    [Fact]
    public async Task Tries_JudgedOneByOne_CountTogether()
    {
        var account = Guid.CreateVersion7();
        for (var i = 0; i < 7; i++)
        {
            Host.Clock.Advance(TimeSpan.FromSeconds(30));
            await Host.DoAndJudgeAsync(Wrong(account));
        }

        Assert.Equal(7, Assert.Single(await Host.AlertsOfAsync(account)).Count);
    }

    [Fact]
    public async Task Tries_FromOneClientOnManyAccounts_AreAnAlertOfTheClient()
    {
        await Host.DoAndJudgeAsync(Enumerable.Range(0, 5).Select(_ => Wrong(Guid.CreateVersion7())));

        Assert.Equal(5, Assert.Single(await Host.AlertsFromAsync(address)).Count);
    }

    [Fact]
    public async Task Tries_OnAccountsThatNobodyHas_AreAnAlertOfTheClient()
    {
        await Host.DoAndJudgeAsync(new Deed(AuditAct.SignIn, AuditOutcome.Failed) { Address = address }.Times(5));

        Assert.Equal(5, Assert.Single(await Host.AlertsFromAsync(address)).Count);
    }

    [Fact]
    public async Task Tries_FromOneNetworkOfIPv6_AreOfOneClient()
    {
        var network = $"2001:db8:0:{clients}";

        await Host.DoAndJudgeAsync(Enumerable.Range(1, 5)
            .Select(i => new Deed(AuditAct.SignIn, AuditOutcome.Failed) { Address = $"{network}::{i}" }));

        Assert.Single(await Host.AlertsFromAsync($"{network}::5"));
    }

    [Fact]
    public async Task Tries_AfterAQuietWhile_CountOnTheOpenAlertOnlyWhenThereAreFiveAgain()
    {
        var account = Guid.CreateVersion7();
        await Host.DoAndJudgeAsync(Wrong(account).Times(5));
        Host.Clock.Advance(TimeSpan.FromDays(1));

        await Host.DoAndJudgeAsync(Wrong(account).Times(4));
        Assert.Equal(5, Assert.Single(await Host.AlertsOfAsync(account)).Count);

        await Host.DoAndJudgeAsync(Wrong(account));
        Assert.Equal(10, Assert.Single(await Host.AlertsOfAsync(account)).Count);
    }

    private Deed Wrong(Guid account) => new(AuditAct.SignIn, AuditOutcome.Failed) { By = account, Address = address };
}
