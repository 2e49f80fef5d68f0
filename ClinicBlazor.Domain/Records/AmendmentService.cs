using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Records;

/// <summary>What can still be done to a signed record: add to it, and put one's own signature beside another doctor's.</summary>
public sealed class AmendmentService(ClinicGate gate, RecordSigner signer, AddendumSigner addenda, FieldProtector protector,
    TimeProvider time)
{
    private const int LongText = 8000;

    /// <summary>
    /// Adds to a signed record, signed by its author; answers with the addendum's id. <see cref="ErrorKind.Conflict"/>
    /// for a record that is not signed, or was entered in error, and when another window of the same author has saved, sent
    /// or thrown away its draft since <paramref name="draft"/>. Asks for a fresh proof.
    /// </summary>
    public Task<Result<Guid>> AddAddendumAsync(Actor actor, Guid patientId, Guid recordId, string text, DateTimeOffset? draft,
        CancellationToken ct) =>
        RunAsync<Guid>(actor, AuditAct.AddendumAdded, patientId, recordId, text, async (db, _, locking, trace) =>
        {
            var clean = InputRules.Clean(text);
            var findings = new Findings().Text(clean, "Addendum", LongText, "Write what is to be added.");
            if (!findings.IsEmpty)
            {
                return findings.Error;
            }

            var before = await db.Set<Addendum>().Where(row => row.RecordId == recordId).OrderByDescending(row => row.Number)
                .FirstOrDefaultAsync(ct);
            var key = await addenda.KeyOfAsync(db, actor.AccountId!.Value, ct);
            var names = await AccountNames.OfAsync(db, [actor.AccountId.Value], ct);
            var (id, owner) = (time.NewId(), Addendum.OwnerOf(patientId, recordId));
            var addendum = new Addendum
            {
                Id = id,
                PatientId = patientId,
                RecordId = recordId,
                Number = (before?.Number ?? 0) + 1,
                AuthorId = actor.AccountId.Value,
                AuthorName = protector.Seal(names[actor.AccountId.Value], FieldPlace.Of<Addendum>(id, owner, nameof(Addendum.AuthorName))),
                Text = protector.Seal(clean, FieldPlace.Of<Addendum>(id, owner, nameof(Addendum.Text))),
                RecordedAt = time.Now(),
                KeyId = key.Id,
                Form = AddendumSigner.Present,
            };
            addenda.Sign(addendum, key, locking, before);
            db.Set<Addendum>().Add(addendum);
            var end = await DraftService.EndAsync(db, actor, patientId, DraftForms.AddendumTo(recordId), draft, ct);
            if (end is DraftEnd.Newer or DraftEnd.Gone)
            {
                return Error.Conflict;
            }

            trace.AlsoHappened.AddRange(end == DraftEnd.Ended ? [(AuditAct.DraftEnded, AuditOutcome.Done)] : []);
            return id;
        }, ct);

    /// <summary>
    /// Signs a record that another doctor has signed already. <see cref="ErrorKind.Conflict"/> when one's own signature
    /// is there. Asks for a fresh proof.
    /// </summary>
    public Task<Result<Done>> CountersignAsync(Actor actor, Guid patientId, Guid recordId, CancellationToken ct) =>
        RunAsync<Done>(actor, AuditAct.RecordSigned, patientId, recordId, sent: null, async (db, record, _, _) =>
        {
            var versions = await db.Set<Diagnosis>().Where(row => row.RecordId == recordId).OrderByDescending(row => row.Revision)
                .ToListAsync(ct);
            if (await db.Set<Signature>().AnyAsync(row => row.RecordId == recordId && row.AccountId == actor.AccountId, ct))
            {
                return Error.Conflict;
            }

            db.Set<Signature>().Add(await signer.SignAsync(db, record, versions, actor.AccountId!.Value, ct));
            return Done.Instance;
        }, ct);

    private Task<Result<T>> RunAsync<T>(
        Actor actor, AuditAct act, Guid patientId, Guid recordId, object? sent,
        Func<ClinicDbContext, MedicalRecord, Signature, AuditTrace, Task<Result<T>>> change, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.RecordSign, act) { PatientId = patientId, RecordId = recordId, Sent = sent };
        return gate.RunAsync<T>(actor, request, async (db, trace) =>
        {
            var record = await db.Set<MedicalRecord>().SingleOrDefaultAsync(row => row.Id == recordId && row.PatientId == patientId, ct);
            if (record is null)
            {
                return Error.NotFound;
            }

            var locking = await db.Set<Signature>().Where(row => row.RecordId == recordId).OrderBy(row => row.SignedAt)
                .FirstOrDefaultAsync(ct);
            return record.Status != RecordStatus.Final || locking is null ? Error.Conflict : await change(db, record, locking, trace);
        }, ct, retry: true);
    }
}
