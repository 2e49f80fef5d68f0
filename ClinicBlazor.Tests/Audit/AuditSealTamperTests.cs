using System.Security.Cryptography;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Audit;

/// <summary>The links of the chain, tampered with by somebody with all rights on the database.</summary>
[Trait("Requirement", "B-12")]
public abstract class AuditSealTamperTests(DatabaseKind kind)
{
    private const int Middle = 3;

    public sealed class OnSqlite() : AuditSealTamperTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AuditSealTamperTests(DatabaseKind.Postgres);

    [Fact]
    public async Task VerifyAsync_SealRemoved_NamesTheNumberAndTheEntryWithoutAPlace()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);

        await intruder.ExecuteAsync("DELETE FROM \"AuditSeals\" WHERE \"Sequence\" = @p0", chain[Middle].Sequence);

        Assert.Equal(
            [new AuditBreak(AuditBreakKind.SealRemoved, chain[Middle].Sequence, null),
                new AuditBreak(AuditBreakKind.SealRemoved, null, chain[Middle].EntryId)],
            (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-7)]
    public async Task VerifyAsync_ForgedEntryWithAPlaceBeforeTheFirst_NamesIt(long place)
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);
        var forged = host.Clock.NewId();
        await intruder.ExecuteAsync(
            """
            INSERT INTO "AuditEntries" ("Id", "At", "AccountId", "Role", "SessionId", "Act", "Outcome", "Level", "PatientId", "RecordId",
                "VisitId", "SubjectId", "Address", "UserAgent", "KeyId", "Mac", "Form")
            SELECT @p0, "At", "AccountId", "Role", "SessionId", "Act", "Outcome", "Level", "PatientId", "RecordId",
                "VisitId", "SubjectId", "Address", "UserAgent", "KeyId", "Mac", "Form" FROM "AuditEntries" WHERE "Id" = @p1
            """, forged, chain[Middle].EntryId);
        await intruder.ExecuteAsync(
            "INSERT INTO \"AuditSeals\" (\"Sequence\", \"EntryId\", \"KeyId\", \"Mac\") SELECT @p0, @p1, \"KeyId\", \"Mac\" FROM \"AuditSeals\" WHERE \"Sequence\" = @p2",
            place, forged, chain[Middle].Sequence);

        Assert.Equal([new AuditBreak(AuditBreakKind.EntryInserted, place, forged)], (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_SealsRemovedAndRenumbered_IsBrokenWhereTheyWere()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);
        await intruder.ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Id\" = @p0", chain[Middle].EntryId);
        await intruder.ExecuteAsync("DELETE FROM \"AuditSeals\" WHERE \"Sequence\" = @p0", chain[Middle].Sequence);
        foreach (var link in chain.Skip(Middle + 1))
        {
            await intruder.ExecuteAsync("UPDATE \"AuditSeals\" SET \"Sequence\" = @p0 WHERE \"Sequence\" = @p1", link.Sequence - 1,
                link.Sequence);
        }

        var breaks = (await AuditSamples.VerifyAsync(host)).Breaks;

        Assert.Equal(chain.Skip(Middle + 1).Select(link => new AuditBreak(AuditBreakKind.ChainBroken, link.Sequence - 1, link.EntryId)),
            breaks);
    }

    [Fact]
    public async Task VerifyAsync_EntriesThatChangedPlaces_NamesBoth()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);
        var (one, other) = (chain[Middle - 1], chain[Middle + 1]);
        await intruder.ExecuteAsync("UPDATE \"AuditSeals\" SET \"EntryId\" = @p0 WHERE \"Sequence\" = @p1", host.Clock.NewId(),
            one.Sequence);
        await intruder.ExecuteAsync("UPDATE \"AuditSeals\" SET \"EntryId\" = @p0 WHERE \"Sequence\" = @p1", one.EntryId, other.Sequence);
        await intruder.ExecuteAsync("UPDATE \"AuditSeals\" SET \"EntryId\" = @p0 WHERE \"Sequence\" = @p1", other.EntryId, one.Sequence);

        Assert.Equal(
            [new AuditBreak(AuditBreakKind.ChainBroken, one.Sequence, other.EntryId),
                new AuditBreak(AuditBreakKind.ChainBroken, other.Sequence, one.EntryId)],
            (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_EntryFromAPastThatWasRolledBack_BreaksTheLinkAfterIt()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);
        var (entry, seal) = await TakeAwayAsync(host, intruder, chain[^1]);
        var rewritten = await AuditSamples.WriteAsync(host, 2);
        Assert.Empty((await AuditSamples.VerifyAsync(host)).Breaks);
        var inItsPlace = rewritten.Single(link => link.Sequence == seal.Sequence);
        await TakeAwayAsync(host, intruder, inItsPlace);

        // Both are genuine and at their number; only the next link tells that another entry stood there.
        await host.ArrangeAsync(db =>
        {
            db.Set<AuditEntry>().Add(entry);
            db.Set<AuditSeal>().Add(seal);
        });

        var next = rewritten.Single(link => link.Sequence == seal.Sequence + 1);
        Assert.Equal([new AuditBreak(AuditBreakKind.ChainBroken, next.Sequence, next.EntryId)],
            (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Theory]
    [InlineData(nameof(AuditSeal.Mac))]
    [InlineData(nameof(AuditSeal.KeyId))]
    public async Task VerifyAsync_SealChanged_NamesIt(string column)
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);
        object value = column == nameof(AuditSeal.Mac) ? RandomNumberGenerator.GetBytes(32) : 99;

        await intruder.ExecuteAsync($"UPDATE \"AuditSeals\" SET \"{column}\" = @p0 WHERE \"Sequence\" = @p1", value,
            chain[Middle].Sequence);

        Assert.Contains(new AuditBreak(AuditBreakKind.ChainBroken, chain[Middle].Sequence, chain[Middle].EntryId),
            (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    private static async Task<(AuditEntry Entry, AuditSeal Seal)> TakeAwayAsync(DomainHost host, Intruder intruder, SealedEntry link)
    {
        await using var db = await host.OpenAsync();
        var taken = (await db.Set<AuditEntry>().SingleAsync(entry => entry.Id == link.EntryId),
            await db.Set<AuditSeal>().SingleAsync(seal => seal.Sequence == link.Sequence));
        await intruder.ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Id\" = @p0", link.EntryId);
        await intruder.ExecuteAsync("DELETE FROM \"AuditSeals\" WHERE \"Sequence\" = @p0", link.Sequence);
        return taken;
    }
}
