using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Records;

/// <summary>Signing a record, and what its signature covers.</summary>
public abstract class SignRecordTests(ClinicFixture clinic) : RecordActs(clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : SignRecordTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : SignRecordTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    [Trait("Requirement", "S4-04")]
    [Trait("Requirement", "B-04")]
    [Trait("Requirement", "B-02")]
    public async Task Sign_DiagnosedRecord_LocksItAndShowsAValidSignature()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await Clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        await DiagnoseAsync(doctor, recordId, "Sinusitis.", "J01.0");
        var version = (await Records.GetAsync(await Act(doctor), recordId, default)).Value.Version;
        Clinic.Host.Clock.Advance(TimeSpan.FromMinutes(AccessPolicy.ProofMinutes + 1));

        var withoutProof = await Records.SignAsync(await Act(doctor), patient.PatientId.Value, recordId, version, default);
        await Clinic.Host.Get<OwnAccountService>().ProveAsync(await Act(doctor), TestPeople.Password, default);
        var withProof = await Records.SignAsync(await Act(doctor), patient.PatientId.Value, recordId, version, default);
        var afterwards = await DiagnoseAsync(doctor, recordId, "Changed my mind.", null);
        var record = (await Records.GetAsync(await Act(patient), recordId, default)).Value;

        Assert.Equal(ErrorKind.StepUpNeeded, withoutProof.Error!.Kind);
        Assert.True(withProof.IsSuccess);
        Assert.Equal(ErrorKind.Conflict, afterwards.Error!.Kind);
        Assert.Equal(RecordStatus.Final, record.Status);
        Assert.True(Assert.Single(record.Signatures).IsValid);
    }

    [Fact]
    [Trait("Requirement", "S4-04")]
    public async Task Signature_AfterAStoredByteChanged_IsShownAsBroken()
    {
        var (doctor, patient) = await PairAsync();
        var recordId = await Clinic.People.AddRecordAsync(patient.PatientId!.Value, patient);
        await DiagnoseAsync(doctor, recordId, "Sinusitis.", "J01.0");
        var version = (await Records.GetAsync(await Act(doctor), recordId, default)).Value.Version;
        await Records.SignAsync(await Act(doctor), patient.PatientId.Value, recordId, version, default);
        var signer = Clinic.Host.Get<RecordSigner>();
        await using var db = await Clinic.Host.OpenAsync();
        var record = await db.MedicalRecords.SingleAsync(row => row.Id == recordId);
        var diagnosis = await db.Diagnoses.SingleAsync(row => row.RecordId == recordId);
        var signature = await db.Signatures.SingleAsync(row => row.RecordId == recordId);
        var publicKey = (await db.SigningKeys.SingleAsync(key => key.Id == signature.KeyId)).PublicKey;
        var forged = Clinic.Host.Get<FieldProtector>().Seal("Healthy.", FieldLocation.Of<Diagnosis>(nameof(Diagnosis.Text), diagnosis.Id));

        Assert.True(signer.IsValid(record, diagnosis, signature, publicKey));
        Assert.False(signer.IsValid(record, With(diagnosis, forged, diagnosis.Certainty), signature, publicKey));
        Assert.False(signer.IsValid(record, With(diagnosis, diagnosis.Text, Certainty.Refuted), signature, publicKey));
        Assert.False(signer.IsValid(record, null, signature, publicKey));
    }

    private static Diagnosis With(Diagnosis diagnosis, SealedText text, Certainty certainty) => new()
    {
        Id = diagnosis.Id,
        PatientId = diagnosis.PatientId,
        RecordId = diagnosis.RecordId,
        Revision = diagnosis.Revision,
        Code = diagnosis.Code,
        Text = text,
        Certainty = certainty,
        AuthorId = diagnosis.AuthorId,
        RecordedAt = diagnosis.RecordedAt,
    };
}
