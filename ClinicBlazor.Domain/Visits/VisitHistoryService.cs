using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Visits;

/// <summary>A patient's visits, and what was done in each.</summary>
public sealed class VisitHistoryService(ClinicGate gate, FieldProtector protector)
{
    private const int PageSize = 25;

    /// <summary>Visits of one patient, those agreed upon or begun last first; those entered in error are among them and say so.</summary>
    public Task<Result<Page<VisitRow>>> ListAsync(Actor actor, Guid patientId, string? after, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PatientRead, AuditAct.VisitsListed) { PatientId = patientId };
        return gate.RunAsync<Page<VisitRow>>(actor, request, async db =>
        {
            if (!await db.Set<Patient>().AnyAsync(patient => patient.Id == patientId, ct))
            {
                return Error.NotFound;
            }

            // Ids are of version 7 and so sort by time.
            var visits = db.Set<Visit>().Where(visit => visit.PatientId == patientId);
            visits = Guid.TryParse(after, out var last) ? visits.Where(visit => visit.Id < last) : visits;
            var rows = await visits.OrderByDescending(visit => visit.Id).Take(PageSize + 1).ToListAsync(ct);
            var names = await NamesAsync(db, rows.Select(row => row.AttendedById ?? row.DoctorId), ct);
            return new Page<VisitRow>([.. rows.Take(PageSize).Select(row => RowOf(row, names))],
                rows.Count > PageSize ? $"{rows[PageSize - 1].Id}" : null);
        }, ct);
    }

    /// <summary>
    /// True when there is such a visit and the actor may see it: for the status of a page that is asked for by its address.
    /// </summary>
    public async Task<bool> ExistsAsync(Actor actor, Guid visitId, CancellationToken ct) =>
        (await gate.RunAsync<Done>(actor, new AccessRequest(Permission.PatientRead, AuditAct.PageOpened) { VisitId = visitId },
            async db => await db.Set<Visit>().AnyAsync(visit => visit.Id == visitId, ct) ? Done.Instance : Error.NotFound, ct)).IsSuccess;

    /// <summary>One visit; <see cref="ErrorKind.NotFound"/> when missing or not of a patient assigned to the actor.</summary>
    public Task<Result<VisitDetails>> GetAsync(Actor actor, Guid visitId, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.PatientRead, AuditAct.VisitRead) { VisitId = visitId };
        return gate.RunAsync<VisitDetails>(actor, request, async (db, trace) =>
        {
            if (await db.Set<Visit>().SingleOrDefaultAsync(row => row.Id == visitId, ct) is not { } visit)
            {
                return Error.NotFound;
            }

            trace.PatientId = visit.PatientId;
            var events = await db.Set<VisitEvent>().Where(row => row.VisitId == visitId).OrderBy(row => row.Number).ToListAsync(ct);
            var names = await NamesAsync(db, [visit.AttendedById ?? visit.DoctorId, .. events.Select(row => row.AccountId)], ct);
            return new VisitDetails(RowOf(visit, names), visit.PatientId, visit.DoctorId, visit.Since,
                [.. events.Select(row => new VisitHistoryEntry(row.Act, row.To, row.At, NameOf(row.AccountId, names),
                    protector.OpenOptional(row.Reason, FieldPlace.Of(row, nameof(VisitEvent.Reason)))))]);
        }, ct);
    }

    /// <summary>The names of some accounts, by their ids.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(ClinicDbContext db, IEnumerable<Guid?> accounts,
        CancellationToken ct)
    {
        var ids = accounts.OfType<Guid>().Distinct().ToList();
        return ids.Count == 0 ? new Dictionary<Guid, string>() : await db.Set<Account>().Where(account => ids.Contains(account.Id))
            .Select(account => new { account.Id, account.DisplayName }).ToDictionaryAsync(row => row.Id, row => row.DisplayName, ct);
    }

    private static string? NameOf(Guid? account, IReadOnlyDictionary<Guid, string> names) =>
        account is { } id ? names.GetValueOrDefault(id) : null;

    private static VisitRow RowOf(Visit visit, IReadOnlyDictionary<Guid, string> names) =>
        new(visit.Id, visit.Status, visit.PlannedFor, visit.ArrivedAt, visit.ClosedAt, NameOf(visit.AttendedById ?? visit.DoctorId, names));
}
