using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Records;

/// <summary>
/// Medical records: a patient describes, a doctor diagnoses and signs. Every command names the patient; one that does
/// not fit the record is answered like a record that does not exist.
/// </summary>
public sealed class RecordService(ClinicGate gate, RecordReader reader, RecordSigner signer, FieldProtector protector, Icd10Catalog catalog,
    DescriptionFollowers followers, TimeProvider time)
{
    private const int PageSize = 25;

    /// <summary>Records of one patient, newest first. Records entered in error are left out.</summary>
    public Task<Result<Page<RecordRow>>> ListAsync(Actor actor, Guid patientId, string? after, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.RecordRead, AuditAct.RecordsListed) { PatientId = patientId };
        return gate.RunAsync<Page<RecordRow>>(actor, request, async (db, trace) =>
        {
            if (!await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            var records = db.Set<MedicalRecord>()
                .Where(record => record.PatientId == patientId && record.Status != RecordStatus.EnteredInError);
            return await PageAsync(db, trace, records, after, ct);
        }, ct);
    }

    /// <summary>Records of everybody who is assigned to the actor, newest first. Records entered in error are left out.</summary>
    public Task<Result<Page<RecordRow>>> ListAssignedAsync(Actor actor, string? after, CancellationToken ct) =>
        gate.RunAsync<Page<RecordRow>>(actor, new AccessRequest(Permission.RecordRead, AuditAct.RecordsListed), async (db, trace) =>
            await PageAsync(db, trace, db.Set<MedicalRecord>().Where(record => record.Status != RecordStatus.EnteredInError), after, ct),
            ct);

    /// <summary>Records of one patient that were entered in error, newest first: for staff, who may have to find them again.</summary>
    public Task<Result<Page<RecordRow>>> ListEnteredInErrorAsync(Actor actor, Guid patientId, string? after, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.RecordErrorsRead, AuditAct.RecordsListed) { PatientId = patientId };
        return gate.RunAsync<Page<RecordRow>>(actor, request, async (db, trace) =>
            await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct)
                ? await PageAsync(db, trace, db.Set<MedicalRecord>()
                    .Where(record => record.PatientId == patientId && record.Status == RecordStatus.EnteredInError), after, ct)
                : Error.NotFound, ct);
    }

    /// <summary>How many of the actor's own records a doctor has answered with a diagnosis. Opens nothing that is sealed.</summary>
    public Task<Result<int>> CountOwnAnsweredAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<int>(actor, new AccessRequest(Permission.RecordRead, AuditAct.RecordsListed) { PatientId = actor.PatientId },
            async db =>
            await db.Set<MedicalRecord>().CountAsync(
                record => record.PatientId == actor.PatientId && record.Status != RecordStatus.EnteredInError
                    && db.Set<Diagnosis>().Any(diagnosis => diagnosis.RecordId == record.Id), ct), ct);

    /// <summary>
    /// Preliminary records of the patients assigned to the actor that still want a diagnosis or a signature, what has waited
    /// longest first, and how many they are.
    /// </summary>
    public Task<Result<Page<RecordRow>>> ListWaitingAsync(Actor actor, string? after, CancellationToken ct) =>
        gate.RunAsync<Page<RecordRow>>(actor, new AccessRequest(Permission.DiagnosisAssign, AuditAct.RecordsListed), async (db, trace) =>
        {
            var waiting = await InReachAsync(db, db.Set<MedicalRecord>().Where(record => record.Status == RecordStatus.Preliminary), ct);
            var rest = Guid.TryParse(after, out var last) ? waiting.Where(record => record.Id > last) : waiting;
            var page = await PageAsync(db, trace, rest.OrderBy(record => record.Id), ct);
            return page with { Total = await waiting.CountAsync(ct) };
        }, ct);

    /// <summary>
    /// The record that has waited longest among those of <see cref="ListWaitingAsync"/>; null when none waits. Opens
    /// nothing that is sealed.
    /// </summary>
    public Task<Result<Guid?>> FindNextWaitingAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<Guid?>(actor, new AccessRequest(Permission.DiagnosisAssign, AuditAct.NextRecordFound), async db =>
            await (await InReachAsync(db, db.Set<MedicalRecord>().Where(record => record.Status == RecordStatus.Preliminary), ct))
                .OrderBy(record => record.Id).Select(record => (Guid?)record.Id).FirstOrDefaultAsync(ct), ct);

    /// <summary>
    /// True when there is such a record and the actor may read it: for the status of a page that is asked for by its
    /// address.
    /// </summary>
    public async Task<bool> ExistsAsync(Actor actor, Guid recordId, CancellationToken ct) =>
        (await gate.RunAsync<Done>(actor, new AccessRequest(Permission.RecordRead, AuditAct.PageOpened) { RecordId = recordId }, async db =>
            await db.Set<MedicalRecord>().AnyAsync(record => record.Id == recordId, ct) ? Done.Instance : Error.NotFound, ct)).IsSuccess;

    /// <summary>One record; <see cref="ErrorKind.NotFound"/> when missing or not the actor's to see.</summary>
    public Task<Result<RecordDetails>> GetAsync(Actor actor, Guid recordId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.RecordRead, AuditAct.RecordRead) { RecordId = recordId };
        return gate.RunAsync<RecordDetails>(actor, request, async (db, trace) =>
        {
            var record = await db.Set<MedicalRecord>().SingleOrDefaultAsync(row => row.Id == recordId, ct);
            if (record is null)
            {
                return Error.NotFound;
            }

            trace.PatientId = record.PatientId;
            var details = await reader.DetailsAsync(db, record, ct);
            return details.Phase == RecordPhase.Withdrawn && record.PatientId == actor.PatientId ? details.OwnWordsOnly() : details;
        }, ct);
    }

    /// <summary>
    /// A patient describes a problem; the draft that it comes from goes in the same transaction, and what follows on it is done
    /// there. <see cref="ErrorKind.Conflict"/>
    /// when another window of the same author has gone on with that draft, sent it or thrown it away.
    /// </summary>
    public Task<Result<Guid>> DescribeAsync(Actor actor, Guid patientId, ProblemDescription description, CancellationToken ct) =>
        CreateAsync(actor, Permission.RecordDescribe, patientId, description, onBehalf: false, ct);

    /// <summary>A doctor writes down what a patient says; its draft goes as above.</summary>
    public Task<Result<Guid>> WriteOnBehalfAsync(Actor actor, Guid patientId, ProblemDescription description, CancellationToken ct) =>
        CreateAsync(actor, Permission.RecordWriteOnBehalf, patientId, description, onBehalf: true, ct);

    /// <summary>
    /// Saves a diagnosis as a further version. <see cref="ErrorKind.Conflict"/> when somebody else changed the record
    /// since it was read, or it is locked.
    /// </summary>
    public Task<Result<Done>> SaveDiagnosisAsync(Actor actor, Guid patientId, Guid recordId, DiagnosisInput input, CancellationToken ct) =>
        ChangeAsync(actor, Permission.DiagnosisAssign, AuditAct.DiagnosisSaved, patientId, recordId, input.BasedOn, async (db, record) =>
        {
            var checkedInput = RecordInput.Check(input, catalog);
            if (checkedInput.Error is { } error)
            {
                return error;
            }

            var revision = await db.Set<Diagnosis>().Where(row => row.RecordId == recordId).MaxAsync(row => (int?)row.Revision, ct) ?? 0;
            var id = time.NewId();
            db.Set<Diagnosis>().Add(new Diagnosis
            {
                Id = id,
                PatientId = patientId,
                RecordId = recordId,
                Revision = revision + 1,
                Code = protector.SealOptional(checkedInput.Value.Code,
                    FieldPlace.Of<Diagnosis>(id, Diagnosis.OwnerOf(patientId, recordId), nameof(Diagnosis.Code))),
                Text = protector.Seal(checkedInput.Value.Text,
                    FieldPlace.Of<Diagnosis>(id, Diagnosis.OwnerOf(patientId, recordId), nameof(Diagnosis.Text))),
                Certainty = checkedInput.Value.Certainty!.Value,
                AuthorId = actor.AccountId!.Value,
                RecordedAt = time.Now(),
            });
            record.Diagnosed();
            return Done.Instance;
        }, ct, sent: new { input.Text, input.Code, input.Certainty });

    /// <summary>Signs the record with its diagnosis, which locks it. Asks for a fresh proof.</summary>
    public Task<Result<Done>> SignAsync(Actor actor, Guid patientId, Guid recordId, Guid basedOn, CancellationToken ct) =>
        ChangeAsync(actor, Permission.RecordSign, AuditAct.RecordSigned, patientId, recordId, basedOn, async (db, record) =>
        {
            var versions = await db.Set<Diagnosis>().Where(row => row.RecordId == recordId).OrderByDescending(row => row.Revision)
                .ToListAsync(ct);
            if (versions.Count == 0)
            {
                return Error.Invalid("Diagnosis", "Save a diagnosis before you sign.");
            }

            db.Set<Signature>().Add(await signer.SignAsync(db, record, versions, actor.AccountId!.Value, ct));
            record.Finalise();
            return Done.Instance;
        }, ct);

    /// <summary>Hides a record that was entered in error, a signed one too. The record, its signatures and the reason stay.</summary>
    public Task<Result<Done>> MarkEnteredInErrorAsync(Actor actor, Guid patientId, Guid recordId, string reason, Guid basedOn,
        CancellationToken ct) =>
        ChangeAsync(actor, Permission.RecordMarkError, AuditAct.RecordMarkedInError, patientId, recordId, basedOn, (_, record) =>
        {
            var clean = InputRules.Clean(reason);
            var findings = new Findings().Text(clean, "Reason", 500, "Say why the record was entered in error.");
            if (!findings.IsEmpty)
            {
                return Task.FromResult<Result<Done>>(findings.Error);
            }

            record.MarkEnteredInError(protector.Seal(clean, FieldPlace.Of(record, nameof(MedicalRecord.ErrorReason))));
            return Task.FromResult<Result<Done>>(Done.Instance);
        }, ct, sent: reason, alsoSigned: true);

    private async Task<Result<Guid>> CreateAsync(Actor actor, Permission permission, Guid patientId, ProblemDescription description,
        bool onBehalf, CancellationToken ct)
    {
        var isFollowed = false;
        var request = new AccessRequest(permission, AuditAct.RecordCreated) { PatientId = patientId, Sent = description };
        var created = await gate.RunAsync<Guid>(actor, request, async (db, trace) =>
        {
            if (!await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            var checkedInput = RecordInput.Check(description);
            if (checkedInput.Error is { } error)
            {
                return error;
            }

            var (clean, id) = (checkedInput.Value, time.NewId());
            var visitId = await OpenVisitAsync(db, patientId, ct);
            (trace.RecordId, trace.VisitId) = (id, visitId);
            db.Set<MedicalRecord>().Add(new MedicalRecord
            {
                Id = id,
                PatientId = patientId,
                AuthorId = actor.AccountId!.Value,
                OnBehalf = onBehalf,
                Symptoms = protector.Seal(clean.Symptoms, FieldPlace.Of<MedicalRecord>(id, new(patientId), nameof(MedicalRecord.Symptoms))),
                Onset = protector.SealOptional(clean.Onset?.Stored,
                    FieldPlace.Of<MedicalRecord>(id, new(patientId), nameof(MedicalRecord.Onset))),
                Severity = clean.Severity,
                ModifyingFactors = protector.SealOptional(clean.ModifyingFactors,
                    FieldPlace.Of<MedicalRecord>(id, new(patientId), nameof(MedicalRecord.ModifyingFactors))),
                CreatedAt = time.Now(),
                VisitId = visitId,
            });
            var end = await DraftService.EndAsync(db, actor, patientId, DraftService.NewRecordForm, description.Draft, ct);
            if (end is DraftEnd.Newer or DraftEnd.Gone)
            {
                return Error.Conflict;
            }

            trace.AlsoHappened.AddRange(end == DraftEnd.Ended ? [(AuditAct.DraftEnded, AuditOutcome.Done)] : []);
            if (!onBehalf)
            {
                await followers.FollowAsync(db, trace, actor, id, ct);
                isFollowed = true;
            }

            return id;
        }, ct, retry: true);
        if (isFollowed && created.IsSuccess)
        {
            await FollowAgainAsync(actor, permission, patientId, created.Value);
        }

        return created;
    }

    // What follows may have come between the look for it and the save of the record, which is there whoever goes away now.
    private Task<Result<Done>> FollowAgainAsync(Actor actor, Permission permission, Guid patientId, Guid recordId)
    {
        var request = new AccessRequest(permission, AuditAct.RecordCreated)
        {
            PatientId = patientId, RecordId = recordId, Repeatable = true,
        };
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            trace.GoesOn = true;
            await followers.FollowAsync(db, trace, actor, recordId, CancellationToken.None);
            return Done.Instance;
        }, CancellationToken.None, retry: true);
    }

    private Task<Result<Done>> ChangeAsync(
        Actor actor, Permission permission, AuditAct act, Guid patientId, Guid recordId, Guid basedOn,
        Func<ClinicDbContext, MedicalRecord, Task<Result<Done>>> change, CancellationToken ct, object? sent = null, bool alsoSigned = false)
    {
        var request = new AccessRequest(permission, act) { PatientId = patientId, RecordId = recordId, Sent = sent };
        return gate.RunAsync<Done>(actor, request, async (db, trace) =>
        {
            var record = await db.Set<MedicalRecord>().AsTracking()
                .SingleOrDefaultAsync(row => row.Id == recordId && row.PatientId == patientId, ct);
            if (record is null)
            {
                return Error.NotFound;
            }

            trace.VisitId = await OpenVisitAsync(db, patientId, ct);

            // What was signed once stays locked, whatever its row says; only that it was entered in error can still be said.
            return record.Version == basedOn && await TakesAsync(db, record, alsoSigned, ct) ? await change(db, record) : Error.Conflict;
        }, ct);
    }

    // The visit in which something is done; null outside of one.
    private static Task<Guid?> OpenVisitAsync(ClinicDbContext db, Guid patientId, CancellationToken ct) => db.Set<Visit>().Open()
        .Where(visit => visit.PatientId == patientId)
        .Select(visit => (Guid?)visit.Id).SingleOrDefaultAsync(ct);

    private static async Task<bool> TakesAsync(ClinicDbContext db, MedicalRecord record, bool alsoSigned, CancellationToken ct) =>
        record.Status == RecordStatus.Preliminary ? alsoSigned || !await SignatureChecker.WasSignedAsync(db, record.Id, ct) : alsoSigned
            && record.Status == RecordStatus.Final;

    private async Task<Result<Page<RecordRow>>> PageAsync(ClinicDbContext db, AuditTrace trace, IQueryable<MedicalRecord> records,
        string? after, CancellationToken ct)
    {
        // Ids are of version 7 and so sort by time.
        if (Guid.TryParse(after, out var last))
        {
            records = records.Where(record => record.Id < last);
        }

        return await PageAsync(db, trace, (await InReachAsync(db, records, ct)).OrderByDescending(record => record.Id), ct);
    }

    private async Task<Page<RecordRow>> PageAsync(ClinicDbContext db, AuditTrace trace, IOrderedQueryable<MedicalRecord> records,
        CancellationToken ct)
    {
        var ids = await records.Take(PageSize + 1).Select(record => record.Id).ToListAsync(ct);
        var rows = await reader.RowsAsync(db, [.. ids.Take(PageSize)], ct);
        trace.List(rows.Select(row => row.PatientId));
        trace.DidNotOpen(rows.Where(row => row.Phase == RecordPhase.Unreadable).Select(row => (row.PatientId, row.Id)));
        return new Page<RecordRow>(rows, ids.Count > PageSize ? ids[PageSize - 1].ToString() : null);
    }

    private static async Task<IQueryable<MedicalRecord>> InReachAsync(ClinicDbContext db, IQueryable<MedicalRecord> records,
        CancellationToken ct) =>
        await PatientsInReach.OfAsync(db, db.Scope.Clinical, ct) is { } patients
            ? records.Where(record => patients.Contains(record.PatientId)) : records;
}
