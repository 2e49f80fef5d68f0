using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Each person sees and ends their own sessions, and nobody else's.</summary>
[Trait("Requirement", "S4-03")]
public abstract class OwnSessionTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : OwnSessionTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : OwnSessionTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task ListAsync_SeveralSessions_HoldsTheLivingOnesOfThisPersonAlone()
    {
        var (here, there, ended) = await ArrangeAsync();
        await clinic.People.AddStaffAsync(Roles.Nurse);
        await Own.EndAsync(await clinic.People.ActorAsync(here), await IdAsync(ended), CancellationToken.None);

        var sessions = (await Own.ListAsync(await clinic.People.ActorAsync(here), CancellationToken.None)).Value;

        Assert.Equal([await IdAsync(here), await IdAsync(there)], sessions.Select(session => session.Id));
        Assert.Equal([true, false], sessions.Select(session => session.IsCurrent));
        Assert.All(sessions,
            session => Assert.Equal((TestPeople.Client.Address, TestPeople.Client.UserAgent), (session.Address, session.UserAgent)));
    }

    [Fact]
    public async Task EndAsync_OwnSession_EndsThatOneAlone()
    {
        var (here, there, other) = await ArrangeAsync();

        Assert.True((await Own.EndAsync(await clinic.People.ActorAsync(here), await IdAsync(there), CancellationToken.None)).IsSuccess);

        Assert.Null(await clinic.People.FindSessionAsync(there));
        Assert.NotNull(await clinic.People.FindSessionAsync(here));
        Assert.NotNull(await clinic.People.FindSessionAsync(other));
    }

    [Fact]
    [Trait("Requirement", "S4-01")]
    public async Task EndAsync_SomebodyElsesSession_AnswersAsForAMissingOneAndIsAudited()
    {
        var (here, _, _) = await ArrangeAsync();
        var victim = await clinic.People.AddStaffAsync(Roles.Doctor);
        var actor = await clinic.People.ActorAsync(here);

        var foreign = await Own.EndAsync(actor, await IdAsync(victim), CancellationToken.None);
        var missing = await Own.EndAsync(actor, Guid.CreateVersion7(), CancellationToken.None);

        Assert.Equal((ErrorKind.NotFound, ErrorKind.NotFound), (foreign.Error!.Kind, missing.Error!.Kind));
        Assert.NotNull(await clinic.People.FindSessionAsync(victim));
        await using var db = await clinic.Host.OpenAsync();
        Assert.Equal(2, await db.Set<AuditEntry>()
            .CountAsync(row => row.AccountId == here.AccountId && row.Act == AuditAct.SessionEnded && row.Outcome == AuditOutcome.Denied));
    }

    [Fact]
    public async Task EndOthersAsync_SeveralSessions_LeavesThePresentOne()
    {
        var (here, there, other) = await ArrangeAsync();

        Assert.True((await Own.EndOthersAsync(await clinic.People.ActorAsync(here), CancellationToken.None)).IsSuccess);

        Assert.NotNull(await clinic.People.FindSessionAsync(here));
        Assert.Null(await clinic.People.FindSessionAsync(there));
        Assert.Null(await clinic.People.FindSessionAsync(other));
    }

    [Fact]
    public async Task EndOthersAsync_Saved_TellsOpenPagesOfTheEndedOnesAlone()
    {
        var (here, there, other) = await ArrangeAsync();
        var told = new List<SessionChange>();
        using var listening = clinic.Host.Get<SessionEvents>().Subscribe(told.Add);

        await Own.EndOthersAsync(await clinic.People.ActorAsync(here), CancellationToken.None);

        var ended = told.Where(change => change.AccountId == here.AccountId && change.Kind == SessionChangeKind.Ended)
            .Select(change => change.SessionId);
        Assert.Equal(new[] { await IdAsync(there), await IdAsync(other) }.Order(), ended.Order());
    }

    private OwnSessionService Own => clinic.Host.Get<OwnSessionService>();

    private async Task<(TestPerson Here, TestPerson There, TestPerson Other)> ArrangeAsync()
    {
        var here = await clinic.People.AddStaffAsync(Roles.Nurse);
        return (here, await clinic.People.SignInAgainAsync(here), await clinic.People.SignInAgainAsync(here));
    }

    private async Task<Guid> IdAsync(TestPerson person)
    {
        var hash = clinic.Host.Get<Domain.Protection.TokenHasher>().Hash(SessionService.TokenPurpose, person.SessionToken);
        await using var db = await clinic.Host.OpenAsync();
        return await db.Set<Session>().Where(row => row.TokenHash == hash).Select(row => row.Id).SingleAsync();
    }
}
