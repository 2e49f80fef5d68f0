using System.Data.Common;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Archives;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit.Archives;

/// <summary>Entries whose time is over go into a file and out of the database, and nothing else does.</summary>
[Trait("Requirement", "S2-14")]
public abstract class AuditArchiverTests(DatabaseKind kind)
{
    private const string Blocked = "Blocked";

    public sealed class OnSqlite() : AuditArchiverTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AuditArchiverTests(DatabaseKind.Postgres);

    [Fact]
    public async Task ArchiveAsync_EntriesWhoseTimeIsOver_AreInTheFileAndGoneAndTheChainHolds()
    {
        await using var host = await ArchiveSamples.StartOldAsync(kind);
        var before = await AuditSamples.ReadAsync(host);
        var old = before.Where(entry => entry.At < host.Clock.Now().AddYears(-7) && entry.Act != AuditAct.AnchorsBegun).ToList();
        Assert.Contains(old, entry => entry.Act == AuditAct.PatientsListed);

        Assert.Equal(old.Count, await ArchiveSamples.ArchiveAsync(host));

        var (archives, rows) = await ArchiveSamples.ReadAsync(host);
        var archive = Assert.Single(archives);
        Assert.Equal(old.Select(entry => entry.Id).Order(), rows.Select(row => row.EntryId).Order());
        var left = await AuditSamples.ReadAsync(host);
        Assert.Equal(before.Except(old, ById.Instance).Select(entry => entry.Id),
            left.Where(entry => entry.Act != AuditAct.AuditArchived).Select(entry => entry.Id));
        Assert.Contains($"archive 1: {old.Count} entries", left.Single(entry => entry.Act == AuditAct.AuditArchived).UserAgent,
            StringComparison.Ordinal);
        Assert.Empty(await AuditSamples.ListedAsync(host, old.Single(entry => entry.Act == AuditAct.PatientsListed).Id));

        var lines = ArchiveSamples.LinesOf(host, archive);
        Assert.Equal(old.Count, lines[0].GetProperty("count").GetInt32());
        Assert.Equal(old.Select(entry => entry.Id), lines.Skip(1).SkipLast(1).Select(line => line.GetProperty("id").GetGuid()).Order());
        Assert.Equal(2, lines.Single(line => line.TryGetProperty("act", out var act) && act.GetString() == nameof(AuditAct.PatientsListed))
            .GetProperty("listed").GetArrayLength());
        AssertOwnersAlone(ArchiveSamples.FileOf(host, archive));

        var found = await AuditSamples.VerifyAsync(host);
        Assert.Empty(found.Breaks);
        Assert.True(found.IsIntact);
        Assert.Equal(new ArchiveState(1, old.Count, 0), found.Archives);
        Assert.Equal(0, await ArchiveSamples.ArchiveAsync(host));
    }

    [Fact]
    public async Task ArchiveAsync_EachKind_IsKeptForItsOwnYears()
    {
        await using var host = await ArchiveSamples.StartAsync(kind, audit => (audit.KeepYears, audit.Keep.Patients, audit.Keep.System) =
            (8, 20, 6));
        await ArchiveSamples.WriteAsync(host, AuditAct.PatientRead);
        await ArchiveSamples.WriteAsync(host, AuditAct.SignOut);
        await ArchiveSamples.WriteAsync(host, AuditAct.PriceSet);
        await AuditSamples.SealAsync(host);

        host.Clock.Advance(TimeSpan.FromDays(366 * 6));
        await AssertLeftAsync(AuditAct.PatientRead, AuditAct.SignOut);
        host.Clock.Advance(TimeSpan.FromDays(366 * 2));
        await AssertLeftAsync(AuditAct.PatientRead);
        host.Clock.Advance(TimeSpan.FromDays(366 * 5));
        await AssertLeftAsync(AuditAct.PatientRead);

        async Task AssertLeftAsync(params AuditAct[] acts)
        {
            await AuditSamples.SealAsync(host);
            await ArchiveSamples.ArchiveAsync(host);
            Assert.Equal(acts, (await ArchiveSamples.ActsAsync(host))
                .Where(act => act is AuditAct.PatientRead or AuditAct.SignOut or AuditAct.PriceSet));
            Assert.Empty((await AuditSamples.VerifyAsync(host)).Breaks);
        }
    }

