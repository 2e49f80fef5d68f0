using System.Globalization;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Security.Alerts;

/// <summary>Whoever cuts the end of the trail off silences nothing: the cut is an alert, and what comes after it is judged.</summary>
[Trait("Requirement", "S4-10")]
[Trait("Requirement", "B-12")]
public abstract class CutTrailTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;
    private bool hasNoTriggers;

    public sealed class OnSqlite() : CutTrailTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : CutTrailTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    public async Task InitializeAsync()
    {
        host = await DomainHost.StartAsync(kind);
        await Host.DoAndJudgeAsync(new Deed(AuditAct.PatientsListed) { By = Guid.CreateVersion7() }.Times(20));
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(1000)]
    public async Task JudgeAsync_AfterSoManyWereCutOff_TellsOfItAndJudgesWhatCame(int count)
    {
        await CutAsync(count);
        await TrySignInAsync();

        await Host.JudgeAsync();

        await AssertBothAsync(Host);
    }

    [Fact]
    public async Task JudgeAsync_AfterACut_TellsOfItOnce()
    {
        await CutAsync(12);
        for (var round = 0; round < 3; round++)
        {
            await Host.JudgeAsync();
        }

        await TrySignInAsync();
        await Host.JudgeAsync();
        await Host.JudgeAsync();

        await AssertBothAsync(Host);
    }

    [Fact]
    public async Task JudgeAsync_AfterTwoCuts_CountsThem()
    {
        await CutAsync(3);
        await Host.JudgeAsync();
        await CutAsync(3);
        await Host.JudgeAsync();

        Assert.Equal(2, Assert.Single(await Host.AlertsAsync()).Count);
    }

    [Fact]
    public async Task JudgeAsync_OfTwoInstancesAfterACut_TellsAndJudgesOnce()
    {
        await using var other = await Host.StartAgainAsync();
        await other.GetRequiredService<AlertWatcher>().JudgeAsync(default);
        await CutAsync(3);
        await TrySignInAsync();

        await Host.JudgeAsync();
        await other.GetRequiredService<AlertWatcher>().JudgeAsync(default);
        await Host.JudgeAsync();

        await AssertBothAsync(Host);
    }

    [Fact]
    public async Task JudgeAsync_OfANewProcess_FindsAPlaceThatIsGone()
    {
        await CutAsync(12);
        await TrySignInAsync();
        await Host.Get<AuditSealer>().SealPendingAsync(default);
        await using var next = await Host.StartAgainAsync();

        await next.GetRequiredService<AlertWatcher>().JudgeAsync(default);

        await AssertBothAsync(Host);
    }

    [Fact]
    public async Task RunAsync_AtTheStartOfAProcess_FindsWhatWasCutOffBeforeNewEntriesStandThere()
    {
        await CutAsync(3);
        await using var next = await Host.StartAgainAsync();
        await next.GetRequiredService<AlertStart>().RunAsync(default);
        await TrySignInAsync();
        await Host.Get<AuditSealer>().SealPendingAsync(default);

        await next.GetRequiredService<AlertWatcher>().JudgeAsync(default);

        await AssertBothAsync(Host);
    }

    [Fact]
    public async Task JudgeAsync_WhereTheCursorWasSetBeyondTheEnd_TellsOfItAndJudgesWhatCame()
    {
        await new Intruder(Host).ExecuteAsync("UPDATE \"AlertCursor\" SET \"Sequence\" = 1000000");
        await TrySignInAsync();

        await Host.JudgeAsync();

        await AssertBothAsync(Host);
    }

    private async Task TrySignInAsync()
    {
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Host.DoAsync(new Deed(AuditAct.SignIn, AuditOutcome.Failed) { By = Guid.CreateVersion7() }.Times(5));
        await Host.Get<AuditSealer>().SealPendingAsync(default);
    }

    private async Task CutAsync(int count)
    {
        var intruder = new Intruder(Host);
        if (!hasNoTriggers)
        {
            await intruder.DropAuditTriggersAsync();
            hasNoTriggers = true;
        }

        var found = await intruder.QueryAsync("SELECT MAX(\"Sequence\") FROM \"AuditSeals\"");
        var last = Convert.ToInt64(found[0][0], CultureInfo.InvariantCulture);
        await intruder.ExecuteAsync(
            "DELETE FROM \"AuditEntries\" WHERE \"Id\" IN (SELECT \"EntryId\" FROM \"AuditSeals\" WHERE \"Sequence\" > @p0)", last - count);
        await intruder.ExecuteAsync("DELETE FROM \"AuditSeals\" WHERE \"Sequence\" > @p0", last - count);
    }

    private static async Task AssertBothAsync(DomainHost host) => Assert.Equal(
        [(AlertKind.FailedSignIns, 5, AuditAct.SignIn), (AlertKind.TrailBroken, 1, AuditAct.AlertRaised)],
        (await host.AlertsAsync()).OrderBy(alert => alert.Kind).Select(alert => (alert.Kind, alert.Count, alert.Act!.Value)));
}
