using System.Security.Cryptography;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Records;

/// <summary>Reads records through a scoped lease and opens what is sealed in them.</summary>
public sealed class RecordReader(FieldProtector protector, RecordSigner signer, AddendumReader addendumReader, Icd10Catalog catalog)
{
    private const int Beginning = 140;

    /// <summary>The lines of one page of a list, in the order of <paramref name="ids"/>.</summary>
    internal async Task<IReadOnlyList<RecordRow>> RowsAsync(ClinicDbContext db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var records = await db.Set<MedicalRecord>().Where(record => ids.Contains(record.Id))
            .Select(record => new { record.Id, record.PatientId, record.CreatedAt, record.OnBehalf, record.Status, record.Symptoms })
            .ToListAsync(ct);
        var patientIds = records.Select(record => record.PatientId).Distinct().ToList();
        var patients = await db.Set<Patient>().Where(patient => patientIds.Contains(patient.Id))
            .Select(patient => new { patient.Id, patient.GivenName, patient.FamilyName, patient.Number })
                .ToDictionaryAsync(patient => patient.Id, ct);
        var diagnoses = (await db.Set<Diagnosis>().Where(diagnosis => ids.Contains(diagnosis.RecordId))
            .Select(diagnosis => new { diagnosis.Id, diagnosis.RecordId, diagnosis.Revision, diagnosis.Text, diagnosis.Code })
                .ToListAsync(ct))
            .GroupBy(diagnosis => diagnosis.RecordId)
                .ToDictionary(versions => versions.Key, versions => versions.MaxBy(version => version.Revision)!);
        var places = ids.Index().ToDictionary(place => place.Item, place => place.Index);
        return [.. records.OrderBy(record => places[record.Id]).Select(record =>
        {
            var (patient, diagnosis) = (patients.GetValueOrDefault(record.PatientId), diagnoses.GetValueOrDefault(record.Id));
            var owner = Diagnosis.OwnerOf(record.PatientId, record.Id);
            return new RecordRow(
                record.Id, record.PatientId, $"{patient?.GivenName} {patient?.FamilyName}".Trim(), patient?.Number ?? 0, record.CreatedAt,
                    record.OnBehalf, record.Status,
                BeginningOf(protector.Open(record.Symptoms,
                    FieldPlace.Of<MedicalRecord>(record.Id, new(record.PatientId), nameof(MedicalRecord.Symptoms)))),
                diagnosis is null ? null
                    : BeginningOf(protector.Open(diagnosis.Text, FieldPlace.Of<Diagnosis>(diagnosis.Id, owner, nameof(Diagnosis.Text)))),
                diagnosis is null ? null : protector.OpenOptional(diagnosis.Code,
                    FieldPlace.Of<Diagnosis>(diagnosis.Id, owner, nameof(Diagnosis.Code))));
        })];
    }

