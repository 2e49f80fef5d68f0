using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Records;

/// <summary>What became of a draft with the act that it was for.</summary>
internal enum DraftEnd
{
    /// <summary>There was none, and none was known.</summary>
    None,

    /// <summary>Another window has sent it or thrown it away.</summary>
    Gone,

    /// <summary>It went.</summary>
    Ended,

    /// <summary>Another window has saved it since.</summary>
    Newer,
}

/// <summary>Keeps what somebody is typing, sealed, for its author alone, until it is sent.</summary>
public sealed class DraftService(ClinicGate gate, FieldProtector protector, TimeProvider time)
{
    /// <summary>The form of a new record.</summary>
    public const string NewRecordForm = "record/new";

    private const int Longest = 40_000;

    /// <summary>
    /// Saves a draft over an earlier one; answers with the moment. The first time is an entry of the audit trail, and the
    /// next second's no further one.
    /// </summary>
    public Task<Result<DateTimeOffset>> SaveAsync(Actor actor, Guid patientId, string form, string body, CancellationToken ct) =>
        SaveAsync(actor, patientId, form, body, _ => true, ct);

    /// <summary>
    /// Saves a draft over the one that was saved at <paramref name="found"/>, null for none; answers with the moment.
    /// <see cref="ErrorKind.Conflict"/> when another window of the same author has saved, sent or thrown away the draft since.
    /// </summary>
    public Task<Result<DateTimeOffset>> SaveOverAsync(Actor actor, Guid patientId, string form, DraftText text, DateTimeOffset? found,
        CancellationToken ct) =>
        SaveAsync(actor, patientId, form, text, draft => draft?.SavedAt == found, ct);

    private Task<Result<DateTimeOffset>> SaveAsync(Actor actor, Guid patientId, string form, DraftText text, Func<Draft?, bool> goesOver,
        CancellationToken ct) =>
        RunAsync<DateTimeOffset>(actor, patientId, form, AuditAct.DraftKept, async (db, trace) =>
        {
            if (text.IsLongerThan(Longest))
            {
                return Error.Invalid("Body", new Message("Use at most {0} characters.", Longest));
            }

            var (now, body) = (time.Now(), text.Pack());
            var draft = await Mine(db, actor, patientId, form).AsTracking().SingleOrDefaultAsync(ct);
            trace.GoesOn = draft is not null;
            if (!goesOver(draft))
            {
                // The same text is no conflict: it arrived twice, because the first answer was lost.
                return draft is not null && protector.Open(draft.Body, Place(draft)) == body ? draft.SavedAt : Error.Conflict;
            }

            if (draft is null)
            {
                var (id, author) = (time.NewId(), actor.AccountId!.Value);
                db.Set<Draft>().Add(new Draft
                {
                    Id = id,
                    PatientId = patientId,
                    AuthorId = author,
                    Form = form,
                    Body = protector.Seal(body, FieldPlace.Of<Draft>(id, Draft.OwnerOf(patientId, author), nameof(Draft.Body))),
                    SavedAt = now,
                });
            }
            else
            {
                // The moment names this text, also by a clock that stands or was set back.
                now = now > draft.SavedAt ? now : draft.SavedAt.AddMicroseconds(1);
                (draft.Body, draft.SavedAt) = (protector.Seal(body, Place(draft)), now);
            }

            return now;
        }, ct);

    /// <summary>One's own draft; null when there is none.</summary>
    public Task<Result<SavedDraft?>> FindAsync(Actor actor, Guid patientId, string form, CancellationToken ct) =>
        RunAsync<SavedDraft?>(actor, patientId, form, AuditAct.DraftKept, async (db, _) =>
        {
            var draft = await Mine(db, actor, patientId, form).SingleOrDefaultAsync(ct);
            return draft is null ? Result.Of<SavedDraft?>(null)
                : DraftText.Unpack(protector.Open(draft.Body, Place(draft))).At(draft.SavedAt);
        }, ct);

    /// <summary>
    /// Throws one's own draft away, as it was saved at <paramref name="found"/>; one that is gone needs nothing more.
    /// <see cref="ErrorKind.Conflict"/> when another window of the same author has saved it since.
    /// </summary>
    public Task<Result<Done>> DiscardAsync(Actor actor, Guid patientId, string form, DateTimeOffset? found, CancellationToken ct) =>
        RunAsync<Done>(actor, patientId, form, AuditAct.DraftEnded, async (db, _) =>
        {
            var end = await EndAsync(db, actor, patientId, form, found, ct);
            return end == DraftEnd.Newer ? Error.Conflict : Done.Instance;
        }, ct);

    /// <summary>
    /// Takes one's own draft away in the transaction of an act, as it was saved at <paramref name="found"/>. What another window
    /// has saved since stays. The act answers with <see cref="ErrorKind.Conflict"/> then, and where another window was quicker
    /// with the same text: what is done with one draft is done once.
    /// </summary>
    internal static async Task<DraftEnd> EndAsync(ClinicDbContext db, Actor actor, Guid patientId, string form, DateTimeOffset? found,
        CancellationToken ct)
    {
        var draft = await Mine(db, actor, patientId, form).AsTracking().SingleOrDefaultAsync(ct);
        if (draft is null)
        {
            return found is null ? DraftEnd.None : DraftEnd.Gone;
        }

        if (draft.SavedAt != found)
        {
            return DraftEnd.Newer;
        }

        db.Set<Draft>().Remove(draft);
        return DraftEnd.Ended;
    }

    private static IQueryable<Draft> Mine(ClinicDbContext db, Actor actor, Guid patientId, string form) =>
        db.Set<Draft>().Where(draft => draft.PatientId == patientId && draft.AuthorId == actor.AccountId && draft.Form == form);

    private static FieldPlace Place(Draft draft) => FieldPlace.Of(draft, nameof(Draft.Body));

    private Task<Result<T>> RunAsync<T>(Actor actor, Guid patientId, string form, AuditAct act,
        Func<ClinicDbContext, AuditTrace, Task<Result<T>>> body, CancellationToken ct) =>
        gate.RunAsync<T>(actor, new AccessRequest(Permission.DraftKeep, act) { PatientId = patientId, Repeatable = true },
            async (db, trace) => await IsThereAsync(db, patientId, form, ct) ? await body(db, trace) : Error.NotFound, ct, retry: true);

    // A form that stands in a record is that patient's record's: by a colleague's or a made-up id nothing is kept.
    private static Task<bool> IsThereAsync(ClinicDbContext db, Guid patientId, string form, CancellationToken ct) =>
        DraftForms.RecordOf(form) is { } recordId
            ? db.Set<MedicalRecord>().AnyAsync(record => record.Id == recordId && record.PatientId == patientId, ct)
            : db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct);
}
