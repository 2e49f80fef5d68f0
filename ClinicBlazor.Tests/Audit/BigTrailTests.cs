using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit;

/// <summary>The trail that is measured is a genuine one, and longer than what the verifier holds at a time.</summary>
[Trait("Requirement", "S4-11")]
[Trait("Requirement", "B-12")]
public sealed class BigTrailTests : IAsyncLifetime
{
    private const int Entries = 25_000;

    private DomainHost host = null!;
    private TestPerson person = null!;
    private int patientNumber;

    public async Task InitializeAsync()
    {
        host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        (person, patientNumber) = await BigTrail.FillAsync(host, Entries);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Trail_ThatIsMeasured_HoldsAndAnswersEachQuestion()
    {
        var verification = await AuditSamples.VerifyAsync(host);
        Assert.Empty(verification.Breaks);
        Assert.True(verification.Entries >= Entries);

        var none = new List<string>();
        foreach (var call in await TrailCall.AllAsync(host, person, patientNumber))
        {
            if (await call.AskAsync() == 0)
            {
                none.Add(call.Name);
            }
        }

        // Of so few entries a patient has none on that day; of millions, some.
        Assert.Equal(["an act that nobody did", "a patient on a day", "failures of an act that never fails"], none);
    }

    [Fact]
    public async Task VerifyAsync_OfMoreThanOnePiece_FindsWhatIsWrongInTheLast()
    {
        var intruder = new Intruder(host);
        await intruder.DropAuditTriggersAsync();
        var last = (await AuditSamples.SealAsync(host))[^2];
        var (forged, stray) = (host.Clock.NewId(), host.Clock.NewId());
        await intruder.ExecuteAsync("DELETE FROM \"AuditSeals\" WHERE \"Sequence\" = @p0", last.Sequence);
        await intruder.ExecuteAsync(
            """
            INSERT INTO "AuditEntries" ("Id", "At", "Role", "Act", "Outcome", "Level", "Address", "UserAgent", "Form", "KeyId", "Mac")
            SELECT @p0, "At", "Role", "Act", "Outcome", "Level", "Address", "UserAgent", "Form", "KeyId", "Mac"
            FROM "AuditEntries" WHERE "Id" = @p1
            """, forged, last.EntryId);
        await intruder.ExecuteAsync("INSERT INTO \"AuditListed\" (\"EntryId\", \"PatientId\") VALUES (@p0, @p0)", stray);

        var breaks = (await AuditSamples.VerifyAsync(host)).Breaks;

        Assert.Equal(
            [
                new AuditBreak(AuditBreakKind.SealRemoved, last.Sequence, null),
                new AuditBreak(AuditBreakKind.SealRemoved, null, last.EntryId),
                new AuditBreak(AuditBreakKind.EntryInserted, null, forged), new AuditBreak(AuditBreakKind.ListWithoutEntry, null, stray),
            ],
            breaks);
    }
}
