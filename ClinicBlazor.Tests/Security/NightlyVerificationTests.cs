using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Security.Alerts;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Security;

/// <summary>The trail is verified each day without anybody asking for it, and what is wrong is told once.</summary>
[Trait("Requirement", "B-12")]
[Trait("Requirement", "S4-10")]
public sealed class NightlyVerificationTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(28);

    private DomainHost host = null!;
    private Intruder intruder = null!;
    private IReadOnlyList<SealedEntry> chain = [];

    public async Task InitializeAsync()
    {
        host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await host.Get<Domain.Audit.Anchors.AuditAnchors>().BeginIfNewAsync(default);
        (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Entry_ThatWasChanged_IsAnAlertWithoutAnybodyAsking()
    {
        await ChangeAsync(chain[1]);

        host.Clock.Advance(Day);
        var found = await VerifyAsync();
        await host.JudgeAsync();

        Assert.Equal(chain[1].EntryId, Assert.Single(found!.Breaks).EntryId);
        var alert = Assert.Single(await host.AlertsAsync());
        Assert.Equal((AlertKind.TrailBroken, (AuditAct?)AuditAct.AuditVerified), (alert.Kind, alert.Act));
    }

    [Fact]
    public async Task Finding_ThatStays_IsToldOnceAndAFurtherOneAgain()
    {
        await ChangeAsync(chain[1]);
        for (var day = 0; day < 3; day++)
        {
            host.Clock.Advance(Day);
            Assert.False((await VerifyAsync())!.IsIntact);
            Assert.Null(await VerifyAsync());
        }

        Assert.Equal(1, await FailuresAsync());
        await ChangeAsync(chain[2]);
        host.Clock.Advance(Day);
        await VerifyAsync();
        Assert.Equal(2, await FailuresAsync());
    }

    [Fact]
    public async Task Trail_ThatHolds_IsVerifiedAndRaisesNothing()
    {
        host.Clock.Advance(Day);

        Assert.True((await VerifyAsync())!.IsIntact);

        await host.JudgeAsync();
        Assert.Empty(await host.AlertsAsync());
    }

    [Theory]
    [InlineData(9, 27, false)]
    [InlineData(9, 28, true)]
    [InlineData(5, 19, false)]
    [InlineData(5, 20, true)]
    [InlineData(5, 23, true)]
    [InlineData(5, 24, false)]
    [InlineData(4, 20, false)]
    public async Task Verification_AfterTheLastOne_IsDueByNightAndByDayWhenThatWasLongAgo(int lastHour, int hours, bool due)
    {
        host.Clock.Advance(TimeSpan.FromHours(24 + lastHour) - host.Clock.GetUtcNow().TimeOfDay);
        await AuditSamples.VerifyAsync(host);

        host.Clock.Advance(TimeSpan.FromHours(hours));

        Assert.Equal(due, await VerifyAsync() is not null);
    }

    [Fact]
    public async Task Verification_ByAnotherInstance_CountsForBoth()
    {
        await using var other = await host.StartAgainAsync();
        host.Clock.Advance(Day);

        Assert.NotNull(await other.GetRequiredService<NightlyVerification>().VerifyWhenDueAsync(default));
        Assert.Null(await VerifyAsync());
    }

    [Fact]
    public async Task Entry_ThatSaysFalselyThatItWasVerified_IsNotBelieved()
    {
        host.Clock.Advance(Day);
        Assert.Equal(1, await intruder.ExecuteAsync("UPDATE \"AuditEntries\" SET \"Id\" = @p0 WHERE \"Act\" = 'AuditVerified'",
            host.Clock.NewId()));

        Assert.False((await VerifyAsync())!.IsIntact);
    }

    [Fact]
    public async Task Background_Verifies_ByItself()
    {
        host.Clock.Advance(Day);
        await ChangeAsync(chain[1]);
        var service = host.Get<NightlyVerification>();
        await service.StartAsync(default);
        host.Get<ClinicReadiness>().SetReady();

        await TestTime.WaitUntilAsync(async () =>
        {
            host.Clock.Advance(TimeSpan.FromHours(1));
            return await FailuresAsync() == 1;
        });

        await service.StopAsync(default);
    }

    private Task<AuditVerification?> VerifyAsync() => host.Get<NightlyVerification>().VerifyWhenDueAsync(default);

    private async Task ChangeAsync(SealedEntry entry) => Assert.Equal(1,
        await intruder.ExecuteAsync("UPDATE \"AuditEntries\" SET \"Address\" = 'elsewhere' WHERE \"Id\" = @p0", entry.EntryId));

    private async Task<int> FailuresAsync() => (await AuditSamples.ReadAsync(host))
        .Count(entry => entry is { Act: AuditAct.AuditVerified, Outcome: AuditOutcome.Failed });
}
