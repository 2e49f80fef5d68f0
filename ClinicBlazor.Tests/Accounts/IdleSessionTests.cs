using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>A session in which nobody does anything ends by itself.</summary>
[Trait("Requirement", "C-04")]
public abstract class IdleSessionTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : IdleSessionTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : IdleSessionTests(clinic), IClassFixture<PostgresClinic>;

    [Theory]
    [InlineData(SessionKind.Staff, 15)]
    [InlineData(SessionKind.Patient, 10)]
    [InlineData(SessionKind.Kiosk, 3)]
    public async Task SweepAsync_SessionLeftAlone_EndsAtItsLimitAndNotBefore(SessionKind kind, int minutes)
    {
        var person = await PersonAsync(kind);
        await clinic.People.StirAsync(person);

        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        await Sweeper.SweepAsync(CancellationToken.None);
        Assert.NotNull(await clinic.People.FindSessionAsync(person));

        clinic.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await clinic.People.FindSessionAsync(person));
        Assert.Equal(1, await Sweeper.SweepAsync(CancellationToken.None));
        var row = await RowAsync(person);
        Assert.Equal((SessionEnd.Idle, clinic.Host.Clock.Now()), (row.End, row.RevokedAt));
    }

    [Fact]
    public async Task SweepAsync_ActivityThatIsInMemoryOnly_KeepsTheSessionAndIsWritten()
    {
        var person = await PersonAsync(SessionKind.Staff);
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(14));
        await clinic.People.StirAsync(person);
        var stirred = clinic.Host.Clock.Now();
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(14));

        await Sweeper.SweepAsync(CancellationToken.None);

        Assert.NotNull(await clinic.People.FindSessionAsync(person));
        Assert.Equal(stirred, (await RowAsync(person)).LastActivityAt);
        await using var again = await clinic.Host.StartAgainAsync();
        Assert.NotNull(
            await again.GetRequiredService<SessionService>().FindAsync(person.SessionToken, TestPeople.Client, CancellationToken.None));
    }

    [Fact]
    public async Task Mark_AfterTheSessionEnded_BringsNothingBack()
    {
        var person = await PersonAsync(SessionKind.Staff);
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(15));
        await Sweeper.SweepAsync(CancellationToken.None);

        await clinic.People.StirAsync(person);
        await Sweeper.SweepAsync(CancellationToken.None);

        Assert.Null(await clinic.People.FindSessionAsync(person));
    }

    [Fact]
    public async Task SweepAsync_SessionPastItsAbsoluteLife_EndsThoughSomebodyIsAtWork()
    {
        var person = await PersonAsync(SessionKind.Staff);
        clinic.Host.Clock.Advance(TimeSpan.FromHours(12));
        await clinic.People.StirAsync(person);

        await Sweeper.SweepAsync(CancellationToken.None);

        Assert.Equal(SessionEnd.Expired, (await RowAsync(person)).End);
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task SweepAsync_EndedSession_IsAuditedOnceAndTold()
    {
        var person = await PersonAsync(SessionKind.Staff);
        var session = await RowAsync(person);
        var told = new List<SessionChange>();
        using var listening = clinic.Host.Get<SessionEvents>().Subscribe(told.Add);
        clinic.Host.Clock.Advance(TimeSpan.FromMinutes(15));

        await Sweeper.SweepAsync(CancellationToken.None);
        await Sweeper.SweepAsync(CancellationToken.None);

        Assert.Equal([new SessionChange(session.Id, person.AccountId, SessionChangeKind.Ended)],
            told.Where(change => change.SessionId == session.Id));
        await using var db = await clinic.Host.OpenAsync();
        var entry = Assert.Single(
            await db.Set<AuditEntry>().Where(row => row.SessionId == session.Id && row.Act == AuditAct.SessionTimedOut).ToListAsync());
        Assert.Equal((person.AccountId, AuditOutcome.Done), (entry.AccountId, entry.Outcome));
    }

    private SessionSweeper Sweeper => clinic.Host.Get<SessionSweeper>();

    private async Task<TestPerson> PersonAsync(SessionKind kind)
    {
        // Whatever earlier tests left behind is over and swept.
        await Sweeper.SweepAsync(CancellationToken.None);
        var person = kind == SessionKind.Patient ? await clinic.People.AddPatientAsync() : await clinic.People.AddStaffAsync(Roles.Nurse);
        if (kind == SessionKind.Kiosk)
        {
            await using var db = await clinic.Host.OpenAsync();
            db.Entry(await db.Set<Session>().AsTracking().SingleAsync(row => row.AccountId == person.AccountId))
                .Property(nameof(Session.Kind)).CurrentValue = kind;
            await db.SaveChangesAsync();
        }

        return person;
    }

    private async Task<Session> RowAsync(TestPerson person)
    {
        await using var db = await clinic.Host.OpenAsync();
        return await db.Set<Session>().SingleAsync(row => row.AccountId == person.AccountId);
    }
}
