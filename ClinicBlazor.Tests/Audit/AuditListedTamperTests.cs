using System.Buffers.Binary;
using System.Text;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit;

/// <summary>Whom a list named cannot be added to, taken away or exchanged unnoticed; entries from before lists still verify.</summary>
[Trait("Requirement", "B-12")]
[Trait("Requirement", "S2-13")]
public abstract class AuditListedTamperTests(DatabaseKind kind)
{
    public sealed class OnSqlite() : AuditListedTamperTests(DatabaseKind.Sqlite)
    {
        // A GUID is text here: another spelling would be the same patient to a reader, and not found by a query.
        protected override string[] Misspelt => ["UPDATE \"AuditListed\" SET \"PatientId\" = lower(\"PatientId\") WHERE \"EntryId\" = @p0"];
    }

    public sealed class OnPostgres() : AuditListedTamperTests(DatabaseKind.Postgres);

    protected virtual string[] Misspelt => [];

    [Fact]
    public async Task VerifyAsync_AnyListedPatientTouched_NamesTheEntryBeforeAndAfterItsSeal()
    {
        string[] statements =
        [
            "DELETE FROM \"AuditListed\" WHERE \"EntryId\" = @p0 AND \"PatientId\" = @p1",
            "DELETE FROM \"AuditListed\" WHERE \"EntryId\" = @p0",
            "UPDATE \"AuditListed\" SET \"PatientId\" = @p2 WHERE \"EntryId\" = @p0 AND \"PatientId\" = @p1",
            "INSERT INTO \"AuditListed\" (\"EntryId\", \"PatientId\") VALUES (@p0, @p2)",
            .. Misspelt,
        ];
        await using var host = await DomainHost.StartAsync(kind);
        var (one, other, third) = (host.Clock.NewId(), host.Clock.NewId(), host.Clock.NewId());
        await AuditSamples.WriteListAsync(host, one, other);
        var (_, intruder) = await AuditSamples.OpenToTamperingAsync(host, 2);
        var victims = new List<Guid>();
        foreach (var statement in statements)
        {
            victims.Add(await AuditSamples.WriteListAsync(host, one, other));
            await intruder.ExecuteAsync(statement, victims[^1], one, third);
        }

        Assert.Equal(Changed(victims), Named(await AuditSamples.VerifyAsync(host)));
        await AuditSamples.SealAsync(host);
        Assert.Equal(Changed(victims), Named(await AuditSamples.VerifyAsync(host)));
        Assert.Equal(Changed(victims), Named(await host.Get<AuditCheck>().RunAsync(null, default)));
    }

    [Fact]
    public async Task VerifyAsync_PatientsNamedForAnEntryThatIsNotThere_NamesIt()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var (_, intruder) = await AuditSamples.OpenToTamperingAsync(host, 2);
        var nowhere = host.Clock.NewId();

        await intruder.ExecuteAsync("INSERT INTO \"AuditListed\" (\"EntryId\", \"PatientId\") VALUES (@p0, @p1)", nowhere,
            host.Clock.NewId());