    [Fact]
    public async Task ArchiveAsync_WhatIsYoungerThanItsYears_Stays()
    {
        await using var host = await ArchiveSamples.StartAsync(kind);
        await ArchiveSamples.WriteAsync(host, AuditAct.PatientRead);
        await AuditSamples.SealAsync(host);
        host.Clock.Advance(host.Clock.Now().AddYears(7) - host.Clock.Now());

        Assert.Equal(0, await ArchiveSamples.ArchiveAsync(host));
        Assert.Contains(AuditAct.PatientRead, await ArchiveSamples.ActsAsync(host));
        host.Clock.Advance(TimeSpan.FromDays(2));
        await ArchiveSamples.ArchiveAsync(host);

        Assert.DoesNotContain(AuditAct.PatientRead, await ArchiveSamples.ActsAsync(host));
    }

    [Fact]
    [Trait("Requirement", "S4-04")]
    public async Task ArchiveAsync_WhatARecordOrAMissingFileOfAnchorsIsKnownBy_StaysForGood()
    {
        await using var host = await ArchiveSamples.StartAsync(kind);
        AuditAct[] stay = [AuditAct.RecordSigned, AuditAct.AddendumAdded, AuditAct.AnchorsBegun];
        foreach (var act in stay)
        {
            await ArchiveSamples.WriteAsync(host, act, host.Clock.NewId());
        }

        await AuditSamples.SealAsync(host);
        host.Clock.Advance(TimeSpan.FromDays(366 * 13));

        await ArchiveSamples.ArchiveAsync(host);

        Assert.Equal(stay, (await ArchiveSamples.ActsAsync(host)).Except([AuditAct.AuditArchived]));
    }

