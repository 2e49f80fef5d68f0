using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Patients;

/// <summary>Keeps the registration that somebody is filling in, sealed, for its author alone, until the patient is registered.</summary>
public sealed class RegistrationDraftService(ClinicGate gate, FieldProtector protector, TimeProvider time)
{
    private const int Longest = 10_000;

    /// <summary>
    /// Saves the draft over the one that was saved at <paramref name="found"/>, null for none; answers with the moment.
    /// <see cref="ErrorKind.Conflict"/> when another window of the same author has saved it or has ended it since. The first
    /// time is an entry of the audit trail, and the next second's no further one.
    /// </summary>
    public Task<Result<DateTimeOffset>> SaveOverAsync(Actor actor, DraftText text, DateTimeOffset? found, CancellationToken ct) =>
        RunAsync<DateTimeOffset>(actor, AuditAct.DraftKept, async (db, trace) =>
        {
            if (text.IsLongerThan(Longest))
            {
                return Error.Invalid("Body", new Message("Use at most {0} characters.", Longest));
            }

            var body = text.Pack();
            var draft = await Mine(db, actor).AsTracking().SingleOrDefaultAsync(ct);
            trace.GoesOn = draft is not null;
            if (draft?.SavedAt != found)
            {
                // The same text is no conflict: it arrived twice, because the first answer was lost.
                return draft is not null && Open(draft) == body ? draft.SavedAt : Error.Conflict;
            }

            var now = time.Now();
            if (draft is null)
            {
                var (id, author) = (time.NewId(), actor.AccountId!.Value);
                db.Set<RegistrationDraft>().Add(new RegistrationDraft
                {
                    Id = id,
                    AuthorId = author,
                    Body = protector.Seal(body, FieldPlace.Of<RegistrationDraft>(id, new(author), nameof(RegistrationDraft.Body))),
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
    public Task<Result<SavedDraft?>> FindAsync(Actor actor, CancellationToken ct) =>
        RunAsync<SavedDraft?>(actor, AuditAct.DraftKept, async (db, _) =>
        {
            var draft = await Mine(db, actor).SingleOrDefaultAsync(ct);
            return draft is null ? Result.Of<SavedDraft?>(null) : DraftText.Unpack(Open(draft)).At(draft.SavedAt);
        }, ct);

    /// <summary>
    /// Ends one's own draft as it was saved at <paramref name="found"/>: the patient is registered, or it is thrown away. One
    /// that is gone needs nothing more. <see cref="ErrorKind.Conflict"/> when another window of the same author has saved it since.
    /// </summary>
    public Task<Result<Done>> EndAsync(Actor actor, DateTimeOffset? found, CancellationToken ct) =>
        RunAsync<Done>(actor, AuditAct.DraftEnded, async (db, _) =>
        {
            var draft = await Mine(db, actor).AsTracking().SingleOrDefaultAsync(ct);
            if (draft is not null && draft.SavedAt != found)
            {
                return Error.Conflict;
            }

            if (draft is not null)
            {
                db.Set<RegistrationDraft>().Remove(draft);
            }

            return Done.Instance;
        }, ct);

    private static IQueryable<RegistrationDraft> Mine(ClinicDbContext db, Actor actor) =>
        db.Set<RegistrationDraft>().Where(draft => draft.AuthorId == actor.AccountId);

    private static FieldPlace Place(RegistrationDraft draft) => FieldPlace.Of(draft, nameof(RegistrationDraft.Body));

    private string Open(RegistrationDraft draft) => protector.Open(draft.Body, Place(draft));

    private Task<Result<T>> RunAsync<T>(Actor actor, AuditAct act, Func<ClinicDbContext, AuditTrace, Task<Result<T>>> body,
        CancellationToken ct) =>
        gate.RunAsync(actor, new AccessRequest(Permission.PatientRegister, act) { Repeatable = true }, body, ct, retry: true);
}
