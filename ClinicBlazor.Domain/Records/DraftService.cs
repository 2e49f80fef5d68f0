using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Records;

/// <summary>A draft as its author finds it again.</summary>
/// <param name="Body">What was saved.</param>
/// <param name="SavedAt">When.</param>
public sealed record SavedDraft(string Body, DateTimeOffset SavedAt);

/// <summary>Keeps what somebody is typing, sealed, for its author alone, until it is sent.</summary>
public sealed class DraftService(ClinicDatabase database, FieldProtector protector, TimeProvider time)
{
    /// <summary>The form of a new record.</summary>
    public const string NewRecordForm = "record/new";

    private const int Longest = 40_000;

    /// <summary>Saves a draft over an earlier one; answers with the moment.</summary>
    public Task<Result<DateTimeOffset>> SaveAsync(Actor actor, Guid patientId, string form, string body, CancellationToken ct) =>
        RunAsync<DateTimeOffset>(actor, patientId, [Typed.Plain("Form", form), Typed.Prose("Body", body)], async db =>
        {
            if (body.Length > Longest)
            {
                return Error.Invalid("Body", new Message("Use at most {0} characters.", Longest));
            }

            var now = time.Now();
            var draft = await Mine(db, actor, patientId, form).AsTracking().SingleOrDefaultAsync(ct);
            if (draft is null)
            {
                var id = time.NewId();
                db.Drafts.Add(new Draft { Id = id, PatientId = patientId, AuthorId = actor.AccountId!.Value, Form = form, Body = protector.Seal(body, Location(id)), SavedAt = now });
            }
            else
            {
                (draft.Body, draft.SavedAt) = (protector.Seal(body, Location(draft.Id)), now);
            }

            return now;
        }, ct);

    /// <summary>One's own draft; null when there is none.</summary>
    public Task<Result<SavedDraft?>> FindAsync(Actor actor, Guid patientId, string form, CancellationToken ct) =>
        RunAsync<SavedDraft?>(actor, patientId, [Typed.Plain("Form", form)], async db =>
        {
            var draft = await Mine(db, actor, patientId, form).SingleOrDefaultAsync(ct);
            return draft is null ? Result.Of<SavedDraft?>(null) : new SavedDraft(protector.Open(draft.Body, Location(draft.Id)), draft.SavedAt);
        }, ct);

    /// <summary>Throws one's own draft away.</summary>
    public Task<Result<Done>> DiscardAsync(Actor actor, Guid patientId, string form, CancellationToken ct) =>
        RunAsync<Done>(actor, patientId, [Typed.Plain("Form", form)], async db =>
        {
            db.Drafts.RemoveRange(await Mine(db, actor, patientId, form).AsTracking().ToListAsync(ct));
            return Done.Instance;
        }, ct);

    private static IQueryable<Draft> Mine(ClinicDbContext db, Actor actor, Guid patientId, string form) =>
        db.Drafts.Where(draft => draft.PatientId == patientId && draft.AuthorId == actor.AccountId && draft.Form == form);

    private static FieldLocation Location(Guid draftId) => FieldLocation.Of<Draft>(nameof(Draft.Body), draftId);

    private Task<Result<T>> RunAsync<T>(Actor actor, Guid patientId, IReadOnlyList<Typed> typed, Func<ClinicDbContext, Task<Result<T>>> body, CancellationToken ct) =>
        database.RunAsync<T>(actor, new Operation(Permission.DraftKeep, AuditAct.DraftKept) { PatientId = patientId, Typed = typed }, async db =>
            await db.Patients.AnyAsync(patient => patient.Id == patientId, ct) ? await body(db) : Error.NotFound, ct, retry: true);
}
