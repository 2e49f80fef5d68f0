using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Audit.Anchors;

/// <summary>
/// What a walk along the chain cannot see, since nothing of it is left: a tail that was cut, a trail that was emptied, a
/// database that was rolled back. In each the chain alone says that all is well.
/// </summary>
[Trait("Requirement", "B-12")]
public abstract class AnchorTests(DatabaseKind kind)
{
    public sealed class OnSqlite() : AnchorTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AnchorTests(DatabaseKind.Postgres);

    [Fact]
    public async Task VerifyAsync_WithAnchorsOfAllItHolds_IsIntact()
    {
        await using var host = await StartAsync();
        await AnchorAsync(host, 3);
        await AnchorAsync(host, 2);

        var found = await AuditSamples.VerifyAsync(host);

        Assert.True(found.IsIntact);
        Assert.Equal((3, host.Clock.GetUtcNow()), (found.Anchors.Anchors, found.Anchors.LastAt));
    }

    [Fact]
    public async Task VerifyAsync_TailCut_SaysWhichEntriesAreMissingAndWhenTheyWereThere()
    {
        await using var host = await StartAsync();
        var anchor = await AnchorAsync(host, 6);
        await CutAsync(host, anchor.Sequence - 2);

        var found = await AuditSamples.VerifyAsync(host);

        Assert.Equal([new AnchorFinding(AnchorFindingKind.EntriesMissing, anchor.Sequence - 1, anchor.Sequence, anchor.At)],
            found.Anchors.Findings);
        Assert.Empty(found.Breaks);
        Assert.False(found.IsIntact);
    }

    [Fact]
    public async Task VerifyAsync_EverythingEmptied_SaysThatAllIsMissing()
    {
        await using var host = await StartAsync();
        var anchor = await AnchorAsync(host, 4);
        await CutAsync(host, 0);

        var found = await AuditSamples.VerifyAsync(host);

        Assert.Equal([new AnchorFinding(AnchorFindingKind.EntriesMissing, 1, anchor.Sequence, anchor.At)], found.Anchors.Findings);
        Assert.Empty(found.Breaks);
    }

    [Fact]
    public async Task VerifyAsync_OlderDatabaseRestored_IsFoundAtOnceAndStillWhenItHasGoneOnPastTheOldEnd()
    {
        await using var host = await StartAsync();
        var kept = await AnchorAsync(host, 3);
        var older = await CopyAsync(host);
        var lost = await AnchorAsync(host, 4);
        await RestoreAsync(host, older, kept.Sequence);

        var atOnce = await AuditSamples.VerifyAsync(host);
        await AnchorAsync(host, 9);
        var later = await AuditSamples.VerifyAsync(host);

        Assert.Equal([new AnchorFinding(AnchorFindingKind.EntriesMissing, kept.Sequence + 1, lost.Sequence, lost.At)],
            atOnce.Anchors.Findings);
        Assert.Equal([new AnchorFinding(AnchorFindingKind.EntriesReplaced, kept.Sequence + 1, lost.Sequence, lost.At)],
            later.Anchors.Findings);
        Assert.Empty(later.Breaks);
    }

    [Fact]
    public async Task VerifyAsync_ForgedAnchors_AreNamedByTheirLineAndVouchForNothing()
    {
        await using var host = await StartAsync();
        var anchor = await AnchorAsync(host, 6);
        await CutAsync(host, anchor.Sequence - 2);
        var lines = await File.ReadAllLinesAsync(FileOf(host));
        var chain = await AuditSamples.SealAsync(host);

        // Whoever cut the tail makes the last anchor end there too, with the head that stands there now.
        lines[^1] = lines[^1].Replace($" {anchor.Sequence} {anchor.Head} ", $" {chain[^1].Sequence} {await HeadAsync(host)} ",
            StringComparison.Ordinal);
        await File.WriteAllLinesAsync(FileOf(host), lines);

        var found = await AuditSamples.VerifyAsync(host);

        Assert.Equal([new AnchorFinding(AnchorFindingKind.AnchorForged, lines.Length, lines.Length)], found.Anchors.Findings);
    }