    [Fact]
    [Trait("Requirement", "B-08")]
    public async Task ArchiveAsync_ALookThatItsPatientReported_StaysUntilItIsAnswered()
    {
        await using var host = await ArchiveSamples.StartOldAsync(kind);
        var look = (await AuditSamples.ReadAsync(host)).First(entry => entry.Act == AuditAct.RecordRead);
        var report = new LookReport
        {
            Id = host.Clock.NewId(), PatientId = look.PatientId!.Value, EntryId = look.Id, ReportedAt = look.At,
        };
        await host.ArrangeAsync(db => db.Set<LookReport>().Add(report));

        await ArchiveSamples.ArchiveAsync(host);
        Assert.Contains(await AuditSamples.ReadAsync(host), entry => entry.Id == look.Id);
        var administrator = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));
        Assert.True((await host.Get<LookReportService>().AnswerAsync(administrator, report.Id, "It was the ward round.", default))
            .IsSuccess);
        await AuditSamples.SealAsync(host);
        await ArchiveSamples.ArchiveAsync(host);

        Assert.DoesNotContain(await AuditSamples.ReadAsync(host), entry => entry.Id == look.Id);
        Assert.Empty((await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    [Trait("Requirement", "B-12")]
    public async Task ArchiveAsync_WithAnEntryThatWasChanged_ArchivesNothingAndTellsOnce()
    {
        await using var host = await ArchiveSamples.StartOldAsync(kind);
        var victim = (await AuditSamples.ReadAsync(host)).First(entry => entry.Act == AuditAct.RecordRead);
        var intruder = new Intruder(host);
        await intruder.DropAuditTriggersAsync();
        await intruder.ExecuteAsync("UPDATE \"AuditEntries\" SET \"Outcome\" = 'Denied' WHERE \"Id\" = @p0", victim.Id);

        Assert.Equal(0, await ArchiveSamples.ArchiveAsync(host));
        Assert.Equal(0, await ArchiveSamples.ArchiveAsync(host));

        Assert.Empty((await ArchiveSamples.ReadAsync(host)).Archives);
        var told = Assert.Single(await AuditSamples.ReadAsync(host), entry => entry.Act == AuditAct.AuditArchived);
        Assert.Equal((AuditOutcome.Failed, AuditLevel.Error), (told.Outcome, told.Level));
        Assert.Equal([victim.Id], (await AuditSamples.VerifyAsync(host)).Breaks.Select(found => found.EntryId));
    }

    [Fact]
    [Trait("Requirement", "B-12")]
    public async Task ArchiveAsync_WithAnEntryThatIsInNoChain_ArchivesNothing()
    {
        await using var host = await ArchiveSamples.StartOldAsync(kind);
        var intruder = new Intruder(host);
        await intruder.DropAuditTriggersAsync();
        var victim = (await AuditSamples.ReadAsync(host)).First(entry => entry.Act == AuditAct.RecordRead);
        await intruder.ExecuteAsync("DELETE FROM \"AuditSeals\" WHERE \"EntryId\" = @p0", victim.Id);

        Assert.Equal(0, await ArchiveSamples.ArchiveAsync(host));

        Assert.Empty((await ArchiveSamples.ReadAsync(host)).Archives);
    }

    [Fact]
    public async Task ArchiveAsync_EndedBetweenTheFileAndItsRows_LeavesTheEntriesAndGoesOnWithOneFile()
    {
        await using var host = await ArchiveSamples.StartOldAsync(kind);
        var before = await AuditSamples.ReadAsync(host);
        var intruder = new Intruder(host);
        await intruder.ExecuteAsync(kind == DatabaseKind.Sqlite
            ? $"CREATE TRIGGER \"{Blocked}\" BEFORE DELETE ON \"AuditListed\" BEGIN SELECT RAISE(ABORT, 'blocked'); END"
            : $"CREATE TRIGGER \"{Blocked}\" BEFORE DELETE ON \"AuditListed\" FOR EACH ROW EXECUTE FUNCTION clinic_refuse('blocked')");

        await Assert.ThrowsAnyAsync<DbException>(() => ArchiveSamples.ArchiveAsync(host));

        Assert.Equal(before.Select(entry => entry.Id), (await AuditSamples.ReadAsync(host)).Select(entry => entry.Id));
        Assert.Empty((await ArchiveSamples.ReadAsync(host)).Archives);
        var unfinished = Assert.Single(Directory.GetFiles(host.Settings.AuditArchiveDirectory));
        await intruder.ExecuteAsync(kind == DatabaseKind.Sqlite ? $"DROP TRIGGER \"{Blocked}\""
            : $"DROP TRIGGER \"{Blocked}\" ON \"AuditListed\"");
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await ArchiveSamples.ArchiveAsync(host) > 0);
        Assert.Equal([unfinished], Directory.GetFiles(host.Settings.AuditArchiveDirectory));
        Assert.Equal(unfinished, ArchiveSamples.FileOf(host, Assert.Single((await ArchiveSamples.ReadAsync(host)).Archives)));
        Assert.True((await AuditSamples.VerifyAsync(host)).IsIntact);
    }

    [Fact]
    public async Task ArchiveAsync_WhereTheFileCannotBeWritten_LeavesEverything()
    {
        using var folder = new TestFolder();
        var taken = Path.Combine(folder.Path, "taken");
        await File.WriteAllTextAsync(taken, "");
        await using var host = await ArchiveSamples.StartOldAsync(kind, configure: audit => audit.ArchiveDirectory = taken);
        var before = await AuditSamples.ReadAsync(host);

        await Assert.ThrowsAnyAsync<IOException>(() => ArchiveSamples.ArchiveAsync(host));

        Assert.Equal(before.Select(entry => entry.Id), (await AuditSamples.ReadAsync(host)).Select(entry => entry.Id));
        Assert.Empty((await ArchiveSamples.ReadAsync(host)).Archives);
    }

    [Fact]
    public async Task ArchiveAsync_OfMoreThanOneArchive_NumbersThemAndTheChainHolds()
    {
        await using var host = await ArchiveSamples.StartOldAsync(kind);
        await ArchiveSamples.ArchiveAsync(host);
        await AuditSamples.SealAsync(host);
        host.Clock.Advance(TimeSpan.FromDays(366 * 8));

        Assert.True(await ArchiveSamples.ArchiveAsync(host) > 0);

        var (archives, rows) = await ArchiveSamples.ReadAsync(host);
        Assert.Equal([1L, 2L], archives.Select(archive => archive.Number));
        Assert.Equal(rows.Count, archives.Sum(archive => archive.Entries));
        Assert.True(archives[0].LastSequence < archives[1].FirstSequence);
        Assert.True((await AuditSamples.VerifyAsync(host)).IsIntact);
    }

    private static void AssertOwnersAlone(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private sealed class ById : IEqualityComparer<AuditEntry>
    {
        public static ById Instance { get; } = new();

        public bool Equals(AuditEntry? one, AuditEntry? other) => one?.Id == other?.Id;

        public int GetHashCode(AuditEntry entry) => entry.Id.GetHashCode();
    }
}
