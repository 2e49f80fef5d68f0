using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit.Archives;

/// <summary>
/// Somebody with all rights on the database, who takes the triggers away first, cannot make entries disappear into archives, nor
/// change what is said of them.
/// </summary>
[Trait("Requirement", "S2-14")]
[Trait("Requirement", "B-12")]
public abstract class ArchiveTamperTests(DatabaseKind kind)
{
    private static readonly AuditBreak First = new(AuditBreakKind.ArchiveChanged, null, null) { Archive = 1 };

    public sealed class OnSqlite() : ArchiveTamperTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : ArchiveTamperTests(DatabaseKind.Postgres);

    [Theory]
    [InlineData("UPDATE \"AuditArchives\" SET \"Entries\" = \"Entries\" + 1")]
    [InlineData("UPDATE \"AuditArchives\" SET \"FileName\" = 'other.jsonl'")]
    [InlineData("UPDATE \"AuditArchives\" SET \"FileSha256\" = \"Digest\"")]
    [InlineData("UPDATE \"AuditArchives\" SET \"LastSequence\" = \"LastSequence\" + 1")]
    [InlineData("UPDATE \"AuditArchives\" SET \"KeyId\" = \"KeyId\" + 1")]
    [InlineData("UPDATE \"AuditArchived\" SET \"EntryMac\" = (SELECT \"Digest\" FROM \"AuditArchives\")")]
    [InlineData("UPDATE \"AuditArchived\" SET \"ArchiveNumber\" = 1 + (\"Sequence\" % 2)")]
    [InlineData("DELETE FROM \"AuditArchives\"")]
    public async Task VerifyAsync_ARowOfAnArchiveChangedOrGone_NamesTheArchive(string statement)
    {
        await using var host = await ArchivedAsync();
        var intruder = new Intruder(host);
        await intruder.DropAuditTriggersAsync();

        Assert.True(await intruder.ExecuteAsync(statement) > 0);

        Assert.Contains(First, (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_WhatIsLeftOfAnEntryGone_NamesTheArchiveAndThePlace()
    {
        await using var host = await ArchivedAsync();
        var intruder = new Intruder(host);
        await intruder.DropAuditTriggersAsync();
        var victim = (await ArchiveSamples.ReadAsync(host)).Rows[1];

        await intruder.ExecuteAsync("DELETE FROM \"AuditArchived\" WHERE \"Sequence\" = @p0", victim.Sequence);

        Assert.Equal([First, new AuditBreak(AuditBreakKind.EntryRemoved, victim.Sequence, victim.EntryId)],
            (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_AnArchiveGoneWithItsRows_NamesEachEntry()
    {
        await using var host = await ArchivedAsync();
        var rows = (await ArchiveSamples.ReadAsync(host)).Rows;
        var intruder = new Intruder(host);
        await intruder.DropAuditTriggersAsync();

        await intruder.ExecuteAsync("DELETE FROM \"AuditArchived\"");
        await intruder.ExecuteAsync("DELETE FROM \"AuditArchives\"");

        Assert.Equal(rows.Select(row => new AuditBreak(AuditBreakKind.EntryRemoved, row.Sequence, row.EntryId)),
            (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_AnEntryThatWasOnlySaidToBeArchived_NamesTheArchive()
    {
        await using var host = await ArchivedAsync();
        var intruder = new Intruder(host);
        await intruder.DropAuditTriggersAsync();
        var victim = (await AuditSamples.ReadAsync(host)).Last(entry => entry.Act == AuditAct.RecordRead);

        await intruder.ExecuteAsync(
            """
            INSERT INTO "AuditArchived" ("Sequence", "EntryId", "EntryMac", "ArchiveNumber")
            SELECT "Sequence", "EntryId", (SELECT "Mac" FROM "AuditEntries" WHERE "Id" = @p0), 1 FROM "AuditSeals" WHERE "EntryId" = @p0
            """, victim.Id);
        await intruder.ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Id\" = @p0", victim.Id);

        Assert.Equal([First], (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_AForgedArchive_NamesIt()
    {
        await using var host = await ArchivedAsync();
        var intruder = new Intruder(host);

        await intruder.ExecuteAsync(
            """
            INSERT INTO "AuditArchives" ("Number", "FileName", "FirstSequence", "LastSequence", "Entries", "Digest", "FileSha256", "MadeAt",
                "KeyId", "Mac")
            SELECT 2, "FileName", "FirstSequence", "LastSequence", "Entries", "Digest", "FileSha256", "MadeAt", "KeyId", "Mac"
            FROM "AuditArchives" WHERE "Number" = 1
            """);

        Assert.Equal([First with { Archive = 2 }], (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_AnArchivedEntryPutBack_NamesIt()
    {
        await using var host = await ArchivedAsync();
        var row = (await ArchiveSamples.ReadAsync(host)).Rows[1];
        var intruder = new Intruder(host);
        const string fields = "\"At\", \"Role\", \"Act\", \"Outcome\", \"Level\", \"Address\", \"UserAgent\", \"Form\", \"KeyId\", \"Mac\"";
        var pattern = (await AuditSamples.ReadAsync(host))[^1];

        await intruder.ExecuteAsync(
            $"INSERT INTO \"AuditEntries\" (\"Id\", {fields}) SELECT @p0, {fields} FROM \"AuditEntries\" WHERE \"Id\" = @p1",
            row.EntryId, pattern.Id);

        Assert.Equal([new AuditBreak(AuditBreakKind.EntryInserted, row.Sequence, row.EntryId)],
            (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task CheckAsync_AFileThatWasChanged_IsAFindingAndOneThatIsElsewhereIsNone()
    {
        await using var host = await ArchivedAsync();
        var file = ArchiveSamples.FileOf(host, (await ArchiveSamples.ReadAsync(host)).Archives[0]);
        var bytes = await File.ReadAllBytesAsync(file);

        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var changed = await AuditSamples.VerifyAsync(host);
        File.Delete(file);
        var missing = await AuditSamples.VerifyAsync(host);

        Assert.Equal([new AuditBreak(AuditBreakKind.ArchiveFileChanged, null, null) { Archive = 1 }], changed.Breaks);
        Assert.Equal((true, 1L), (missing.IsIntact, missing.Archives.FilesMissing));
    }

    private async Task<DomainHost> ArchivedAsync()
    {
        var host = await ArchiveSamples.StartOldAsync(kind);
        await ArchiveSamples.ArchiveAsync(host);
        await AuditSamples.SealAsync(host);
        Assert.True((await AuditSamples.VerifyAsync(host)).IsIntact);
        return host;
    }
}