        Assert.Equal([new AuditBreak(AuditBreakKind.ListWithoutEntry, null, nowhere)], (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_EntryOfAListRemoved_IsNamedOnce()
    {
        await using var host = await DomainHost.StartAsync(kind);
        var victim = await AuditSamples.WriteListAsync(host, host.Clock.NewId());
        var (chain, intruder) = await AuditSamples.OpenToTamperingAsync(host, 2);

        await intruder.ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Id\" = @p0", victim);

        Assert.Equal([new AuditBreak(AuditBreakKind.EntryRemoved, chain.Single(link => link.EntryId == victim).Sequence, victim)],
            (await AuditSamples.VerifyAsync(host)).Breaks);
    }

    [Fact]
    public async Task VerifyAsync_EntriesOfTheFirstForm_HoldUntilSomethingIsPutIntoThem()
    {
        string[] statements =
        [
            "INSERT INTO \"AuditListed\" (\"EntryId\", \"PatientId\") VALUES (@p0, @p1)",
            "UPDATE \"AuditEntries\" SET \"Details\" = 'Ssn' WHERE \"Id\" = @p0 AND @p1 IS NOT NULL",
            "UPDATE \"AuditEntries\" SET \"Form\" = 2 WHERE \"Id\" = @p0 AND @p1 IS NOT NULL",
            "UPDATE \"AuditEntries\" SET \"Role\" = 'Nurse' WHERE \"Id\" = @p0 AND @p1 IS NOT NULL",
        ];
        await using var host = await DomainHost.StartAsync(kind);
        var old = new List<Guid>();
        foreach (var _ in statements)
        {
            old.Add(await WriteFirstFormAsync(host));
        }

        var (_, intruder) = await AuditSamples.OpenToTamperingAsync(host, 2);
        foreach (var (statement, victim) in statements.Zip(old))
        {
            Assert.Equal(1, await intruder.ExecuteAsync(statement, victim, host.Clock.NewId()));
        }

        Assert.Equal(Changed(old), Named(await AuditSamples.VerifyAsync(host)));
    }

    [Fact]
    public void Canonical_OfEachForm_HoldsItsFieldsInOrder()
    {
        var (id, one, other) = (Guid.Parse("01900000-0000-7000-8000-0000000000aa"), Guid.Parse("01900000-0000-7000-8000-000000000001"),
            Guid.Parse("01900000-0000-7000-8000-000000000002"));
        var entry = NewFirstForm(id, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        string[] first =
        [
            "audit entry 1", $"{id}", "639029198450000000", "", "Doctor", "", "RecordRead", "Done", "Information", "", "", "", "",
                "203.0.113.9", "Test", "1",
        ];

        Assert.Equal(first, Fields(entry.Canonical([])));
        Assert.Equal(["audit entry 2", .. first[1..], "Ssn, Tin", "2", $"{one}", $"{other}"],
            Fields((entry with { Form = AuditEntry.SecondForm, Details = "Ssn, Tin" }).Canonical([other, one])));
        Assert.Equal(["audit entry 3", .. first[1..], "", "Ssn, Tin", "2", $"{one}", $"{other}"],
            Fields((entry with { Form = AuditEntry.PresentForm, Details = "Ssn, Tin" }).Canonical([other, one])));
    }

    private static IEnumerable<string> Fields(byte[] form)
    {
        for (var at = 0; at < form.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(form.AsSpan(at));
            yield return Encoding.UTF8.GetString(form, at + 4, length);
            at += 4 + length;
        }
    }

    private static AuditEntry NewFirstForm(Guid id, DateTimeOffset at) => new()
    {
        Id = id,
        At = at,
        Role = "Doctor",
        Act = AuditAct.RecordRead,
        Outcome = AuditOutcome.Done,
        Level = AuditLevel.Information,
        Address = "203.0.113.9",
        UserAgent = "Test",
        Form = AuditEntry.FirstForm,
        KeyId = 1,
    };

    private static async Task<Guid> WriteFirstFormAsync(DomainHost host)
    {
        var entry = host.Get<AuditMac>().Sign(NewFirstForm(host.Clock.NewId(), host.Clock.Now()), []);
        await host.ArrangeAsync(db =>
        {
            db.Set<AuditEntry>().Add(entry);
            db.Set<AuditPending>().Add(new AuditPending { EntryId = entry.Id });
        });
        return entry.Id;
    }

    private static IEnumerable<(AuditBreakKind, Guid?)> Changed(IEnumerable<Guid> entries) =>
        entries.Order().Select(id => (AuditBreakKind.EntryChanged, (Guid?)id));

    private static IEnumerable<(AuditBreakKind, Guid?)> Named(AuditVerification verification) =>
        verification.Breaks.OrderBy(found => found.EntryId).Select(found => (found.Kind, found.EntryId));
}
