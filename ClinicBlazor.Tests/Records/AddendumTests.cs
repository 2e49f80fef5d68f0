using System.Data.Common;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Records;

/// <summary>What can still be done to a signed record, and what cannot.</summary>
[Trait("Requirement", "B-04")]
public abstract class AddendumTests(ClinicFixture clinic) : AddendumActs(clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : AddendumTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : AddendumTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task AddAddendum_ByTwoDoctors_StandsInOrderEachUnderItsOwnSignature()
    {
        var (doctor, patientId, recordId) = await SignedAsync();
        var colleague = await Clinic.People.AddStaffAsync(Roles.Doctor);
        await Clinic.People.AssignAsync(colleague, patientId);

        Assert.True((await AddAsync(doctor, patientId, recordId, "Better after two days.")).IsSuccess);
        Assert.True((await AddAsync(colleague, patientId, recordId, "Second opinion: agreed.")).IsSuccess);
        var record = (await Records.GetAsync(await Act(doctor), recordId, default)).Value;

        Assert.Equal([(1, "Better after two days.", true), (2, "Second opinion: agreed.", true)],
            record.Addenda.Select(addendum => (addendum.Number, addendum.Text, addendum.IsValid)));
        Assert.Equal((await Act(colleague)).DisplayName, record.Addenda[1].AuthorName);
        Assert.Equal(RecordStatus.Final, record.Status);
        Assert.True(Assert.Single(record.Signatures).IsValid);
    }

    [Fact]
    public async Task AddAddendum_ToARecordThatIsNotSigned_IsRefusedByTheDomainAndByTheDatabase()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await Clinic.People.AddRecordAsync(patient.PatientId!.Value, patient, diagnosis: "Sinusitis.");
        var (signer, signedPatient, signedRecord) = await SignedAsync();
        await AddAsync(signer, signedPatient, signedRecord, "A text.");

        var refused = await AddAsync(doctor, patient.PatientId.Value, recordId, "Too early.");
        await using var db = await Clinic.Host.OpenAsync();
        var forged = await db.Set<Addendum>().FirstAsync(row => row.RecordId == signedRecord);
        db.Set<Addendum>().Add(Copy(forged, Clinic.Host.Clock.NewId(), patient.PatientId.Value, recordId, forged.Text));

        Assert.Equal(ErrorKind.Conflict, refused.Error?.Kind);
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    [Fact]
    [Trait("Requirement", "B-03")]
    public async Task Addendum_Stored_IsNeitherChangedNorDeletedByAnybody()
    {
        var (doctor, patientId, recordId) = await SignedAsync();
        await AddAsync(doctor, patientId, recordId, "Stays.");
        var intruder = new Intruder(Clinic.Host);

        const string Mine = "WHERE \"RecordId\" = @p0";
        foreach (var statement in (string[])[$"UPDATE \"Addenda\" SET \"Number\" = 7 {Mine}", $"DELETE FROM \"Addenda\" {Mine}"])
        {
            await Assert.ThrowsAnyAsync<DbException>(() => intruder.ExecuteAsync(statement, recordId));
        }

        Assert.Equal("Stays.", Assert.Single((await Records.GetAsync(await Act(doctor), recordId, default)).Value.Addenda).Text);
    }

    [Fact]
    [Trait("Requirement", "S4-04")]
    public async Task Addendum_WithAnotherTextPlaceOrRecord_DoesNotHold()
    {
        var (doctor, patientId, recordId) = await SignedAsync();
        await AddAsync(doctor, patientId, recordId, "First.");
        await AddAsync(doctor, patientId, recordId, "Second.");
        await using var db = await Clinic.Host.OpenAsync();
        var rows = await db.Set<Addendum>().Where(row => row.RecordId == recordId).OrderBy(row => row.Number).ToListAsync();
        var locking = await db.Set<Signature>().SingleAsync(row => row.RecordId == recordId);
        var key = await db.Set<SigningKey>().SingleAsync(row => row.AccountId == doctor.AccountId);
        var signer = Clinic.Host.Get<AddendumSigner>();
        var other = Copy(rows[0], rows[0].Id, patientId, recordId,
            Clinic.Host.Get<FieldProtector>().Seal("Forged.", FieldPlace.Of(rows[0], nameof(Addendum.Text))));

        Assert.True(signer.IsValid(rows[0], key, locking, before: null));
        Assert.True(signer.IsValid(rows[1], key, locking, rows[0]));
        Assert.False(signer.IsValid(other, key, locking, before: null));
        Assert.False(signer.IsValid(rows[1], key, locking, before: null));
        Assert.False(signer.IsValid(rows[0], key, locking: null, before: null));
    }

    [Fact]
    [Trait("Requirement", "S4-04")]
    public async Task Countersign_ByAColleague_PutsASecondSignatureBesideTheFirstAndOnlyOnce()
    {
        var (doctor, patientId, recordId) = await SignedAsync();
        var colleague = await Clinic.People.AddStaffAsync(Roles.Doctor);
        await Clinic.People.AssignAsync(colleague, patientId);

        Assert.True((await Amendments.CountersignAsync(await Act(colleague), patientId, recordId, default)).IsSuccess);
        Assert.Equal(ErrorKind.Conflict,
            (await Amendments.CountersignAsync(await Act(colleague), patientId, recordId, default)).Error?.Kind);
        Assert.Equal(ErrorKind.Conflict, (await Amendments.CountersignAsync(await Act(doctor), patientId, recordId, default)).Error?.Kind);

        var record = (await Records.GetAsync(await Act(colleague), recordId, default)).Value;
        Assert.Equal([true, true], record.Signatures.Select(signature => signature.IsValid));
        Assert.True(record.SignedByReader);
    }

    [Fact]
    [Trait("Requirement", "B-03")]
    public async Task MarkEnteredInError_OfASignedRecord_HidesItAndStaffStillFindAndReadIt()
    {
        var (doctor, patientId, recordId) = await SignedAsync();
        var version = (await Records.GetAsync(await Act(doctor), recordId, default)).Value.Version;

        var marked = await Records.MarkEnteredInErrorAsync(await Act(doctor), patientId, recordId, "Of another patient.", version, default);
        var again = await AddAsync(doctor, patientId, recordId, "Too late.");

        Assert.True(marked.IsSuccess);
        Assert.Equal(ErrorKind.Conflict, again.Error?.Kind);
        Assert.DoesNotContain((await Records.ListAsync(await Act(doctor), patientId, null, default)).Value.Items,
            row => row.Id == recordId);
        Assert.Equal(recordId,
            Assert.Single((await Records.ListEnteredInErrorAsync(await Act(doctor), patientId, null, default)).Value.Items).Id);
        var record = (await Records.GetAsync(await Act(doctor), recordId, default)).Value;
        Assert.Equal(("Of another patient.", "Sinusitis."), (record.ErrorReason, record.Diagnosis!.Text));
        Assert.True(Assert.Single(record.Signatures).IsValid);
        await Assert.ThrowsAnyAsync<DbException>(
            () => new Intruder(Clinic.Host)
            .ExecuteAsync("UPDATE \"MedicalRecords\" SET \"Status\" = 'Final' WHERE \"Status\" = 'EnteredInError'"));
    }

    [Fact]
    public async Task SignedRecord_ChangedPastTheApplication_IsRefusedByTheDatabase()
    {
        await SignedAsync();

        await Assert.ThrowsAnyAsync<DbException>(
            () => new Intruder(Clinic.Host)
            .ExecuteAsync("UPDATE \"MedicalRecords\" SET \"Status\" = 'Preliminary' WHERE \"Status\" = 'Final'"));
    }

    private static Addendum Copy(Addendum from, Guid id, Guid patientId, Guid recordId, SealedText text)
    {
        var copy = new Addendum
        {
            Id = id,
            PatientId = patientId,
            RecordId = recordId,
            Number = from.Number,
            AuthorId = from.AuthorId,
            Text = text,
            RecordedAt = from.RecordedAt,
            KeyId = from.KeyId,
        };
        copy.Sign(from.Signature);
        return copy;
    }
}
