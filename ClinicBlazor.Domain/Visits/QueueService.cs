using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Visits;

/// <summary>The clinic's day: who is expected, who is here, and what comes next for each.</summary>
public sealed class QueueService(ClinicGate gate, VisitRules rules, TimeProvider time)
{
    private const int GoneShown = 10;

    /// <summary>
    /// Everybody who is here, whoever is expected today and those who have gone last; names are shown, and nothing of a chart. A
    /// board that stays open hands in whom it has shown (<paramref name="shown"/>): its next look is an entry of its own in the
    /// audit trail only when it shows somebody else.
    /// </summary>
    public Task<Result<QueueBoard>> ListAsync(Actor actor, IReadOnlySet<Guid> shown, CancellationToken ct)
    {
        var request = new AccessRequest(Permission.QueueRead, AuditAct.QueueRead);
        return gate.RunAsync<QueueBoard>(actor, request, async (db, trace) =>
        {
            var (start, end) = ClinicDay.Of(time);
            var here = await db.Set<Visit>().Open().OrderBy(visit => visit.ArrivedAt).ToListAsync(ct);
            var expected = await db.Set<Visit>().Planned().Where(visit => visit.PlannedFor >= start && visit.PlannedFor < end)
                .OrderBy(visit => visit.PlannedFor).ToListAsync(ct);
            var gone = db.Set<Visit>().Where(
                visit => visit.ClosedAt >= start && visit.ClosedAt < end && visit.Status == VisitStatus.Finished);
            var count = await gone.CountAsync(ct);
            var last = await gone.OrderByDescending(visit => visit.ClosedAt).Take(GoneShown).ToListAsync(ct);
            IReadOnlyList<Visit> visits = [.. here, .. expected, .. last];
            var rows = await RowsAsync(db, actor, visits, ct);
            trace.GoesOn = visits.All(visit => shown.Contains(visit.PatientId));
            trace.List(visits.Select(visit => visit.PatientId).Where(patientId => !shown.Contains(patientId)));
            return new QueueBoard([.. rows.OrderBy(row => row.Since)], count);
        }, ct);
    }

    private async Task<IReadOnlyList<QueueRow>> RowsAsync(ClinicDbContext db, Actor actor, IReadOnlyList<Visit> visits,
        CancellationToken ct)
    {
        var ids = visits.Select(visit => visit.PatientId).Distinct().ToList();
        var patients = await db.Set<Patient>().Where(patient => ids.Contains(patient.Id))
            .Select(patient => new { patient.Id, patient.Number, patient.GivenName, patient.FamilyName, patient.BirthDate, patient.Sex })
            .ToDictionaryAsync(patient => patient.Id, ct);
        var names = await AccountNames.OfAsync(db, visits.Select(visit => visit.AttendedById ?? visit.DoctorId), ct);
        var mine = (await db.Set<AccessGrant>().InForceAt(db.Scope.Now)
            .Where(grant => grant.AccountId == actor.AccountId && ids.Contains(grant.PatientId))
            .Select(grant => grant.PatientId).ToListAsync(ct)).ToHashSet();

        // Who is with the doctor has been called in, and who has gone is kept back from nothing.
        var holds = await rules.HoldsAsync(db,
            [.. visits.Where(visit => visit.Status is VisitStatus.Arrived or VisitStatus.Triaged).Select(visit => visit.Id)], ct);
        var everybody = AccessPolicy.ReachOf(actor.Roles, Permission.PatientRead).HasFlag(Reach.Everyone);
        return [.. visits.Select(visit =>
        {
            var patient = patients[visit.PatientId];
            var isMine = mine.Contains(visit.PatientId);
            var doctor = visit.AttendedById ?? visit.DoctorId;
            var hold = holds.GetValueOrDefault(visit.Id);
            return new QueueRow(visit.Id, visit.PatientId, $"{patient.GivenName} {patient.FamilyName}".Trim(), patient.Number,
                patient.BirthDate, patient.Sex, visit.Status, visit.Status == VisitStatus.Planned ? visit.PlannedFor!.Value : visit.Since,
                doctor is { } id ? names.GetValueOrDefault(id) : null, VisitTransitions.NextOf(visit.Status),
                VisitTransitions.NextOf(visit.Status) is { } next && VisitParts.IsOffered(actor, visit, next, isMine), everybody || isMine,
                hold?.Open is not null, everybody || isMine ? hold?.Open : null, hold?.From);
        })];
    }
}
