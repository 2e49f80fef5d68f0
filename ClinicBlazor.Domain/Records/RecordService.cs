using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Records;

/// <summary>
/// Medical records: a patient describes, a doctor diagnoses and signs. Every command names the patient; one that does
/// not fit the record is answered like a record that does not exist.
/// </summary>
public sealed class RecordService(ClinicDatabase database, RecordReader reader, RecordSigner signer, FieldProtector protector, Icd10Catalog catalog, TimeProvider time)
{
    private const int PageSize = 25;

    /// <summary>Records of one patient, newest first. Records entered in error are left out.</summary>
    public Task<Result<Page<RecordRow>>> ListAsync(Actor actor, Guid patientId, string? after, CancellationToken ct)
    {
        var operation = new Operation(Permission.RecordRead, AuditAct.RecordsListed) { PatientId = patientId, Typed = [Typed.Plain("After", after)] };
        return database.RunAsync<Page<RecordRow>>(actor, operation, async db =>
        {
            if (!await db.Patients.AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            var records = db.MedicalRecords.Where(record => record.PatientId == patientId && record.Status != RecordStatus.EnteredInError);
            return await PageAsync(db, records, after, ct);
        }, ct);
    }

    /// <summary>Records of everybody who is assigned to the actor, newest first. Records entered in error are left out.</summary>
    public Task<Result<Page<RecordRow>>> ListAssignedAsync(Actor actor, string? after, CancellationToken ct) =>
        database.RunAsync<Page<RecordRow>>(actor, new Operation(Permission.RecordRead, AuditAct.RecordsListed) { Typed = [Typed.Plain("After", after)] }, async db =>
            await PageAsync(db, db.MedicalRecords.Where(record => record.Status != RecordStatus.EnteredInError), after, ct), ct);

    /// <summary>How many of the actor's own records a doctor has answered with a diagnosis. Opens nothing that is sealed.</summary>
    public Task<Result<int>> CountOwnAnsweredAsync(Actor actor, CancellationToken ct) =>
        database.RunAsync<int>(actor, new Operation(Permission.RecordRead, AuditAct.RecordsListed) { PatientId = actor.PatientId }, async db =>
            await db.MedicalRecords.CountAsync(
                record => record.PatientId == actor.PatientId && record.Status != RecordStatus.EnteredInError
                    && db.Diagnoses.Any(diagnosis => diagnosis.RecordId == record.Id), ct), ct);

    /// <summary>Preliminary records of the patients assigned to the actor that still want a diagnosis or a signature, newest first.</summary>
    public Task<Result<Page<RecordRow>>> ListWaitingAsync(Actor actor, string? after, CancellationToken ct) =>
        database.RunAsync<Page<RecordRow>>(actor, new Operation(Permission.DiagnosisAssign, AuditAct.RecordsListed) { Typed = [Typed.Plain("After", after)] }, async db =>
            await PageAsync(db, db.MedicalRecords.Where(record => record.Status == RecordStatus.Preliminary), after, ct), ct);

    /// <summary>One record; <see cref="ErrorKind.NotFound"/> when missing or not the actor's to see.</summary>
    public Task<Result<RecordDetails>> GetAsync(Actor actor, Guid recordId, CancellationToken ct)
    {
        var operation = new Operation(Permission.RecordRead, AuditAct.RecordRead) { RecordId = recordId };
        return database.RunAsync<RecordDetails>(actor, operation, async db =>
        {
            var record = await db.MedicalRecords.SingleOrDefaultAsync(row => row.Id == recordId, ct);
            if (record is null)
            {
                return Error.NotFound;
            }

            operation.PatientId = record.PatientId;
            var details = await reader.DetailsAsync(db, record, ct);
            return record.Status == RecordStatus.EnteredInError && record.PatientId == actor.PatientId ? details.OwnWordsOnly() : details;
        }, ct);
    }

    /// <summary>A patient describes a problem; the draft of it goes in the same transaction.</summary>
    public Task<Result<Guid>> DescribeAsync(Actor actor, Guid patientId, ProblemDescription description, CancellationToken ct) =>
        CreateAsync(actor, Permission.RecordDescribe, patientId, description, onBehalf: false, ct);

    /// <summary>A doctor writes down what a patient says.</summary>
    public Task<Result<Guid>> WriteOnBehalfAsync(Actor actor, Guid patientId, ProblemDescription description, CancellationToken ct) =>
        CreateAsync(actor, Permission.RecordWriteOnBehalf, patientId, description, onBehalf: true, ct);

    /// <summary>
    /// Saves a diagnosis as a further version. <see cref="ErrorKind.Conflict"/> when somebody else changed the record
    /// since it was read, or it is locked.
    /// </summary>
    public Task<Result<Done>> SaveDiagnosisAsync(Actor actor, Guid patientId, Guid recordId, DiagnosisInput input, CancellationToken ct) =>
        ChangeAsync(actor, Permission.DiagnosisAssign, AuditAct.DiagnosisSaved, patientId, recordId, input.BasedOn, RecordInput.TextsOf(input), async (db, record) =>
        {
            var checkedInput = RecordInput.Check(input, catalog);
            if (checkedInput.Error is { } error)
            {
                return error;
            }

            var revision = await db.Diagnoses.Where(row => row.RecordId == recordId).MaxAsync(row => (int?)row.Revision, ct) ?? 0;
            var id = time.NewId();
            db.Diagnoses.Add(new Diagnosis
            {
                Id = id,
                PatientId = patientId,
                RecordId = recordId,
                Revision = revision + 1,
                Code = protector.SealOptional(checkedInput.Value.Code, FieldLocation.Of<Diagnosis>(nameof(Diagnosis.Code), id)),
                Text = protector.Seal(checkedInput.Value.Text, FieldLocation.Of<Diagnosis>(nameof(Diagnosis.Text), id)),
                Certainty = checkedInput.Value.Certainty!.Value,
                AuthorId = actor.AccountId!.Value,
                RecordedAt = time.Now(),
            });
            record.Diagnosed();
            return Done.Instance;
        }, ct);

    /// <summary>Signs the record with its diagnosis, which locks it. Asks for a fresh proof.</summary>
    public Task<Result<Done>> SignAsync(Actor actor, Guid patientId, Guid recordId, Guid basedOn, CancellationToken ct) =>
        ChangeAsync(actor, Permission.RecordSign, AuditAct.RecordSigned, patientId, recordId, basedOn, [], async (db, record) =>
        {
            var diagnosis = await db.Diagnoses.Where(row => row.RecordId == recordId).OrderByDescending(row => row.Revision).FirstOrDefaultAsync(ct);
            if (diagnosis is null)
            {
                return Error.Invalid("Diagnosis", "Save a diagnosis before you sign.");
            }

            db.Signatures.Add(await signer.SignAsync(db, record, diagnosis, actor.AccountId!.Value, ct));
            record.Finalise();
            return Done.Instance;
        }, ct);

    /// <summary>Hides a preliminary record that was entered in error. The record and the reason stay.</summary>
    public Task<Result<Done>> MarkEnteredInErrorAsync(Actor actor, Guid patientId, Guid recordId, string reason, Guid basedOn, CancellationToken ct) =>
        ChangeAsync(actor, Permission.RecordMarkError, AuditAct.RecordMarkedInError, patientId, recordId, basedOn, [Typed.Prose("Reason", reason)], (_, record) =>
        {
            var clean = InputRules.Clean(reason);
            var findings = new Findings().Text(clean, "Reason", 500, "Say why the record was entered in error.");
            if (!findings.IsEmpty)
            {
                return Task.FromResult<Result<Done>>(findings.Error);
            }

            record.MarkEnteredInError(protector.Seal(clean, FieldLocation.Of<MedicalRecord>(nameof(MedicalRecord.ErrorReason), recordId)));
            return Task.FromResult<Result<Done>>(Done.Instance);
        }, ct);

    private Task<Result<Guid>> CreateAsync(Actor actor, Permission permission, Guid patientId, ProblemDescription description, bool onBehalf, CancellationToken ct)
    {
        var operation = new Operation(permission, AuditAct.RecordCreated) { PatientId = patientId, Typed = RecordInput.TextsOf(description) };
        return database.RunAsync<Guid>(actor, operation, async db =>
        {
            if (!await db.Patients.AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            var checkedInput = RecordInput.Check(description);
            if (checkedInput.Error is { } error)
            {
                return error;
            }

            var (clean, id) = (checkedInput.Value, time.NewId());
            operation.RecordId = id;
            db.MedicalRecords.Add(new MedicalRecord
            {
                Id = id,
                PatientId = patientId,
                AuthorId = actor.AccountId!.Value,
                OnBehalf = onBehalf,
                Symptoms = protector.Seal(clean.Symptoms, FieldLocation.Of<MedicalRecord>(nameof(MedicalRecord.Symptoms), id)),
                Onset = protector.SealOptional(clean.Onset, FieldLocation.Of<MedicalRecord>(nameof(MedicalRecord.Onset), id)),
                Severity = clean.Severity,
                ModifyingFactors = protector.SealOptional(clean.ModifyingFactors, FieldLocation.Of<MedicalRecord>(nameof(MedicalRecord.ModifyingFactors), id)),
                CreatedAt = time.Now(),
            });
            db.Drafts.RemoveRange(await db.Drafts.AsTracking()
                .Where(draft => draft.PatientId == patientId && draft.AuthorId == actor.AccountId && draft.Form == DraftService.NewRecordForm)
                .ToListAsync(ct));
            return id;
        }, ct);
    }

    private Task<Result<Done>> ChangeAsync(
        Actor actor, Permission permission, AuditAct act, Guid patientId, Guid recordId, Guid basedOn, IReadOnlyList<Typed> typed,
        Func<ClinicDbContext, MedicalRecord, Task<Result<Done>>> change, CancellationToken ct)
    {
        var operation = new Operation(permission, act) { PatientId = patientId, RecordId = recordId, Typed = typed };
        return database.RunAsync<Done>(actor, operation, async db =>
        {
            var record = await db.MedicalRecords.AsTracking().SingleOrDefaultAsync(row => row.Id == recordId && row.PatientId == patientId, ct);
            if (record is null)
            {
                return Error.NotFound;
            }

            return record.Version != basedOn || record.Status != RecordStatus.Preliminary ? Error.Conflict : await change(db, record);
        }, ct);
    }

    private async Task<Result<Page<RecordRow>>> PageAsync(ClinicDbContext db, IQueryable<MedicalRecord> records, string? after, CancellationToken ct)
    {
        // Ids are of version 7 and so sort by time.
        if (Guid.TryParse(after, out var last))
        {
            records = records.Where(record => record.Id < last);
        }

        var rows = await reader.RowsAsync(db, records.OrderByDescending(record => record.Id).Take(PageSize + 1), ct);
        return new Page<RecordRow>([.. rows.Take(PageSize)], rows.Count > PageSize ? rows[PageSize - 1].Id.ToString() : null);
    }
}
