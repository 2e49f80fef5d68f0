using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Visits;

/// <summary>A patient's visits, and what was done in each.</summary>
public sealed class VisitHistoryService(ClinicGate gate, FieldProtector protector)
{
    private const int PageSize = 25;

    /// <summary>Visits of one patient by when they were or are to be, the latest first; those entered in error are among them and say so.</summary>
    public Task<Result<Page<VisitRow>>> ListAsync(Actor actor, Guid patientId, string? after, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PatientRead, AuditAct.VisitsListed) { PatientId = patientId };
        return gate.RunAsync<Page<VisitRow>>(actor, request, async db =>
        {
            if (!await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            var visits = db.Set<Visit>().Where(visit => visit.PatientId == patientId);
            if (PageCursor.ReadMoment(after) is var (moment, last))
            {
                visits = visits.Where(visit => (visit.ArrivedAt ?? visit.PlannedFor) < moment
                    || ((visit.ArrivedAt ?? visit.PlannedFor) == moment && visit.Id < last));
            }

            var rows = await visits.OrderByDescending(visit => visit.ArrivedAt ?? visit.PlannedFor).ThenByDescending(visit => visit.Id)
                .Take(PageSize + 1).ToListAsync(ct);
            var names = await AccountNames.OfAsync(db, rows.Select(row => row.AttendedById ?? row.DoctorId), ct);
            return new Page<VisitRow>([.. rows.Take(PageSize).Select(row => RowOf(row, names))],
                rows.Count > PageSize ? CursorOf(rows[PageSize - 1]) : null);
        }, ct);
    }

    /// <summary>
    /// True when there is such a visit and the actor may see it: for the status of a page that is asked for by its address.
    /// </summary>
    public async Task<bool> ExistsAsync(Actor actor, Guid visitId, CancellationToken ct) =>
        (await gate.RunAsync<Done>(actor, new AccessRequest(Permission.PatientRead, AuditAct.PageOpened) { VisitId = visitId },
            async db => await db.Set<Visit>().AnyAsync(visit => visit.Id == visitId, ct) ? Done.Instance : Error.NotFound, ct)).IsSuccess;

    /// <summary>
    /// One visit; <see cref="ErrorKind.NotFound"/> when missing or not of a patient assigned to the actor. A page that stays open and
    /// reads <paramref name="again"/> what it shows already has its entry in the audit trail.
    /// </summary>
    public Task<Result<VisitDetails>> GetAsync(Actor actor, Guid visitId, bool again, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PatientRead, AuditAct.VisitRead) { VisitId = visitId };
        return gate.RunAsync<VisitDetails>(actor, request, async (db, trace) =>
        {
            if (await db.Set<Visit>().SingleOrDefaultAsync(row => row.Id == visitId, ct) is not { } visit)
            {
                return Error.NotFound;
            }

            (trace.PatientId, trace.GoesOn) = (visit.PatientId, again);
            var events = await db.Set<VisitEvent>().Where(row => row.VisitId == visitId).OrderBy(row => row.Number).ToListAsync(ct);
            var names = await AccountNames.OfAsync(db, [visit.AttendedById ?? visit.DoctorId, .. events.Select(row => row.AccountId)], ct);
            var isAssigned = await db.Set<AccessGrant>().InForceAt(db.Scope.Now)
                .AnyAsync(grant => grant.PatientId == visit.PatientId && grant.AccountId == actor.AccountId, ct);
            return new VisitDetails(RowOf(visit, names), visit.PatientId, visit.Since,
                [.. VisitTransitions.Table.Select(line => line.Act).Where(act => VisitParts.IsOffered(actor, visit, act, isAssigned))],
                [.. events.Select(row => new VisitHistoryEntry(row.Act, row.To, row.At, NameOf(row.AccountId, names),
                    protector.OpenOptional(row.Reason, FieldPlace.Of(row, nameof(VisitEvent.Reason)))))]);
        }, ct);
    }

    // Every visit was agreed upon or begun at a moment.
    private static string CursorOf(Visit visit) => PageCursor.Write((visit.ArrivedAt ?? visit.PlannedFor)!.Value, visit.Id);

    private static string? NameOf(Guid? account, IReadOnlyDictionary<Guid, string> names) =>
        account is { } id ? names.GetValueOrDefault(id) : null;

    private static VisitRow RowOf(Visit visit, IReadOnlyDictionary<Guid, string> names) =>
        new(visit.Id, visit.Status, visit.PlannedFor, visit.ArrivedAt, visit.ClosedAt, NameOf(visit.AttendedById ?? visit.DoctorId, names));
}
