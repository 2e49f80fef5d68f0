using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Data;

/// <summary>What is past its time goes by night, and the trail says how much of it.</summary>
[Trait("Requirement", "S2-13")]
public abstract class NightlyCleanerTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;

    public sealed class OnSqlite() : NightlyCleanerTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : NightlyCleanerTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task CleanAsync_OfWhatIsPastItsTime_LeavesTheRestAndSaysHowMany()
    {
        var first = await Host.People.AddStaffAsync(Roles.Nurse);
        await AddAsync(first);
        Host.Clock.Advance(TimeSpan.FromDays(KnownBrowsers.Days + 1));
        await AddAsync(await Host.People.AddStaffAsync(Roles.Nurse));

        Assert.Equal(3, await Host.Get<NightlyCleaner>().CleanAsync(default));

        await using var db = await Host.OpenAsync();
        Assert.Equal((1, 1, 1),
            (await db.Set<Session>().CountAsync(), await db.Set<AccountToken>().CountAsync(), await db.Set<KnownBrowser>().CountAsync()));
        var entry = await db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.OutdatedRemoved);
        Assert.Contains("sessions 1", entry.UserAgent, StringComparison.Ordinal);
        Assert.Contains("mailed links 1", entry.UserAgent, StringComparison.Ordinal);
        Assert.Contains("known browsers 1", entry.UserAgent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CleanAsync_WithNothingToDo_WritesNoEntry()
    {
        await AddAsync(await Host.People.AddStaffAsync(Roles.Nurse));

        Assert.Equal(0, await Host.Get<NightlyCleaner>().CleanAsync(default));

        await using var db = await Host.OpenAsync();
        Assert.False(await db.Set<AuditEntry>().AnyAsync(row => row.Act == AuditAct.OutdatedRemoved));
    }

    [Fact]
    public async Task CleanAsync_OfMoreThanOneRound_TakesAll()
    {
        var person = await Host.People.AddStaffAsync(Roles.Nurse);
        for (var i = 0; i < Outdated.AtOnce + 1; i++)
        {
            await AddTokenAsync(person);
        }

        Host.Clock.Advance(TimeSpan.FromDays(OutdatedRows.DaysExpired + 4));

        Assert.Equal(Outdated.AtOnce + 2, await Host.Get<NightlyCleaner>().CleanAsync(default));
    }

    [Fact]
    public async Task CleanAsync_WhereNothingCanBeSaved_CountsNothingAndEnds()
    {
        await using var crowded = await DomainHost.StartAsync(kind, services => services
            .ConfigureDbContext<SqliteClinicDbContext>(options => options.AddInterceptors(new AlwaysLate()))
            .ConfigureDbContext<PostgresClinicDbContext>(options => options.AddInterceptors(new AlwaysLate())));
        await crowded.People.AddStaffAsync(Roles.Nurse);
        crowded.Clock.Advance(TimeSpan.FromDays(OutdatedRows.DaysExpired + 4));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        Assert.Equal(0, await crowded.Get<NightlyCleaner>().CleanAsync(patience.Token));
    }

    private async Task AddAsync(TestPerson person)
    {
        await AddTokenAsync(person);
        var now = Host.Clock.Now();
        await Host.ArrangeAsync(db => db.Set<KnownBrowser>().Add(
            new KnownBrowser
            {
                Id = Host.Clock.NewId(), AccountId = person.AccountId, TokenHash = Guid.CreateVersion7().ToByteArray(),
                CreatedAt = now, LastUsedAt = now
            }));
    }

    private Task AddTokenAsync(TestPerson person) => Host.ArrangeAsync(db => db.Set<AccountToken>().Add(new AccountToken
    {
        Id = Host.Clock.NewId(),
        AccountId = person.AccountId,
        Purpose = AccountTokenPurpose.PasswordReset,
        Hash = Guid.CreateVersion7().ToByteArray(),
        ExpiresAt = Host.Clock.Now().AddMinutes(AccountTokens.ResetMinutes),
    }));

    /// <summary>Somebody else is always quicker to save what goes.</summary>
    private sealed class AlwaysLate : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            eventData.Context!.ChangeTracker.Entries().Any(entry => entry.State == EntityState.Deleted)
            ? throw new DbUpdateConcurrencyException()
            : ValueTask.FromResult(result);
    }
}
