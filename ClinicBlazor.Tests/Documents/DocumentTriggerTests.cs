using System.Data.Common;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Documents;

/// <summary>What the database itself keeps of documents, whoever writes into it.</summary>
[Trait("Requirement", "S4-06")]
[Trait("Requirement", "S2-13")]
public abstract class DocumentTriggerTests(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;
    private TestPerson? doctor;
    private Guid patientId;
    private Guid recordId;
    private Guid visitId;

    public sealed class OnSqlite() : DocumentTriggerTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : DocumentTriggerTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private Intruder Intruder => new(Host);

    public async Task InitializeAsync()
    {
        host = await DomainHost.StartAsync(kind);
        doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        patientId = await Host.People.AddChartAsync();
        recordId = await Host.People.AddRecordAsync(patientId, doctor);
        visitId = await Host.People.AddVisitAsync(patientId);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Theory]
    [InlineData("DELETE FROM \"Documents\" WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"Id\" = @p1 WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"AddedById\" = (SELECT min(\"Id\"::text)::uuid FROM \"Accounts\" WHERE \"Id\" <> \"AddedById\") WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"ByPatient\" = NOT \"ByPatient\" WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"Number\" = 7 WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"AddedAt\" = (SELECT min(\"RegisteredAt\") FROM \"Patients\") WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"Format\" = 'Pdf' WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"Bytes\" = 1 WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"HasThumbnail\" = NOT \"HasThumbnail\" WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"FileName\" = \"Key\" WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"Key\" = \"FileName\" WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"VisitId\" = NULL, \"VisitNumber\" = NULL WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"VisitNumber\" = 3 WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"RecordId\" = NULL, \"RecordNumber\" = NULL WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"RecordNumber\" = 3 WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"State\" = 'Quarantined' WHERE \"Id\" = @p0")]
    [InlineData("UPDATE \"Documents\" SET \"State\" = 'Infected' WHERE \"Id\" = @p0")]
    public async Task WhatADocumentIs_ChangedPastTheApplication_IsRefusedByTheDatabase(string statement)
    {
        var id = await MakeAsync();
        await Host.People.AddStaffAsync(Roles.Nurse);
        var before = await RowAsync(id);

        await RefusedAsync(kind == DatabaseKind.Sqlite ? statement.Replace("::text)::uuid", ")", StringComparison.Ordinal) : statement, id,
            Guid.CreateVersion7());

        Assert.Equal(before, await RowAsync(id));
    }

    [Theory]
    [InlineData("\"ErrorAt\" = NULL, \"ErrorById\" = NULL, \"ErrorReason\" = NULL")]
    [InlineData("\"ErrorAt\" = \"AddedAt\"")]
    [InlineData("\"ErrorReason\" = \"FileName\"")]
    [InlineData("\"ErrorById\" = NULL")]
    [InlineData("\"DiscardedAt\" = NULL")]
    [InlineData("\"ScannedAt\" = NULL")]
    [InlineData("\"State\" = 'Available'")]
    public async Task WhatWasSaidOfADocument_ChangedPastTheApplication_IsRefusedByTheDatabase(string change)
    {
        var id = await MakeAsync(document =>
        {
            Host.Clock.Advance(TimeSpan.FromMinutes(1));
            document.Scanned(isClean: false, Host.Clock.Now());
            document.Discard(Host.Clock.Now());
            document.MarkInError(Seal(document, "Why."), doctor!.AccountId, Host.Clock.Now());
        });
        var before = await RowAsync(id);

        await RefusedAsync($"UPDATE \"Documents\" SET {change} WHERE \"Id\" = @p0", id);

        Assert.Equal(before, await RowAsync(id));
    }

    [Theory]
    [InlineData("RecordId", "RecordNumber")]
    [InlineData("VisitId", "VisitNumber")]
    public async Task Document_NumberedOtherwise_IsRefusedByTheDatabase(string place, string number)
    {
        // Neither triggers nor foreign keys: the constraint alone.
        var id = await MakeAsync();
        foreach (var value in (string[])["0", "51", "NULL"])
        {
            await Assert.ThrowsAnyAsync<DbException>(
                () => Intruder.ForceAsync($"UPDATE \"Documents\" SET \"{number}\" = {value} WHERE \"Id\" = @p0", id));
        }

        await Assert.ThrowsAnyAsync<DbException>(
            () => Intruder.ForceAsync($"UPDATE \"Documents\" SET \"{place}\" = NULL WHERE \"Id\" = @p0", id));
        await Intruder.ForceAsync($"UPDATE \"Documents\" SET \"{number}\" = 50 WHERE \"Id\" = @p0", id);
    }

    [Fact]
    public async Task Document_OfAnotherPatientsRecordOrVisit_IsRefusedByTheDatabase()
    {
        var other = await Host.People.AddChartAsync();
        foreach (var what in (NewDocument[])[new(other, "a.txt", recordId), new(other, "a.txt", VisitId: visitId)])
        {
            var document = await TestDocuments.MakeAsync(Host, what, doctor!.AccountId);
            await Assert.ThrowsAsync<DbUpdateException>(() => Host.ArrangeAsync(db => db.Add(document)));
        }
    }

    [Fact]
    [Trait("Requirement", "S4-05")]
    public async Task SealedValues_AreSealedAnew_WhileAChangeOfKeysIsOpenAndUnderAnotherKeyAlone()
    {
        var id = await MakeAsync(document => document.MarkInError(Seal(document, "Why."), doctor!.AccountId, Host.Clock.Now()));
        foreach (var column in (string[])["FileName", "Key", "ErrorReason"])
        {
            var stored = (byte[])(await Intruder.QueryAsync($"SELECT \"{column}\" FROM \"Documents\" WHERE \"Id\" = @p0", id)).Single()[0]!;
            var (sameKey, otherKey) = (stored.ToArray(), stored.ToArray());
            sameKey[^1] ^= 1;
            otherKey[4] ^= 1;
            var update = $"UPDATE \"Documents\" SET \"{column}\" = @p1 WHERE \"Id\" = @p0";

            await RefusedAsync(update, id, otherKey);
            var rotation = new KeyRotation { Id = Guid.CreateVersion7(), StartedAt = Host.Clock.GetUtcNow() };
            await Host.ArrangeAsync(db => db.Add(rotation));
            await RefusedAsync(update, id, sameKey);
            await RefusedAsync(update, id, (byte[])[.. otherKey, 0]);
            await RefusedAsync(update.Replace("@p1", "@p1, \"Bytes\" = 9", StringComparison.Ordinal), id, otherKey);
            Assert.Equal(1, await Intruder.ExecuteAsync(update, id, otherKey));
            Assert.Equal(1, await Intruder.ExecuteAsync(update, id, stored));
            await using var db = await Host.OpenAsync();
            (await db.Set<KeyRotation>().AsTracking().SingleAsync(row => row.Id == rotation.Id)).Finish(Host.Clock.GetUtcNow());
            await db.SaveChangesAsync();
        }
    }

    private async Task RefusedAsync(string statement, params object?[] values)
    {
        var refusal = await Assert.ThrowsAnyAsync<DbException>(() => Intruder.ExecuteAsync(statement, values));
        Assert.Matches("Documents is never|what a document is stands", refusal.Message);
    }

    private SealedText Seal(Document document, string reason) =>
        Host.Get<FieldProtector>().Seal(reason, FieldPlace.Of(document, nameof(Document.ErrorReason)));

    private async Task<Guid> MakeAsync(Action<Document>? change = null)
    {
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var document = await TestDocuments.MakeAsync(Host, new NewDocument(patientId, "Letter.txt", recordId, visitId), doctor!.AccountId);
        change?.Invoke(document);
        await Host.ArrangeAsync(db => db.Add(document));
        return document.Id;
    }

    private async Task<IReadOnlyList<object?>> RowAsync(Guid id) =>
        (await Intruder.QueryAsync("SELECT * FROM \"Documents\" WHERE \"Id\" = @p0", id)).Single();
}
