using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Security;

/// <summary>The monthly review of the audit: its figures, and an administrator's name under them.</summary>
public sealed class AuditReviewService(ClinicGate gate, FieldProtector protector, TimeProvider time)
{
    /// <summary>Most characters of a note.</summary>
    public const int LongestNote = 500;

    /// <summary>How many months are listed.</summary>
    internal const int Months = 12;

    /// <summary>The last twelve months that are over, since the first entry, the newest first.</summary>
    public Task<Result<IReadOnlyList<ReviewRow>>> ListAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<IReadOnlyList<ReviewRow>>(actor, new AccessRequest(Permission.AuditRead, AuditAct.AuditReviewRead), async db =>
        {
            var months = await MonthsAsync(db, ct);
            var signed = await db.Set<AuditReview>().Where(review => months.Contains(review.Month))
                .ToDictionaryAsync(review => review.Month, ct);
            var names = await AccountNames.OfAsync(db, signed.Values.Select(review => (Guid?)review.ReviewedById), ct);
            return Result.Of<IReadOnlyList<ReviewRow>>(
            [
                .. months.Select(month => signed.TryGetValue(month, out var review)
                    ? new ReviewRow(month, review.ReviewedAt, names.GetValueOrDefault(review.ReviewedById, ""),
                        AuditFigures.Read(review.Figures))
                    : new ReviewRow(month, null, null, null)),
            ]);
        }, ct);

    /// <summary>
    /// How many of these months nobody has signed off. A page shows it beside a link: it has no entry of its own in the trail.
    /// </summary>
    public Task<Result<int>> CountUnsignedAsync(Actor actor, CancellationToken ct) =>
        gate.RunAsync<int>(actor, new AccessRequest(Permission.AuditRead, AuditAct.AuditReviewRead), async (db, trace) =>
        {
            trace.GoesOn = true;
            var months = await MonthsAsync(db, ct);
            return months.Count - await db.Set<AuditReview>().CountAsync(review => months.Contains(review.Month), ct);
        }, ct);

    /// <summary>
    /// The figures of a month that is over: those that were signed for, else as they are now. <see cref="ErrorKind.NotFound"/> for
    /// any other.
    /// </summary>
    public Task<Result<ReviewDetails>> ReadAsync(Actor actor, DateOnly month, CancellationToken ct) =>
        gate.RunAsync<ReviewDetails>(actor, new AccessRequest(Permission.AuditRead, AuditAct.AuditReviewRead), async db =>
        {
            if (!IsOver(month))
            {
                return Error.NotFound;
            }

            var review = await db.Set<AuditReview>().SingleOrDefaultAsync(row => row.Month == month, ct);
            if (review is null)
            {
                return new ReviewDetails(month, await new AuditCounter(db, month, ct).CountAsync(), null, null, null);
            }

            var names = await AccountNames.OfAsync(db, [review.ReviewedById], ct);
            return new ReviewDetails(month, AuditFigures.Read(review.Figures), review.ReviewedAt,
                names.GetValueOrDefault(review.ReviewedById, ""),
                protector.OpenOptional(review.Note, FieldPlace.Of(review, nameof(AuditReview.Note))));
        }, ct);

    /// <summary>
    /// Signs off a month: its figures are counted once more and kept, with a note where there is one.
    /// <see cref="ErrorKind.NotFound"/> for a month that is not over, <see cref="ErrorKind.Conflict"/> for one that was signed already.
    /// </summary>
    public Task<Result<Done>> SignOffAsync(Actor actor, DateOnly month, string note, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.AuditReview, AuditAct.AuditReviewSigned) { Sent = new { month, note } };
        return gate.RunAsync<Done>(actor, request, async db =>
        {
            if (!IsOver(month))
            {
                return Error.NotFound;
            }

            var clean = InputRules.Clean(note);
            if (clean.Length > LongestNote)
            {
                return Error.Invalid("Note", new Message("Use at most {0} characters.", LongestNote));
            }

            if (await db.Set<AuditReview>().AnyAsync(review => review.Month == month, ct))
            {
                return Error.Conflict;
            }

            var id = time.NewId();
            db.Set<AuditReview>().Add(new AuditReview
            {
                Id = id,
                Month = month,
                ReviewedAt = time.Now(),
                ReviewedById = actor.AccountId!.Value,
                Note = protector.SealOptional(clean, FieldPlace.Of<AuditReview>(id, RowOwner.Clinic, nameof(AuditReview.Note))),
                Figures = (await new AuditCounter(db, month, ct).CountAsync()).Write(),
            });
            return Done.Instance;
        }, ct);
    }

    private async Task<IReadOnlyList<DateOnly>> MonthsAsync(ClinicDbContext db, CancellationToken ct)
    {
        var present = AuditCounter.MonthOf(time.Now());
        var first = await db.Set<AuditEntry>().OrderBy(entry => entry.Id).Select(entry => (DateTimeOffset?)entry.At)
            .FirstOrDefaultAsync(ct) is { } at ? AuditCounter.MonthOf(at) : present;
        return [.. Enumerable.Range(1, Months).Select(before => present.AddMonths(-before)).Where(month => month >= first)];
    }

    private bool IsOver(DateOnly month) => month.Day == 1 && month < AuditCounter.MonthOf(time.Now());
}