    [Fact]
    public async Task VerifyAsync_AnchorsTakenOutOfTheFile_AreMissed()
    {
        await using var host = await StartAsync();
        await AnchorAsync(host, 1);
        await AnchorAsync(host, 1);
        await AnchorAsync(host, 1);
        var lines = await File.ReadAllLinesAsync(FileOf(host));

        await File.WriteAllLinesAsync(FileOf(host), [lines[0], .. lines[3..]]);
        var middle = await AuditSamples.VerifyAsync(host);
        await File.WriteAllLinesAsync(FileOf(host), lines[2..]);
        var beginning = await AuditSamples.VerifyAsync(host);

        Assert.Equal((AnchorFindingKind.AnchorsMissing, 2, 3),
            Assert.Single(middle.Anchors.Findings) is var gap ? (gap.Kind, gap.From, gap.To) : default);
        Assert.Equal(AnchorFindingKind.BeginningMissing, Assert.Single(beginning.Anchors.Findings).Kind);
    }

    [Fact]
    public async Task VerifyAsync_FileMissing_SaysSoAndStillDoesWhenANewOneWasMade()
    {
        await using var host = await StartAsync();
        await AnchorAsync(host, 3);
        File.Delete(FileOf(host));

        var missing = await AuditSamples.VerifyAsync(host);
        await host.Get<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);
        Assert.False(File.Exists(FileOf(host)), "A file that was there is not made good in silence.");
        await host.Get<AuditAnchors>().CompareAsync(CancellationToken.None);
        await AnchorAsync(host, 1);
        var made = await AuditSamples.VerifyAsync(host);

        Assert.Equal([new AnchorFinding(AnchorFindingKind.FileMissing)], missing.Anchors.Findings);
        Assert.Equal(AnchorFindingKind.BeginningMissing, Assert.Single(made.Anchors.Findings).Kind);
        Assert.Contains(await AuditSamples.ReadAsync(host),
            entry => entry is { Act: AuditAct.AnchorsCompared, Outcome: AuditOutcome.Failed, Level: AuditLevel.Error });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task BeginIfNewAsync_OfAClinicInUseWhoseTrailWasCutWithItsFile_LeavesItAsAFinding(long left)
    {
        await using var host = await StartAsync();
        await host.People.AddStaffAsync(Domain.Access.Roles.Administrator);
        await AnchorAsync(host, 3);
        await CutAsync(host, left);
        File.Delete(FileOf(host));
        await using var started = await host.StartAgainAsync();

        await started.GetRequiredService<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);

        Assert.False(File.Exists(FileOf(host)), "What was emptied is not made good in silence.");
        Assert.Equal([new AnchorFinding(AnchorFindingKind.FileMissing)], (await AuditSamples.VerifyAsync(host)).Anchors.Findings);
        await host.Get<AuditAnchors>().CompareAsync(CancellationToken.None);
        Assert.Contains(await AuditSamples.ReadAsync(host),
            entry => entry is { Act: AuditAct.AnchorsCompared, Outcome: AuditOutcome.Failed });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BeginIfNewAsync_OfANewClinicOrAFurtherMachineOfOneInUse_Begins(bool isInUse)
    {
        await using var host = await DomainHost.StartAsync(kind);
        if (isInUse)
        {
            await host.People.AddStaffAsync(Domain.Access.Roles.Administrator);
            await host.ArrangeAsync(db => host.Get<AuditTrail>().Add(db, Domain.Access.Actor.Anonymous(Domain.Access.ClientInfo.Local),
                new AuditTrace(AuditAct.AnchorsBegun) { SubjectId = Guid.CreateVersion7() }, AuditOutcome.Done, host.Clock.Now()));
        }

        await host.Get<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);

