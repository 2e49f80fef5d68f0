using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Audit;

/// <summary>Nobody fills the trail by asking for what is refused, and no refusal is lost.</summary>
[Trait("Requirement", "S2-13")]
public abstract class DenialTallyTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;

    public sealed class OnSqlite() : DenialTallyTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : DenialTallyTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task Refusals_OfOnePersonPastThirtyInAMinute_AreCountedInOneEntry()
    {
        var (nosy, other) = (await Host.People.AddStaffAsync(Roles.Doctor), await Host.People.AddStaffAsync(Roles.Doctor));
        for (var i = 0; i < 42; i++)
        {
            await AskAsync(nosy);
        }

        await AskAsync(other);
        Assert.Equal((30, 0), await EntriesAsync(nosy));
        Assert.Equal((1, 0), await EntriesAsync(other));
        Assert.Equal(0, await Host.Get<DenialSweeper>().SweepAsync(default));

        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(nosy);
        Assert.Equal(1, await Host.Get<DenialSweeper>().SweepAsync(default));
        Assert.Equal(0, await Host.Get<DenialSweeper>().SweepAsync(default));

        Assert.Equal((31, 1), await EntriesAsync(nosy));
        var entry = (await AuditSamples.ReadAsync(Host)).Single(row => row.Act == AuditAct.DenialsCounted);
        Assert.Equal((AuditOutcome.Denied, AuditLevel.Warning, "12 more at 2026-03-02 09:00 UTC"),
            (entry.Outcome, entry.Level, entry.UserAgent));
        Assert.Empty((await AuditSamples.VerifyAsync(Host)).Breaks);
    }

    [Theory]
    [Trait("Requirement", "S4-10")]
    [InlineData("12 more at 2026-03-02 09:00 UTC", 12)]
    [InlineData("Mozilla/5.0", 1)]
    [InlineData("many more at night", 1)]
    [InlineData("", 1)]
    public void CountOf_WhatAnEntrySays_IsHowManyItTellsOf(string remark, int count) =>
        Assert.Equal(count, DenialTally.CountOf(remark));

    [Fact]
    public async Task Refusals_AtOnce_AreCountedEachAndNoneIsLost()
    {
        var nosy = await Host.People.AddStaffAsync(Roles.Doctor);
        var actor = await Host.People.ActorAsync(nosy);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() =>
            Host.Get<PatientService>().GetAsync(actor, Host.Clock.NewId(), default))));

        await using var db = await Host.OpenAsync();
        Assert.Equal(40, (await db.Set<DenialTally>().SingleAsync(row => row.AccountId == nosy.AccountId)).Count);
        Assert.Equal((30, 0), await EntriesAsync(nosy));
    }

    [Fact]
    public async Task Tallies_OfMinutesThatNeededNoEntry_GoByNight()
    {
        await AskAsync(await Host.People.AddStaffAsync(Roles.Doctor));
        Assert.Equal(0, await Host.Get<NightlyCleaner>().CleanAsync(default));

        Host.Clock.Advance(TimeSpan.FromMinutes(62));

        Assert.Equal(1, await Host.Get<NightlyCleaner>().CleanAsync(default));
    }

    private async Task AskAsync(TestPerson person) =>
        await Host.Get<PatientService>().GetAsync(await Host.People.ActorAsync(person), Host.Clock.NewId(), default);

    private async Task<(int Each, int Counted)> EntriesAsync(TestPerson person)
    {
        var entries = (await AuditSamples.ReadAsync(Host)).Where(entry => entry.AccountId == person.AccountId).ToList();
        return (entries.Count(entry => entry.Act == AuditAct.PatientRead), entries.Count(entry => entry.Act == AuditAct.DenialsCounted));
    }
}
