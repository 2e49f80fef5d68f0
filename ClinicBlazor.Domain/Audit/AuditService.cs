using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Audit;

/// <summary>Which entries to list.</summary>
/// <param name="From">First day, UTC.</param>
/// <param name="To">Last day, UTC.</param>
/// <param name="Who">Part of the name or address of who did it.</param>
/// <param name="PatientNumber">Number of the patient.</param>
/// <param name="Act">One act.</param>
/// <param name="Outcome">One outcome.</param>
/// <param name="After">Place to go on from, as a page gave it.</param>
public sealed record AuditQuery(
    DateOnly? From = null, DateOnly? To = null, string Who = "", int? PatientNumber = null, AuditAct? Act = null, AuditOutcome? Outcome = null, string? After = null);

/// <summary>An entry as administrators see it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Sequence">Place in the chain; null while it waits for its seal.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Who">Name of who did it; null when not known.</param>
/// <param name="Role">Roles held at that moment.</param>
/// <param name="Act">What.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Level">How loud.</param>
/// <param name="PatientId">Whose data; the id that was asked for.</param>
/// <param name="PatientNumber">Number of the patient; null for none, or for an id that no patient has.</param>
/// <param name="RecordId">Which record.</param>
/// <param name="VisitId">Which visit.</param>
/// <param name="Subject">Name of the account it was done to.</param>
/// <param name="Address">Client address.</param>
/// <param name="UserAgent">Client software.</param>
/// <param name="SessionId">Session.</param>
public sealed record AuditRow(
    Guid Id, long? Sequence, DateTimeOffset At, string? Who, string Role, AuditAct Act, AuditOutcome Outcome, AuditLevel Level,
    Guid? PatientId, int? PatientNumber, Guid? RecordId, Guid? VisitId, string? Subject, string Address, string UserAgent, Guid? SessionId);

/// <summary>Somebody looked at a patient's data, as the patient sees it.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Who">Name.</param>
/// <param name="Role">Roles held at that moment.</param>
/// <param name="Act">What was done.</param>
public sealed record AccessHistoryRow(DateTimeOffset At, string Who, string Role, AuditAct Act);

/// <summary>Reads and verifies the audit trail.</summary>
public sealed class AuditService(ClinicDatabase database, AuditVerifier verifier)
{
    /// <summary>How many times the history of looks at one's own data goes back.</summary>
    public const int AccessHistoryLength = 200;

    private const int PageSize = 50;

    /// <summary>Entries, newest first, 50 at a time.</summary>
    public Task<Result<Page<AuditRow>>> ListAsync(Actor actor, AuditQuery query, CancellationToken ct) =>
        database.RunAsync<Page<AuditRow>>(actor, new Operation(Permission.AuditRead, AuditAct.AuditRead) { Typed = [Typed.Plain("Who", query.Who), Typed.Plain("After", query.After)] }, async db =>
        {
            var entries = await NarrowAsync(db, query, ct);
            if (Guid.TryParse(query.After, out var last))
            {
                entries = entries.Where(entry => entry.Id < last);
            }

            var rows = await entries.OrderByDescending(entry => entry.Id).Take(PageSize + 1)
                .Select(entry => new
                {
                    entry.Id,
                    Row = new AuditRow(
                        entry.Id,
                        db.AuditSeals.Where(seal => seal.EntryId == entry.Id).Select(seal => (long?)seal.Sequence).FirstOrDefault(),
                        entry.At,
                        db.Accounts.Where(account => account.Id == entry.AccountId).Select(account => account.DisplayName).FirstOrDefault(),
                        entry.Role, entry.Act, entry.Outcome, entry.Level, entry.PatientId,
                        db.PatientNumbers.Where(patient => patient.Id == entry.PatientId).Select(patient => (int?)patient.Number).FirstOrDefault(),
                        entry.RecordId, entry.VisitId,
                        db.Accounts.Where(account => account.Id == entry.SubjectId).Select(account => account.DisplayName).FirstOrDefault(),
                        entry.Address, entry.UserAgent, entry.SessionId),
                })
                .ToListAsync(ct);
            return new Page<AuditRow>([.. rows.Take(PageSize).Select(row => row.Row)], rows.Count > PageSize ? rows[PageSize - 1].Id.ToString() : null);
        }, ct);