        Assert.True((await AuditSamples.VerifyAsync(host)).IsIntact);
    }

    [Fact]
    public async Task VerifyAsync_LastLineTorn_IsToleratedAndWrittenPast()
    {
        await using var host = await StartAsync();
        await AnchorAsync(host, 2);
        var whole = await File.ReadAllTextAsync(FileOf(host));
        await AnchorAsync(host, 2);
        var longer = await File.ReadAllTextAsync(FileOf(host));
        await File.WriteAllTextAsync(FileOf(host), longer[..(whole.Length + 60)]);

        var torn = await AuditSamples.VerifyAsync(host);
        await AnchorAsync(host, 1);
        var past = await AuditSamples.VerifyAsync(host);

        Assert.True(torn.IsIntact);
        Assert.Equal(2, torn.Anchors.Anchors);
        Assert.True(past.IsIntact);
        Assert.Equal(3, past.Anchors.Anchors);
    }

    [Fact]
    public async Task BeginAsync_AfterARestoreThatWasMeant_HoldsAgainKeepsTheOldFileAndIsAudited()
    {
        await using var host = await StartAsync();
        var anchor = await AnchorAsync(host, 5);
        await CutAsync(host, anchor.Sequence - 3);
        Assert.False((await AuditSamples.VerifyAsync(host)).IsIntact);

        await host.Get<AuditAnchors>().BeginAsync(CancellationToken.None);

        Assert.True((await AuditSamples.VerifyAsync(host)).IsIntact);
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(FileOf(host))!, "audit-anchors.txt*").Length);
        Assert.Contains(await AuditSamples.ReadAsync(host), entry => entry is { Act: AuditAct.AnchorsBegun, Level: AuditLevel.Warning });
    }

    [Fact]
    public async Task RunAsync_WithAnchorsThatWereKeptElsewhere_FindsWhatAWholeFolderPutBackHides()
    {
        await using var host = await StartAsync();
        var kept = await AnchorAsync(host, 2);
        var ownFile = await File.ReadAllTextAsync(FileOf(host));
        var lost = await AnchorAsync(host, 4);
        var elsewhere = Path.Combine(host.Settings.DataDirectory, "mail.txt");
        await File.WriteAllTextAsync(elsewhere,
            $"Subject: audit\r\n\r\n{(await File.ReadAllLinesAsync(FileOf(host)))[^1]}\r\n\r\nKeep this mail.\r\n");
        await CutAsync(host, kept.Sequence);
        await File.WriteAllTextAsync(FileOf(host), ownFile);

        Assert.True((await host.Get<AuditCheck>().RunAsync(null, CancellationToken.None)).IsIntact);
        var found = await host.Get<AuditCheck>().RunAsync(elsewhere, CancellationToken.None);

        Assert.Equal([new AnchorFinding(AnchorFindingKind.EntriesMissing, kept.Sequence + 1, lost.Sequence, lost.At)],
            found.Anchors.Findings);
    }

    [Fact]
    [Trait("Requirement", "S2-15")]
    public async Task MakeAsync_OfSeveralInstancesOnOneFile_NumbersThemWithoutAGap()
    {
        await using var host = await StartAsync();
        await using var other = await host.StartAgainAsync();
        AuditAnchors[] instances = [host.Get<AuditAnchors>(), other.GetRequiredService<AuditAnchors>()];

        await Task.WhenAll(instances.Select(instance => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await instance.MakeAsync(AnchorReason.Hour, CancellationToken.None);
            }
        })));

        var found = await AuditSamples.VerifyAsync(host);
        Assert.True(found.IsIntact);
        Assert.Equal(21, found.Anchors.Anchors);
    }

    private static string FileOf(DomainHost host) => host.Settings.AnchorFile;

    private async Task<DomainHost> StartAsync()
    {
        var host = await DomainHost.StartAsync(kind);
        await host.Get<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);
        return host;
    }

    private static async Task<AuditAnchor> AnchorAsync(DomainHost host, int entries)
    {
        await AuditSamples.WriteAsync(host, entries);
        return await host.Get<AuditAnchors>().MakeAsync(AnchorReason.Hour, CancellationToken.None);
    }

    private static async Task<string> HeadAsync(DomainHost host)
    {
        await using var db = await host.OpenAsync();
        return Convert.ToHexStringLower(
            await db.Set<AuditSeal>().OrderByDescending(seal => seal.Sequence).Select(seal => seal.Mac).FirstAsync());
    }

    /// <summary>Takes all that stands behind a place, as somebody with all rights on the database can.</summary>
    private static async Task CutAsync(DomainHost host, long last)
    {
        var intruder = new Intruder(host);
        await intruder.ForceAsync(
            "DELETE FROM \"AuditEntries\" WHERE \"Id\" NOT IN (SELECT \"EntryId\" FROM \"AuditSeals\" WHERE \"Sequence\" <= @p0)", last);
        await intruder.ForceAsync("DELETE FROM \"AuditSeals\" WHERE \"Sequence\" > @p0", last);
        await intruder.ForceAsync("DELETE FROM \"AuditPending\"");
    }

    private async Task<byte[]> CopyAsync(DomainHost host)
    {
        if (kind == DatabaseKind.Postgres)
        {
            return [];
        }

        await new Intruder(host).QueryAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return await File.ReadAllBytesAsync(host.Settings.SqliteFile);
    }

    /// <summary>The whole file of SQLite; on PostgreSQL, where a test has no copy of the server, the trail as it was.</summary>
    private static async Task RestoreAsync(DomainHost host, byte[] older, long last)
    {
        if (older.Length == 0)
        {
            await CutAsync(host, last);
            return;
        }

        SqlitePools.Clear(host.Settings.SqliteFile);
        File.Delete($"{host.Settings.SqliteFile}-wal");
        File.Delete($"{host.Settings.SqliteFile}-shm");
        await File.WriteAllBytesAsync(host.Settings.SqliteFile, older);
    }
}
