using System.Reflection;
using System.Security.Cryptography;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit;

/// <summary>
/// Somebody with all rights on the database, who takes the triggers away first, is found all the same: the verifier
/// names what was touched, and blames nothing else.
/// </summary>
[Trait("Requirement", "B-12")]
public abstract class AuditTamperTests(DatabaseKind kind)
{
    private const int Middle = 3;

    private static readonly string[] ColumnNames =
        [.. typeof(AuditEntry).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(property => property.Name).Except([nameof(AuditEntry.Id)])];

    public sealed class OnSqlite() : AuditTamperTests(DatabaseKind.Sqlite)
    {
        // A GUID is text here, and a reader would take each of these for the same one, which a query would not find.
        protected override string[] Misspelt =>
        [
            "\"PatientId\" = lower(\"PatientId\")", "\"AccountId\" = replace(\"AccountId\", '-', '')",
                "\"RecordId\" = '{' || \"RecordId\" || '}'",
            "\"VisitId\" = \"VisitId\" || ' '", "\"SessionId\" = 'nobody'",
        ];
    }

    public sealed class OnPostgres() : AuditTamperTests(DatabaseKind.Postgres);

    protected virtual string[] Misspelt => [];

    [Fact]
    public async Task VerifyAsync_AnyFieldOfAnEntryChanged_NamesTheEntryAndNoOther()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host, ColumnNames.Length);
        var entries = (await AuditSamples.ReadAsync(host)).ToDictionary(entry => entry.Id);
        foreach (var (column, victim) in ColumnNames.Zip(chain))
        {
            Assert.Equal(1, await intruder.ExecuteAsync(
                $"UPDATE \"AuditEntries\" SET \"{column}\" = @p1 WHERE \"Id\" = @p0", victim.EntryId,
                    Another(entries[victim.EntryId], column)));
        }

        Assert.Equal(Changed(chain.Take(ColumnNames.Length)), (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_ValuesThatNoEntryHolds_AreChanges()
    {
        string[] values =
        [
            "\"Act\" = 'Nonsense'", $"\"Act\" = '{(int)AuditAct.RecordRead}'", "\"Act\" = lower(\"Act\")", "\"Outcome\" = ''",
                "\"Level\" = 'Information '",
            "\"AccountId\" = NULL", "\"PatientId\" = NULL", "\"SubjectId\" = NULL", "\"KeyId\" = -1", .. Misspelt,
        ];
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host, values.Length);
        foreach (var (value, victim) in values.Zip(chain))
        {
            Assert.Equal(1, await intruder.ExecuteAsync($"UPDATE \"AuditEntries\" SET {value} WHERE \"Id\" = @p0", victim.EntryId));
        }

        Assert.Equal(Changed(chain.Take(values.Length)), (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_EntryRemoved_NamesItsPlace()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);

        await intruder.ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Id\" = @p0", chain[Middle].EntryId);

        Assert.Equal([new AuditBreak(AuditBreakKind.EntryRemoved, chain[Middle].Sequence, chain[Middle].EntryId)],
            (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_EntriesRemovedWithTheirSeals_NamesEachNumber()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);
        foreach (var gone in chain.Skip(Middle).Take(2))
        {
            await intruder.ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Id\" = @p0", gone.EntryId);
            await intruder.ExecuteAsync("DELETE FROM \"AuditSeals\" WHERE \"Sequence\" = @p0", gone.Sequence);
        }

        Assert.Equal(
            [.. chain.Skip(Middle).Take(2).Select(gone => new AuditBreak(AuditBreakKind.SealRemoved, gone.Sequence, null))],
            (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_EntryInserted_NamesIt()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);

        var forged = await ForgeAsync(host, intruder, chain[Middle].EntryId);

        Assert.Equal([new AuditBreak(AuditBreakKind.EntryInserted, null, forged)], (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_EntryInsertedAndHandedToTheSealer_IsNamedInItsPlace()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);
        var forged = await ForgeAsync(host, intruder, chain[Middle].EntryId);
        await intruder.ExecuteAsync("INSERT INTO \"AuditPending\" (\"EntryId\") VALUES (@p0)", forged);
        var place = (await AuditSamples.SealAsync(host)).Single(link => link.EntryId == forged);

        Assert.Equal([new AuditBreak(AuditBreakKind.EntryChanged, place.Sequence, forged)], (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_ContentAndMacOfAnotherEntry_IsAChange()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);
        var fields = string.Join(", ",
            ColumnNames.Select(column => $"\"{column}\" = (SELECT \"{column}\" FROM \"AuditEntries\" WHERE \"Id\" = @p1)"));

        await intruder.ExecuteAsync($"UPDATE \"AuditEntries\" SET {fields} WHERE \"Id\" = @p0", chain[Middle].EntryId,
            chain[Middle + 1].EntryId);

        Assert.Equal(Changed([chain[Middle]]), (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task ListAsync_WithAnEntryThatNoLongerReads_StillLists()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host);
        await intruder.ExecuteAsync("UPDATE \"AuditEntries\" SET \"Act\" = 'Nonsense' WHERE \"Id\" = @p0", chain[Middle].EntryId);
        var administrator = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));

        var page = await host.Get<AuditService>().ListAsync(administrator, new AuditQuery(), CancellationToken.None);

        Assert.False(Enum.IsDefined(page.Value.Items.Single(row => row.Id == chain[Middle].EntryId).Act));
    }

    [Fact]
    public async Task VerifyAsync_EntryChangedWhileItWaitsForItsSeal_NamesItBeforeAndAfterSealing()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (_, intruder) = await AuditSamples.OpenToTamperingAsync(host);
        var actor = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Doctor));
        await host.ArrangeAsync(
            db => host.Get<AuditTrail>().Add(db, actor, new AuditTrace(AuditAct.RecordRead), AuditOutcome.Done, host.Clock.Now()));
        var waiting = (await AuditSamples.ReadAsync(host))
            .Single(entry => entry.Act == AuditAct.RecordRead && entry.AccountId == actor.AccountId);

        Assert.Empty((await AuditSamples.VerifyAsync(host)).Breaks);
        await intruder.ExecuteAsync("UPDATE \"AuditEntries\" SET \"Outcome\" = 'Denied' WHERE \"Id\" = @p0", waiting.Id);
        var before = await AuditSamples.VerifyAsync(host);
        await AuditSamples.SealAsync(host);
        var after = await AuditSamples.VerifyAsync(host);

        Assert.Equal(new AuditBreak(AuditBreakKind.EntryChanged, null, waiting.Id), Assert.Single(before.Breaks));
        Assert.Equal((AuditBreakKind.EntryChanged, waiting.Id), (Assert.Single(after.Breaks).Kind, after.Breaks[0].EntryId));
    }

    private static async Task<Guid> ForgeAsync(DomainHost host, Intruder intruder, Guid pattern)
    {
        var forged = host.Clock.NewId();
        var columns = string.Join(", ", ColumnNames.Select(column => $"\"{column}\""));
        await intruder.ExecuteAsync(
            $"INSERT INTO \"AuditEntries\" (\"Id\", {columns}) SELECT @p0, {columns} FROM \"AuditEntries\" WHERE \"Id\" = @p1", forged,
            pattern);
        return forged;
    }

    private static IEnumerable<AuditBreak> Changed(IEnumerable<SealedEntry> entries) =>
        entries.Select(entry => new AuditBreak(AuditBreakKind.EntryChanged, entry.Sequence, entry.EntryId));

    /// <summary>A value of the column that is as good as the one there, and another.</summary>
    private object Another(AuditEntry entry, string column) => typeof(AuditEntry).GetProperty(column)!.GetValue(entry) switch
    {
        AuditAct => nameof(AuditAct.SignOut),
        AuditOutcome => nameof(AuditOutcome.Denied),
        AuditLevel => nameof(AuditLevel.Error),
        DateTimeOffset at when kind == DatabaseKind.Sqlite => at.AddMicroseconds(1).UtcTicks,
        DateTimeOffset at => at.AddMicroseconds(1),
        Guid => Guid.CreateVersion7(),
        string text => text + " ",
        int keyId => keyId + 1,
        byte[] => RandomNumberGenerator.GetBytes(32),
        var other => throw new InvalidOperationException($"No other value is known for {column} ({other})."),
    };
}
