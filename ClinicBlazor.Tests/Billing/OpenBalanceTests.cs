using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Billing;

/// <summary>The list of what is not settled: in which order, of whom, and what the audit trail says of it.</summary>
[Trait("Requirement", "S2-09")]
public abstract class OpenBalanceTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;

    public sealed class OnSqlite() : OpenBalanceTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : OpenBalanceTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task ListOpen_OfWhatIsNotSettled_IsOldestFirstAndSaysWhoHasGone()
    {
        var acts = await BillingFixtureActs.OpenAsync(Host);
        var (first, settled, gone, last) = (await CheckInAsync(acts), await CheckInAsync(acts), await CheckInAsync(acts),
            await CheckInAsync(acts));
        await acts.PayAsync(settled, BillingFixtureActs.Fee);
        await acts.PayAsync(gone, "10.00");
        await acts.DoAsync(gone, VisitAct.Finish, gone.Desk);
        await acts.DeferAsync(last);

        var rows = (await ListAsync(await acts.DeskAsync(), known: null)).Items;

        Assert.Equal(
            [
                (first.VisitId, false, ClearanceKind.Stopped, 4000L), (gone.VisitId, true, ClearanceKind.Stopped, 3000L),
                (last.VisitId, false, ClearanceKind.Deferred, 4000L),
            ],
            rows.Select(row => (row.VisitId, row.IsOver, row.Clearance.Kind, row.Clearance.Open.Cents)));
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task ListOpen_OfThoseWhoWereShown_IsAnEntryAtFirstAndAgainOnlyForSomebodyElse()
    {
        var acts = await BillingFixtureActs.OpenAsync(Host);
        var desk = await acts.DeskAsync();
        HashSet<Guid> known = [];
        await ListAsync(desk, known: null);
        Assert.Equal(1, await LooksAsync(desk));

        // Nobody was there: whoever comes now is shown for the first time.
        known.Add((await CheckInAsync(acts)).PatientId);
        await ListAsync(desk, new HashSet<Guid>());
        Assert.Equal(2, await LooksAsync(desk));

        await ListAsync(desk, known);
        Assert.Equal(2, await LooksAsync(desk));

        await CheckInAsync(acts);
        await ListAsync(desk, known);
        Assert.Equal(3, await LooksAsync(desk));

        await ListAsync(desk, known: null);
        Assert.Equal(4, await LooksAsync(desk));
    }

    private async Task<Page<OpenBalance>> ListAsync(Actor desk, IReadOnlySet<Guid>? known) =>
        (await Host.Get<BillingReader>().ListOpenAsync(desk, after: null, known, default)).Value;

    private async Task<BilledVisit> CheckInAsync(BillingFixtureActs acts)
    {
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        return await acts.CheckInAsync();
    }

    private async Task<int> LooksAsync(Actor desk)
    {
        await using var db = await Host.OpenAsync();
        return await db.Set<AuditEntry>()
            .CountAsync(entry => entry.AccountId == desk.AccountId && entry.Act == AuditAct.BalancesListed);
    }
}