    /// <summary>A whole record with its versions and checked signatures.</summary>
    internal async Task<RecordDetails> DetailsAsync(ClinicDbContext db, MedicalRecord record, CancellationToken ct)
    {
        var diagnoses = await db.Set<Diagnosis>().Where(row => row.RecordId == record.Id).OrderByDescending(row => row.Revision)
            .ToListAsync(ct);
        if (!Enum.IsDefined(record.Status) || diagnoses.Exists(row => !Enum.IsDefined(row.Certainty)))
        {
            throw new SealBrokenException(FieldPlace.Of(record, nameof(record.Symptoms)),
                new CryptographicException("A column beside it holds what the application never writes."));
        }

        var signatures = await db.Set<Signature>().Where(row => row.RecordId == record.Id).OrderBy(row => row.SignedAt)
            .Select(row => new { Signature = row, Key = db.Set<SigningKey>().FirstOrDefault(key => key.Id == row.KeyId) })
            .ToListAsync(ct);
        var today = await AccountNames.OfAsync(
            db, [record.AuthorId, .. diagnoses.Select(row => row.AuthorId), .. signatures.Select(row => row.Signature.AccountId)], ct);
        var checkedSignatures = signatures.ConvertAll(row =>
        {
            var names = signer.NamesOf(row.Signature, today);
            var isValid = signer.IsValid(new(record, diagnoses, names), row.Signature, row.Key);
            return (Names: names,
                State: new SignatureState(names.GetValueOrDefault(row.Signature.AccountId,
                today.GetValueOrDefault(row.Signature.AccountId, "")), row.Signature.SignedAt, isValid));
        });
        var patient = await db.Set<Patient>().Where(row => row.Id == record.PatientId)
            .Select(row => new { row.GivenName, row.FamilyName, row.Number, row.BirthDate }).SingleOrDefaultAsync(ct);
        var missing = await SignersAsync(db, record.Id, ct);
        missing.ExceptWith(signatures.Select(row => row.Signature.AccountId));

        // Counted first: one that is added meanwhile is none that is missing.
        var added = await AddedAsync(db, record.Id, ct);
        var addenda = await addendumReader.ReadAsync(db, record.Id, ct);

        var visit = await db.Set<Visit>().Where(row => row.Id == record.VisitId && row.PatientId == record.PatientId)
            .Select(row => new RecordVisit(row.Id, row.ArrivedAt ?? record.CreatedAt)).SingleOrDefaultAsync(ct);

        // What was signed names people as it did then; the page shows no name that the signature does not cover.
        var shown = checkedSignatures.Where(row => row.State.IsValid).Select(row => row.Names).FirstOrDefault(today);
        return new RecordDetails(
            record.Id, record.PatientId, shown.GetValueOrDefault(record.AuthorId, ""), record.OnBehalf,
            new ProblemDescription(
                protector.Open(record.Symptoms, FieldPlace.Of(record, nameof(record.Symptoms))),
                Onset.Read(protector.OpenOptional(record.Onset, FieldPlace.Of(record, nameof(record.Onset)))),
                record.Severity,
                protector.OpenOptional(record.ModifyingFactors, FieldPlace.Of(record, nameof(record.ModifyingFactors)))),
            record.CreatedAt, record.Status, protector.OpenOptional(record.ErrorReason, FieldPlace.Of(record, nameof(record.ErrorReason))),
            [.. diagnoses.Select(row => Open(row, shown))],
            [.. checkedSignatures.Select(row => row.State)],
            record.Version)
        {
            SignedByReader = signatures.Exists(row => row.Signature.AccountId == db.Scope.AccountId),
            Addenda = addenda,
            AddendaMissing = Math.Max(0, added - addenda.Count),
            SignatureMissing = missing.Count > 0,
            Visit = visit,
            PatientName = patient is null ? "" : $"{patient.GivenName} {patient.FamilyName}, {patient.Number}",
            PatientBirthDate = patient?.BirthDate ?? default,
        };
    }

    /// <summary>True when the record was ever signed, whatever its row says now.</summary>
    internal static async Task<bool> WasSignedAsync(ClinicDbContext db, Guid recordId, CancellationToken ct) =>
        await db.Set<Signature>().AnyAsync(row => row.RecordId == recordId, ct) || (await SignersAsync(db, recordId, ct)).Count > 0;

    /// <summary>Who signed the record once, as the audit trail knows: the entry of a signing outlasts the signature's row.</summary>
    private static async Task<HashSet<Guid>> SignersAsync(ClinicDbContext db, Guid recordId, CancellationToken ct) =>
    [
        .. await db.Set<AuditEntry>()
            .Where(entry => entry.RecordId == recordId && entry.Act == AuditAct.RecordSigned && entry.Outcome == AuditOutcome.Done
                && entry.AccountId != null)
            .Select(entry => entry.AccountId!.Value).ToListAsync(ct),
    ];

    /// <summary>How many addenda the record got, as the audit trail knows: the entry of an adding outlasts the addendum's row.</summary>
    private static Task<int> AddedAsync(ClinicDbContext db, Guid recordId, CancellationToken ct) =>
        db.Set<AuditEntry>().CountAsync(
            entry => entry.RecordId == recordId && entry.Act == AuditAct.AddendumAdded && entry.Outcome == AuditOutcome.Done, ct);

    private DiagnosisVersion Open(Diagnosis row, IReadOnlyDictionary<Guid, string> names)
    {
        var code = protector.OpenOptional(row.Code, FieldPlace.Of(row, nameof(Diagnosis.Code)));
        return new DiagnosisVersion(
            row.Revision, code, code is null ? null : catalog.Find(code)?.Title,
            protector.Open(row.Text, FieldPlace.Of(row, nameof(Diagnosis.Text))), row.Certainty,
            names.GetValueOrDefault(row.AuthorId, ""), row.RecordedAt);
    }

    private static string BeginningOf(string text) => text.Length <= Beginning ? text : text[..Beginning].TrimEnd() + "…";
}
