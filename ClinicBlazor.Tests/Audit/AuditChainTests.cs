using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Audit;

/// <summary>The chain holds while many write and several seal at once.</summary>
[Trait("Requirement", "B-12")]
public abstract class AuditChainTests(DatabaseKind kind)
{
    public sealed class OnSqlite() : AuditChainTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AuditChainTests(DatabaseKind.Postgres);

    [Fact]
    public async Task VerifyAsync_AfterManyConcurrentWritesAndTwoSealers_FindsTheChainIntact()
    {
        const int Writers = 8;
        const int ActsEach = 20;
        await using var host = await DomainHost.StartAsync(kind);
        var actor = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));
        var written = false;
        var sealers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            while (!Volatile.Read(ref written))
            {
                count += await host.Get<AuditSealer>().SealPendingAsync(CancellationToken.None);
            }

            return count + await host.Get<AuditSealer>().SealPendingAsync(CancellationToken.None);
        })).ToList();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < ActsEach; i++)
            {
                Assert.True((await host.Get<AccountService>().ListAsync(actor, new AccountQuery(), CancellationToken.None)).IsSuccess);
            }
        })));
        Volatile.Write(ref written, true);
        var sealedByEach = await Task.WhenAll(sealers);

        var entries = await AuditSamples.ReadAsync(host);
        Assert.Equal(Writers * ActsEach, entries.Count(entry => entry.Act == AuditAct.AccountsListed));
        Assert.Equal(entries.Count, sealedByEach.Sum());
        var chain = await AuditSamples.SealAsync(host);
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(number => (long)number), chain.Select(link => link.Sequence));
        var verification = await AuditSamples.VerifyAsync(host);
        Assert.Empty(verification.Breaks);
        Assert.Equal((entries.Count, 0), (verification.Entries, verification.Pending));
    }

    [Fact]
    public async Task VerifyAsync_BeforeTheSealerRan_CountsWhatWaitsAndFindsNothingWrong()
    {
        await using var host = await DomainHost.StartAsync(kind);
        await AuditSamples.WriteAsync(host, 3);
        var patient = await host.People.AddChartAsync();
        var doctor = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Doctor));
        await host.Get<PatientService>().ExistsAsync(doctor, patient, CancellationToken.None);

        var verification = await AuditSamples.VerifyAsync(host);

        Assert.Empty(verification.Breaks);
        Assert.Equal(1, verification.Pending);
    }

    [Fact]
    public async Task VerifyAsync_OfALongChain_TellsHowFarItIs()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var chain = await AuditSamples.WriteAsync(host, 5);
        var progress = new Reports();
        await using var db = await host.OpenAsync();

        await host.Get<AuditVerifier>().VerifyAsync(db, progress, CancellationToken.None);

        Assert.Equal(new AuditProgress(chain.Count, chain.Count), progress.Values[^1]);
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task VerifyAsync_IntactAndBroken_IsAuditedWithWhatItCameTo()
    {
        await using var host = await DomainHost.StartAsync(kind);
        await host.Get<AuditAnchors>().BeginAsync(CancellationToken.None);
        var chain = await AuditSamples.WriteAsync(host, 2);
        await AuditSamples.VerifyAsync(host);
        var intruder = new Intruder(host);
        await intruder.DropAuditTriggersAsync();
        await intruder.ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Id\" = @p0", chain[^1].EntryId);
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        await AuditSamples.VerifyAsync(host);

        await using var db = await host.OpenAsync();
        var outcomes = await db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.AuditVerified).OrderBy(entry => entry.Id)
            .Select(entry => entry.Outcome).ToListAsync();
        Assert.Equal([AuditOutcome.Done, AuditOutcome.Failed], outcomes);
    }

    private sealed class Reports : IProgress<AuditProgress>
    {
        public List<AuditProgress> Values { get; } = [];

        public void Report(AuditProgress value) => Values.Add(value);
    }
}