    /// <summary>Walks the whole chain and says what is wrong with it; tells <paramref name="progress"/> now and then how far it is.</summary>
    public Task<Result<AuditVerification>> VerifyAsync(Actor actor, IProgress<AuditProgress>? progress, CancellationToken ct)
    {
        var operation = new Operation(Permission.AuditRead, AuditAct.AuditVerified);
        return database.RunAsync<AuditVerification>(actor, operation, async db =>
        {
            var verification = await verifier.VerifyAsync(db, progress, ct);
            operation.Outcome = verification.IsIntact ? AuditOutcome.Done : AuditOutcome.Failed;
            return verification;
        }, ct);
    }

    /// <summary>
    /// Who looked at the actor's own data, newest first; the last <see cref="AccessHistoryLength"/>. A page that was only
    /// asked for showed nothing, and what its author is still typing shows nothing new: neither is listed.
    /// </summary>
    public Task<Result<IReadOnlyList<AccessHistoryRow>>> OwnAccessHistoryAsync(Actor actor, CancellationToken ct) =>
        database.RunAsync<IReadOnlyList<AccessHistoryRow>>(actor, new Operation(Permission.AccessHistoryRead, AuditAct.AccessHistoryRead) { PatientId = actor.PatientId }, async db =>
        {
            IReadOnlyList<AccessHistoryRow> rows = await db.AuditEntries
                .Where(entry => entry.PatientId == actor.PatientId && actor.PatientId != null && entry.AccountId != actor.AccountId && entry.Outcome == AuditOutcome.Done
                    && entry.Act != AuditAct.PageOpened && entry.Act != AuditAct.DraftKept)
                .OrderByDescending(entry => entry.At)
                .Take(AccessHistoryLength)
                .Join(db.Accounts, entry => entry.AccountId, account => account.Id, (entry, account) => new AccessHistoryRow(entry.At, account.DisplayName, entry.Role, entry.Act))
                .ToListAsync(ct);
            return Result.Of(rows);
        }, ct);

    private static async Task<IQueryable<AuditEntry>> NarrowAsync(ClinicDbContext db, AuditQuery query, CancellationToken ct)
    {
        IQueryable<AuditEntry> entries = db.AuditEntries;
        if (query.From is { } from)
        {
            var start = new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            entries = entries.Where(entry => entry.At >= start);
        }

        if (query.To is { } to && to < DateOnly.MaxValue)
        {
            var end = new DateTimeOffset(to.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            entries = entries.Where(entry => entry.At < end);
        }

        if (query.Who.Trim() is { Length: > 0 } who)
        {
            var (address, name) = (Account.Normalize(who), Patient.SearchKey(who));
            var people = await db.Accounts
                .Where(account => (name != "" && account.NameKey.Contains(name)) || account.NormalizedEmail!.Contains(address))
                .Select(account => (Guid?)account.Id).Take(100).ToListAsync(ct);
            entries = entries.Where(entry => people.Contains(entry.AccountId));
        }

        if (query.PatientNumber is { } number)
        {
            var patientId = await db.PatientNumbers.Where(patient => patient.Number == number).Select(patient => (Guid?)patient.Id).SingleOrDefaultAsync(ct) ?? Guid.Empty;
            entries = entries.Where(entry => entry.PatientId == patientId);
        }

        entries = query.Act is { } act ? entries.Where(entry => entry.Act == act) : entries;
        return query.Outcome is { } outcome ? entries.Where(entry => entry.Outcome == outcome) : entries;
    }
}
