using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Records;

/// <summary>Reads records through a scoped lease and opens what is sealed in them.</summary>
public sealed class RecordReader(FieldProtector protector, RecordSigner signer, Icd10Catalog catalog)
{
    private const int Beginning = 140;

    /// <summary>Rows of a list.</summary>
    internal async Task<IReadOnlyList<RecordRow>> RowsAsync(ClinicDbContext db, IQueryable<MedicalRecord> records, CancellationToken ct)
    {
        var rows = await records
            .Select(record => new
            {
                record.Id,
                record.PatientId,
                record.CreatedAt,
                record.OnBehalf,
                record.Status,
                record.Symptoms,
                Patient = db.Patients.Where(patient => patient.Id == record.PatientId).Select(patient => new { patient.GivenName, patient.FamilyName, patient.Number }).FirstOrDefault(),
                Diagnosis = db.Diagnoses.Where(diagnosis => diagnosis.RecordId == record.Id).OrderByDescending(diagnosis => diagnosis.Revision)
                    .Select(diagnosis => new { diagnosis.Id, diagnosis.Text, diagnosis.Code }).FirstOrDefault(),
            })
            .ToListAsync(ct);
        return [.. rows.Select(row => new RecordRow(
            row.Id, row.PatientId, $"{row.Patient?.GivenName} {row.Patient?.FamilyName}", row.Patient?.Number ?? 0, row.CreatedAt, row.OnBehalf, row.Status,
            BeginningOf(protector.Open(row.Symptoms, FieldLocation.Of<MedicalRecord>(nameof(MedicalRecord.Symptoms), row.Id))),
            row.Diagnosis is null ? null : BeginningOf(protector.Open(row.Diagnosis.Text, FieldLocation.Of<Diagnosis>(nameof(Diagnosis.Text), row.Diagnosis.Id))),
            row.Diagnosis is null ? null : protector.OpenOptional(row.Diagnosis.Code, FieldLocation.Of<Diagnosis>(nameof(Diagnosis.Code), row.Diagnosis.Id))))];
    }

    /// <summary>A whole record with its versions and checked signatures.</summary>
    internal async Task<RecordDetails> DetailsAsync(ClinicDbContext db, MedicalRecord record, CancellationToken ct)
    {
        var diagnoses = await db.Diagnoses.Where(row => row.RecordId == record.Id).OrderByDescending(row => row.Revision).ToListAsync(ct);
        var signatures = await db.Signatures.Where(row => row.RecordId == record.Id).OrderBy(row => row.SignedAt)
            .Select(row => new { Signature = row, PublicKey = db.SigningKeys.Where(key => key.Id == row.KeyId && key.AccountId == row.AccountId).Select(key => key.PublicKey).FirstOrDefault() })
            .ToListAsync(ct);
        Guid[] people = [record.AuthorId, .. diagnoses.Select(row => row.AuthorId), .. signatures.Select(row => row.Signature.AccountId)];
        var names = await db.Accounts.Where(account => people.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.DisplayName, ct);
        return new RecordDetails(
            record.Id, record.PatientId, names.GetValueOrDefault(record.AuthorId, ""), record.OnBehalf,
            new ProblemDescription(
                protector.Open(record.Symptoms, At(nameof(record.Symptoms))),
                protector.OpenOptional(record.Onset, At(nameof(record.Onset))),
                record.Severity,
                protector.OpenOptional(record.ModifyingFactors, At(nameof(record.ModifyingFactors)))),
            record.CreatedAt, record.Status, protector.OpenOptional(record.ErrorReason, At(nameof(record.ErrorReason))),
            [.. diagnoses.Select(row => Open(row, names))],
            [.. signatures.Select(row => new SignatureState(
                names.GetValueOrDefault(row.Signature.AccountId, ""), row.Signature.SignedAt,
                signer.IsValid(record, diagnoses.Find(diagnosis => diagnosis.Id == row.Signature.DiagnosisId), row.Signature, row.PublicKey)))],
            record.Version);

        FieldLocation At(string column) => FieldLocation.Of<MedicalRecord>(column, record.Id);
    }

    private DiagnosisVersion Open(Diagnosis row, Dictionary<Guid, string> names)
    {
        var code = protector.OpenOptional(row.Code, FieldLocation.Of<Diagnosis>(nameof(Diagnosis.Code), row.Id));
        return new DiagnosisVersion(
            row.Revision, code, code is null ? null : catalog.Find(code)?.Title,
            protector.Open(row.Text, FieldLocation.Of<Diagnosis>(nameof(Diagnosis.Text), row.Id)), row.Certainty,
            names.GetValueOrDefault(row.AuthorId, ""), row.RecordedAt);
    }

    private static string BeginningOf(string text) => text.Length <= Beginning ? text : text[..Beginning].TrimEnd() + "…";
}
