using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>A session's cookie that turns up elsewhere opens nothing, and ends the session.</summary>
[Trait("Requirement", "S4-02")]
public abstract class MovedSessionTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : MovedSessionTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : MovedSessionTests(clinic), IClassFixture<PostgresClinic>;

    [Theory]
    [InlineData("192.0.2.99", "Test browser")]
    [InlineData("192.0.2.10", "Another browser")]
    [InlineData("", "Test browser")]
    public async Task FindAsync_FromElsewhere_EndsTheSessionForEverybody(string address, string userAgent)
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);

        Assert.Null(await FindAsync(nurse, new ClientInfo(address, userAgent)));

        Assert.Null(await clinic.People.FindSessionAsync(nurse));
        await using var db = await clinic.Host.OpenAsync();
        Assert.Equal(SessionEnd.ClientChanged, (await db.Set<Session>().SingleAsync(row => row.AccountId == nurse.AccountId)).End);
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task FindAsync_FromElsewhere_IsAuditedWithThatPlaceAndMailedToTheOwner()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);

        await FindAsync(nurse, new ClientInfo("198.51.100.7", "Thief"));
        await FindAsync(nurse, new ClientInfo("198.51.100.7", "Thief"));

        await using var db = await clinic.Host.OpenAsync();
        var entry = Assert.Single(await db.Set<AuditEntry>()
            .Where(row => row.AccountId == nurse.AccountId && row.Act == AuditAct.SessionClientChanged).ToListAsync());
        Assert.Equal(("198.51.100.7", "Thief", AuditOutcome.Denied, AuditLevel.Error),
            (entry.Address, entry.UserAgent, entry.Outcome, entry.Level));
        Assert.Single(await clinic.Host.SentAsync(), mail => mail.Kind == AccountMailKind.SessionMoved && mail.Email == nurse.Email);
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task FindAsync_FromElsewhereByTwoRequestsAtOnce_IsToldOnce()
    {
        var interference = new Interference();
        await using var host = await interference.StartAsync(clinic.Host.Kind);
        var nurse = await host.People.AddStaffAsync(Roles.Nurse);
        var thief = new ClientInfo("198.51.100.7", "Thief");
        interference.BeforeNextSave(async () => Assert.Null(await FindAsync(host, nurse, thief)));

        Assert.Null(await FindAsync(host, nurse, thief));

        await using var db = await host.OpenAsync();
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.SessionClientChanged));
        Assert.Single(await host.SentAsync(), mail => mail.Kind == AccountMailKind.SessionMoved);
    }

    [Theory]
    [InlineData("192.0.2.10", "192.0.2.10", true)]
    [InlineData("192.0.2.10", "::ffff:192.0.2.10", true)]
    [InlineData("192.0.2.10", "192.0.2.11", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:aaaa::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("127.0.0.1", "::1", true)]
    [InlineData("", "192.0.2.10", false)]
    [InlineData("not an address", "192.0.2.10", false)]
    public void AreSame_TwoAddresses_AreTheSameWhereTheirNetworkIs(string one, string other, bool same) =>
        Assert.Equal(same, NetworkAddress.AreSame(one, other));

    private Task<LiveSession?> FindAsync(TestPerson person, ClientInfo client) => FindAsync(clinic.Host, person, client);

    private static Task<LiveSession?> FindAsync(DomainHost host, TestPerson person, ClientInfo client) =>
        host.Get<SessionService>().FindAsync(person.SessionToken, client, CancellationToken.None);
}
