using System.Security.Cryptography;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Records;

/// <summary>Reads records through a scoped lease and opens what is sealed in them.</summary>
public sealed partial class RecordReader(FieldProtector protector, SignatureChecker checker, AddendumReader addendumReader,
    Icd10Catalog catalog, ILogger<RecordReader> log)
{
    private const int Beginning = 140;

    /// <summary>
    /// The lines of one page of a list, in the order of <paramref name="ids"/>. Each says of its record what the record's page says:
    /// the signatures are checked, and a diagnosis is named only where what stands over it is true.
    /// </summary>
    internal async Task<IReadOnlyList<RecordRow>> RowsAsync(ClinicDbContext db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await ReadRowsAsync(db, ids, ct);

        // What is signed between two of the queries looks as if its signature did not hold: such a page is read once more.
        return rows.Any(row => row.Phase is RecordPhase.Broken or RecordPhase.SignatureMissing) ? await ReadRowsAsync(db, ids, ct) : rows;
    }

    private async Task<IReadOnlyList<RecordRow>> ReadRowsAsync(ClinicDbContext db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var records = await db.Set<MedicalRecord>().Where(record => ids.Contains(record.Id)).ToListAsync(ct);
        var patientIds = records.Select(record => record.PatientId).Distinct().ToList();
        var patients = await db.Set<Patient>().Where(patient => patientIds.Contains(patient.Id))
            .Select(patient => new ListedPatient(patient.Id, patient.GivenName, patient.FamilyName, patient.Number))
            .ToDictionaryAsync(patient => patient.Id, ct);
        var diagnoses = (await db.Set<Diagnosis>().Where(diagnosis => ids.Contains(diagnosis.RecordId))
            .OrderByDescending(diagnosis => diagnosis.Revision).ToListAsync(ct)).ToLookup(diagnosis => diagnosis.RecordId);
        var signatures = await checker.CheckAsync(db, records, diagnoses, ct);
        var places = ids.Index().ToDictionary(place => place.Item, place => place.Index);
        return
        [
            .. records.OrderBy(record => places[record.Id]).Select(record => RowOf(
                record, patients.GetValueOrDefault(record.PatientId), [.. diagnoses[record.Id]], signatures[record.Id])),
        ];
    }

    /// <summary>A whole record with its versions and checked signatures.</summary>
    internal async Task<RecordDetails> DetailsAsync(ClinicDbContext db, MedicalRecord record, CancellationToken ct)
    {
        var diagnoses = await db.Set<Diagnosis>().Where(row => row.RecordId == record.Id).OrderByDescending(row => row.Revision)
            .ToListAsync(ct);
        Check(record, diagnoses);
        var signatures = (await checker.CheckAsync(db, [record], diagnoses.ToLookup(row => row.RecordId), ct))[record.Id];
        var patient = await db.Set<Patient>().Where(row => row.Id == record.PatientId)
            .Select(row => new { row.GivenName, row.FamilyName, row.Number, row.BirthDate }).SingleOrDefaultAsync(ct);

        // Counted first: one that is added meanwhile is none that is missing.
        var added = await AddedAsync(db, record.Id, ct);
        var addenda = await addendumReader.ReadAsync(db, record.Id, ct);

        var visit = await db.Set<Visit>().Where(row => row.Id == record.VisitId && row.PatientId == record.PatientId)
            .Select(row => new RecordVisit(row.Id, row.ArrivedAt ?? record.CreatedAt)).SingleOrDefaultAsync(ct);

        return new RecordDetails(
            record.Id, record.PatientId, signatures.Names.GetValueOrDefault(record.AuthorId, ""), record.OnBehalf,
            new ProblemDescription(
                protector.Open(record.Symptoms, FieldPlace.Of(record, nameof(record.Symptoms))),
                Onset.Read(protector.OpenOptional(record.Onset, FieldPlace.Of(record, nameof(record.Onset)))),
                record.Severity,
                protector.OpenOptional(record.ModifyingFactors, FieldPlace.Of(record, nameof(record.ModifyingFactors)))),
            record.CreatedAt, record.Status, protector.OpenOptional(record.ErrorReason, FieldPlace.Of(record, nameof(record.ErrorReason))),
            [.. diagnoses.Select(row => Open(row, signatures.Names))],
            signatures.States,
            record.Version)
        {
            SignedByReader = db.Scope.AccountId is { } reader && signatures.Signers.Contains(reader),
            Addenda = addenda,
            AddendaMissing = Math.Max(0, added - addenda.Count),
            SignatureMissing = signatures.IsMissing,
            Visit = visit,
            PatientName = patient is null ? "" : $"{patient.GivenName} {patient.FamilyName}, {patient.Number}",
            PatientBirthDate = patient?.BirthDate ?? default,
        };
    }

    /// <summary>How many addenda the record got, as the audit trail knows: the entry of an adding outlasts the addendum's row.</summary>
    private static Task<int> AddedAsync(ClinicDbContext db, Guid recordId, CancellationToken ct) =>
        db.Set<AuditEntry>().CountAsync(
            entry => entry.RecordId == recordId && entry.Act == AuditAct.AddendumAdded && entry.Outcome == AuditOutcome.Done, ct);

    private RecordRow RowOf(MedicalRecord record, ListedPatient? patient, IReadOnlyList<Diagnosis> versions, CheckedSignatures signatures)
    {
        var row = new RecordRow(record.Id, record.PatientId, $"{patient?.GivenName} {patient?.FamilyName}".Trim(), patient?.Number ?? 0,
            record.CreatedAt, record.OnBehalf, RecordPhase.Unreadable, "", null, null);
        try
        {
            Check(record, versions);
            var reason = protector.OpenOptional(record.ErrorReason, FieldPlace.Of(record, nameof(record.ErrorReason)));
            var phase = RecordPhases.Of(record.Status, [.. signatures.States.Select(state => state.IsValid)], signatures.IsMissing,
                versions.Count > 0, reason is not null);
            var told = row with
            {
                Phase = phase,
                Symptoms = BeginningOf(protector.Open(record.Symptoms, FieldPlace.Of(record, nameof(record.Symptoms)))),
            };
            return versions.Count == 0 || phase is RecordPhase.Broken or RecordPhase.SignatureMissing ? told : told with
            {
                Diagnosis = BeginningOf(protector.Open(versions[0].Text, FieldPlace.Of(versions[0], nameof(Diagnosis.Text)))),
                Code = protector.OpenOptional(versions[0].Code, FieldPlace.Of(versions[0], nameof(Diagnosis.Code))),
            };
        }
        catch (CryptographicException)
        {
            // One record that cannot be shown takes the others of the page along no more than it does on its own page.
            LogUnreadable(log, record.Id);
            return row;
        }
    }

    private static void Check(MedicalRecord record, IReadOnlyList<Diagnosis> versions)
    {
        if (!Enum.IsDefined(record.Status) || versions.Any(row => !Enum.IsDefined(row.Certainty)))
        {
            throw new SealBrokenException(FieldPlace.Of(record, nameof(record.Symptoms)),
                new CryptographicException("A column beside it holds what the application never writes."));
        }
    }

    private DiagnosisVersion Open(Diagnosis row, IReadOnlyDictionary<Guid, string> names)
    {
        var code = protector.OpenOptional(row.Code, FieldPlace.Of(row, nameof(Diagnosis.Code)));
        return new DiagnosisVersion(
            row.Revision, code, code is null ? null : catalog.Find(code)?.Title,
            protector.Open(row.Text, FieldPlace.Of(row, nameof(Diagnosis.Text))), row.Certainty,
            names.GetValueOrDefault(row.AuthorId, ""), row.RecordedAt);
    }

    private static string BeginningOf(string text) => text.Length <= Beginning ? text : text[..Beginning].TrimEnd() + "…";

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Record {RecordId} cannot be listed: a stored value was changed, or its key is missing")]
    private static partial void LogUnreadable(ILogger log, Guid recordId);

    private sealed record ListedPatient(Guid Id, string GivenName, string FamilyName, int Number);
}
